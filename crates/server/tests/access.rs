//! Who is let in, and who may change something.

mod common;

use std::cell::RefCell;

use axum::http::StatusCode;
use common::{SITE, Site, sound, token};
use twosource_server::Access;
use twosource_store::{Role, Store};

/// A service that asks for tokens, with one of each role: read, add, admin.
fn guarded() -> (Site, Vec<String>, std::path::PathBuf) {
    let made = RefCell::new((Vec::new(), std::path::PathBuf::new()));
    let access = Access::by_token().expect("random numbers").under("https", "desk.example");
    let site = Site::with(access, |path| {
        let tokens = Role::ALL.map(|role| token(path, role.as_str(), role)).to_vec();
        *made.borrow_mut() = (tokens, path.to_owned());
    });
    let (tokens, path) = made.into_inner();
    (site, tokens, path)
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

/// The name and value of the cookie that an answer sets.
fn cookie(set: &str) -> &str {
    set.split(';').next().unwrap_or_default()
}

#[test]
fn nobody_gets_in_without_a_token() {
    let (site, tokens, _) = guarded();
    for address in ["/v1/stories", "/v1/articles/1", "/v1/openapi.json", "/metrics"] {
        let got = site.get(address);
        assert_eq!(
            (got.status, got.header("www-authenticate")),
            (StatusCode::UNAUTHORIZED, "Bearer realm=\"Twosource\"")
        );
        assert_eq!(site.ask("GET", address, &[("authorization", "Bearer x")]).status, StatusCode::UNAUTHORIZED);
        assert_eq!(site.ask("GET", address, &[("authorization", &bearer(&tokens[0]))]).header("www-authenticate"), "");
    }
    assert!(site.get("/feeds/stories.atom").header("www-authenticate").starts_with("Basic"));
    for (address, next) in [("/", "%2F"), ("/search?q=a+b", "%2Fsearch%3Fq%3Da%2Bb"), ("/nothing", "%2Fnothing")] {
        let got = site.get(address);
        assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, &*format!("/sign-in?next={next}")));
    }
    for address in ["/sign-in", "/healthz"] {
        assert_eq!(site.get(address).status, StatusCode::OK, "{address}");
    }
    sound("/sign-in", &site.get("/sign-in?next=%22%3E%3Cscript%3E").body);
}

#[test]
fn feed_readers_show_the_token_as_a_password() {
    let (site, tokens, _) = guarded();
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let base64 = |text: &str| -> String {
        text.as_bytes()
            .chunks(3)
            .flat_map(|bytes| {
                let word =
                    bytes.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - bytes.len()));
                (0..=bytes.len()).map(move |at| digits[(word >> (18 - 6 * at) & 63) as usize] as char)
            })
            .collect()
    };
    let reader = format!("Basic {}", base64(&format!("reader:{}", tokens[2])));
    assert_eq!(site.ask("GET", "/feeds/stories.atom", &[("authorization", &reader)]).status, StatusCode::OK);
    let got = site.send("POST", "/sign-out", &[("authorization", &reader)], "");
    assert_ne!(got.status, StatusCode::SEE_OTHER, "browsers send passwords unasked: they change nothing");
}

#[test]
fn a_session_lasts_until_sign_out_or_the_end_of_its_token() {
    let (site, tokens, path) = guarded();
    let wrong = site.send_form("/sign-in", &[], "/sign-in", "token=twosource_x&next=%2F");
    assert_eq!((wrong.status, wrong.header("set-cookie")), (StatusCode::FORBIDDEN, ""));
    let begin = |next: &str| site.send_form("/sign-in", &[], "/sign-in", &format!("token={}&next={next}", tokens[0]));
    let got = begin("%2Foutlets");
    assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, "/outlets"));
    assert_eq!(begin("%2F%2Fnova.example").header("location"), "/");
    let set = got.header("set-cookie");
    assert!(set.contains("; HttpOnly; SameSite=Strict; ") && !set.contains("Secure"), "{set}");
    let headers = [("cookie", cookie(set))];
    let page = site.ask("GET", "/sign-in", &headers);
    assert!(page.body.contains("You are signed in as <bdi>read</bdi> (read)"), "{}", page.body);
    assert_eq!(site.ask("GET", "/outlets", &headers).status, StatusCode::OK);

    let out = site.send_form("/sign-out", &headers, "/sign-in", "");
    assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
    assert_eq!(site.ask("GET", "/outlets", &headers).status, StatusCode::SEE_OTHER);

    let second = begin("%2F");
    let headers = [("cookie", cookie(second.header("set-cookie")))];
    assert_eq!(site.ask("GET", "/outlets", &headers).status, StatusCode::OK);
    assert!(Store::open(&path).expect("a store").remove_token("read").expect("a token"));
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(site.ask("GET", "/outlets", &headers).status, StatusCode::SEE_OTHER);
    assert_eq!(
        site.ask("GET", "/v1/outlets", &[("authorization", &bearer(&tokens[0]))]).status,
        StatusCode::UNAUTHORIZED
    );
}

