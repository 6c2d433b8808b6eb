//! Which addresses may be connected to: public ones, checked after the name was looked up, on the very addresses that
//! the connection is then made to.
//!
//! A page or a feed can name any address, and a name can be made to mean any: a server inside the network of whoever
//! runs this program must not be reached that way (server-side request forgery). [`kind_of`] says what an address is
//! for, by the registries of IANA for special purposes (RFC 6890 and what followed); [`Guard`] stands where `ureq` asks
//! for the addresses of a name, so that there is no second look-up between check and connection.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Blocks of IPv4 that are no public address, with their lengths in bits. The more exact one stands first.
const IPV4: &[(Ipv4Addr, u32, &str)] = &[
    (Ipv4Addr::new(169, 254, 169, 254), 32, "a metadata address"),
    (Ipv4Addr::new(168, 63, 129, 16), 32, "a metadata address"),
    (Ipv4Addr::new(100, 100, 100, 200), 32, "a metadata address"),
    (Ipv4Addr::new(192, 0, 0, 192), 32, "a metadata address"),
    (Ipv4Addr::new(0, 0, 0, 0), 8, "an unspecified address"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "a private address"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "an address shared by a provider's customers"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "a loopback address"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "a link-local address"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "a private address"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "an address of protocols"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "an address for examples"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "an address of tunnels (6to4)"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "a private address"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "an address for measurements"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "an address for examples"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "an address for examples"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "a multicast address"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "a reserved address"),
];

/// Blocks of IPv6 that are no public address. What is in none of them and outside of `2000::/3` is reserved.
const IPV6: &[(Ipv6Addr, u32, &str)] = &[
    (Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254), 128, "a metadata address"),
    (Ipv6Addr::UNSPECIFIED, 128, "an unspecified address"),
    (Ipv6Addr::LOCALHOST, 128, "a loopback address"),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, "an IPv4 address in another form"),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 0), 96, "an IPv4 address in another form"),
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, "an IPv4 address in another form (NAT64)"),
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48, "an IPv4 address in another form (NAT64)"),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, "an IPv4 address in another form (6to4)"),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, "an address for examples"),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, "an address for examples"),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, "an address of protocols"),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, "a private address"),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, "a link-local address"),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, "a private address"),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, "a multicast address"),
];

/// What an address is for, in words that stand behind "is"; `None` for a public one.
///
/// An IPv4 address inside an IPv6 one is refused whatever it is: no public server needs that form.
pub fn kind_of(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => {
            let bits = u32::from(address);
            let within = |base: Ipv4Addr, length: u32| (bits ^ u32::from(base)) >> (32 - length) == 0;
            IPV4.iter().find(|&&(base, length, _)| within(base, length)).map(|&(.., kind)| kind)
        }
        IpAddr::V6(address) => {
            let bits = u128::from(address);
            let within = |base: Ipv6Addr, length: u32| (bits ^ u128::from(base)) >> (128 - length) == 0;
            let found = IPV6.iter().find(|&&(base, length, _)| within(base, length)).map(|&(.., kind)| kind);
            let is_global = within(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
            found.or((!is_global).then_some("a reserved address"))
        }
    }
}

/// How names become addresses.
pub trait Lookup: Send + Sync + 'static {
    /// The addresses of a host. An error says that there are none.
    fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// Stands between a name and a connection.
pub(crate) struct Guard {
    /// Another look-up than that of the system.
    pub(crate) lookup: Option<Box<dyn Lookup>>,
    /// Addresses that may be connected to whatever they are.
    pub(crate) trusted: Vec<SocketAddr>,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("trusted", &self.trusted).finish_non_exhaustive()
    }
}

/// Why a name may not be connected to.
#[derive(Debug, thiserror::Error)]
#[error("{address} is {kind}")]
pub(crate) struct Refused {
    pub(crate) address: IpAddr,
    pub(crate) kind: &'static str,
}

impl Guard {
    /// Refuses a name one of whose addresses is not public: which one a connection would take is not ours to say.
    pub(crate) fn check(&self, addresses: &[SocketAddr]) -> Result<(), Refused> {
        let refused = |address: &&SocketAddr| !self.trusted.contains(address) && kind_of(address.ip()).is_some();
        match addresses.iter().find(refused) {
            Some(address) => Err(Refused { address: address.ip(), kind: kind_of(address.ip()).unwrap_or_default() }),
            None => Ok(()),
        }
    }

    fn looked_up(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let Some(lookup) = &self.lookup else { return DefaultResolver::default().resolve(uri, config, timeout) };
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let mut found = self.empty();
        let most = 16;
        lookup.addresses(host, port)?.into_iter().take(most).for_each(|address| found.push(address));
        Ok(found)
    }
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.looked_up(uri, config, timeout)?;
        if found.is_empty() {
            return Err(ureq::Error::HostNotFound);
        }
        self.check(&found).map_err(|refused| ureq::Error::Other(Box::new(refused)))?;
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_by_their_purpose() {
        let cases = include_str!("../cases/addresses.txt");
        for line in cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (address, expected) = line.split_once(' ').expect("an address and what it is");
            let found = kind_of(address.parse().expect("an address")).unwrap_or("public");
            assert_eq!(found, expected.trim(), "{address}");
        }
    }

    #[test]
    fn one_bad_address_is_enough() {
        let guard = Guard { lookup: None, trusted: vec!["127.0.0.1:8080".parse().expect("an address")] };
        let check = |addresses: &[&str]| {
            guard.check(&addresses.iter().map(|text| text.parse().expect("an address")).collect::<Vec<_>>()).is_ok()
        };
        assert!(check(&["127.0.0.1:8080"]));
        assert!(check(&["9.9.9.9:80", "[2620:fe::fe]:80"]));
        assert!(!check(&["127.0.0.1:8081"]));
        assert!(!check(&["9.9.9.9:80", "10.0.0.1:80"]));
    }
}
