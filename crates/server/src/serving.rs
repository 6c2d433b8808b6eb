//! Connections: how many, how long, and how they end.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower_service::Service;

/// Connections at a time; others wait to be taken.
const CONNECTIONS: u32 = 512;
/// Connections of one client, where it is another machine.
const OF_ONE: usize = 64;
/// Time for the head of a request, and for the pause before the next one.
const HEAD: Duration = Duration::from_secs(10);
/// A connection is asked to end after this, so that none is held for good.
const LIFE: Duration = Duration::from_secs(300);
/// Requests that are under way when a connection is to end get so long to finish.
const GRACE: Duration = Duration::from_secs(10);
/// Bytes of the head of a request, and lines of it.
const HEAD_BYTES: usize = 32 << 10;
const HEAD_LINES: usize = 64;
/// Pause where the system has no more connections to give.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers on a listener until it is told to stop, then lets what is under way finish.
pub(crate) async fn serve(listener: TcpListener, service: Router, told_to_stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS as usize));
    let crowd = Arc::new(Crowd::default());
    let (stop, stopped) = watch::channel(());
    let mut told_to_stop = std::pin::pin!(told_to_stop);
    loop {
        let connected = tokio::select! {
            connected = next(&listener, &places) => connected,
            () = &mut told_to_stop => break,
        };
        let Some((stream, from, place)) = connected else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let Some(member) = Crowd::join(&crowd, from.ip()) else { continue };
        let (service, stopped) = (service.clone(), stopped.clone());
        tokio::spawn(async move {
            let _held = (place, member);
            converse(stream, from, service, stopped).await;
        });
    }
    drop(listener);
    drop(stop);
    let _ = tokio::time::timeout(GRACE, places.acquire_many(CONNECTIONS)).await;
}

/// The next connection, once there is a place for it; nothing where the system refuses.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    let (stream, from) = listener.accept().await.ok()?;
    Some((stream, from, place))
}

/// Answers the requests of one connection.
async fn converse(stream: TcpStream, from: SocketAddr, service: Router, mut stopped: watch::Receiver<()>) {
    let _ = stream.set_nodelay(true);
    let answer = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(from));
        let mut service = service.clone();
        async move {
            Ok::<_, Infallible>(match service.call(request).await {
                Ok(response) => response,
            })
        }
    });
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES).max_headers(HEAD_LINES);
    let mut connection = std::pin::pin!(protocol.serve_connection(TokioIo::new(stream), answer));
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopped.changed() => {}
        () = tokio::time::sleep(LIFE) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(GRACE, connection).await;
}

/// How many connections each client has. No more clients than connections.
#[derive(Debug, Default)]
struct Crowd(Mutex<BTreeMap<IpAddr, usize>>);

/// One connection of a client, until it is dropped.
struct Member {
    crowd: Arc<Crowd>,
    address: IpAddr,
}

impl Crowd {
    fn join(crowd: &Arc<Crowd>, address: IpAddr) -> Option<Member> {
        let mut counts = crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= OF_ONE && !address.to_canonical().is_loopback() {
            return None;
        }
        *count += 1;
        Some(Member { crowd: crowd.clone(), address })
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        let mut counts = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = counts.get(&self.address).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            counts.remove(&self.address);
        } else {
            counts.insert(self.address, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_client_takes_all_connections() {
        let crowd = Arc::new(Crowd::default());
        let far: IpAddr = "192.0.2.1".parse().expect("an address");
        let mut members: Vec<Member> = (0..OF_ONE).filter_map(|_| Crowd::join(&crowd, far)).collect();
        assert!(members.len() == OF_ONE && Crowd::join(&crowd, far).is_none());
        assert!(Crowd::join(&crowd, "192.0.2.2".parse().expect("an address")).is_some());
        members.pop();
        assert!(Crowd::join(&crowd, far).is_some());
        drop(members);
        assert!(crowd.0.lock().expect("a lock").is_empty());
    }
}