#[test]
fn whoever_signed_in_can_sign_out_on_every_page() {
    let (site, tokens, _) = guarded();
    let began = site.send_form("/sign-in", &[], "/sign-in", &format!("next=%2F&token={}", tokens[2]));
    let headers = [("cookie", cookie(began.header("set-cookie")))];
    let outs = |page: &common::Got, address: &str| {
        common::values(&sound(address, &page.body), "header form[method=post]", "action")
    };
    for address in [
        "/",
        "/search",
        "/search?q=a+OR",
        "/outlets",
        "/feeds",
        "/webhooks",
        "/sign-in",
        "/example",
        "/nothing",
        "/story/99",
    ] {
        let page = site.ask("GET", address, &headers);
        assert_eq!(outs(&page, address), ["/sign-out"], "{address}");
        assert!(page.body.contains("Signed in as <bdi>admin</bdi>"), "{address}");
    }
    assert_eq!(outs(&site.get("/sign-in"), "/sign-in"), [""; 0], "nobody is signed in");
    assert_eq!(outs(&SITE.get("/"), "/"), [""; 0], "nobody has to sign in");
    let out = site.send_form("/sign-out", &headers, "/outlets", "");
    assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
    assert_eq!(site.ask("GET", "/outlets", &headers).status, StatusCode::SEE_OTHER);
}

#[test]
fn under_tls_a_cookie_stays_there() {
    let (site, tokens, _) = guarded();
    let form = ("content-type", "application/x-www-form-urlencoded");
    let proxied = [("host", "desk.example"), ("origin", "https://desk.example"), form];
    let page = site.ask("GET", "/sign-in", &proxied[..1]).body;
    let mark = common::values(&sound("/sign-in", &page), "input[name=form_token]", "value").pop().expect("a mark");
    let got = site.send("POST", "/sign-in", &proxied, &format!("form_token={mark}&token={}", tokens[0]));
    assert!(got.header("set-cookie").ends_with("; Secure"), "{}", got.header("set-cookie"));
    let atom = site.ask("GET", "/feeds/stories.atom", &[proxied[0], ("authorization", &bearer(&tokens[0]))]);
    assert!(atom.body.contains("<id>https://desk.example/feeds/stories.atom</id>"), "{}", atom.body);
    assert_eq!(site.ask("GET", "/sign-in", &[("host", "nova.example")]).status, StatusCode::MISDIRECTED_REQUEST);
}

#[test]
fn pages_of_elsewhere_change_nothing() {
    let form = ("content-type", "application/x-www-form-urlencoded");
    let own = [("origin", "http://127.0.0.1:7420"), form];
    let without = SITE.send("POST", "/sign-out", &own, "");
    assert_eq!(without.status, StatusCode::FORBIDDEN);
    assert!(without.body.contains("out of date"), "{}", without.body);
    for evil in [("origin", "https://nova.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        for (address, kind) in [("/sign-out", form), ("/v1/articles", ("content-type", "application/json"))] {
            let got = SITE.send("POST", address, &[evil, kind], "{}");
            assert_eq!(got.status, StatusCode::FORBIDDEN, "{address} {evil:?}");
        }
    }
    assert_eq!(
        SITE.send("POST", "/sign-out", &[own[0], ("content-type", "text/plain")], "form_token=x").status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    assert_eq!(SITE.send("GET", "/", &[("content-length", "1")], "x").status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        SITE.send("POST", "/sign-out", &[own[0], form, ("content-length", "99999999")], "x").status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    // A body may grow where it does not say how long it is.
    let long = "x".repeat(1_000_001);
    assert_eq!(SITE.send("POST", "/sign-out", &own, &long).status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn whoever_tries_tokens_is_slowed_down() {
    let (site, tokens, _) = guarded();
    let tries: Vec<_> = (0..8).map(|_| site.ask("GET", "/v1/outlets", &[("authorization", "Bearer x")])).collect();
    let last = tries.last().expect("an answer");
    assert_eq!((tries[0].status, last.status), (StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS));
    assert!(last.header("retry-after").parse::<u32>().is_ok_and(|wait| wait > 0));
    let known = site.ask("GET", "/v1/outlets", &[("authorization", &bearer(&tokens[0]))]);
    assert_eq!(known.status, StatusCode::OK, "whoever has a token is counted apart");
}
