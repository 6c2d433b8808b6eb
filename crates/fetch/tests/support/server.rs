//! A web server for tests: it listens on this machine only and says what it is told to.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// Its fields by their names in small letters.
    pub fields: BTreeMap<String, String>,
    /// What was sent.
    pub body: String,
}

/// What is sent back.
#[derive(Clone, Debug)]
pub struct Reply {
    bytes: Vec<u8>,
    /// Between two bytes.
    pause: Option<Duration>,
}

impl Reply {
    /// An answer with its length.
    pub fn new(status: u16, fields: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
        fields.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
        Reply { bytes: [head.as_bytes(), b"\r\n", body].concat(), pause: None }
    }

    /// A page in HTML.
    pub fn page(body: impl AsRef<[u8]>) -> Reply {
        Reply::new(200, &[("Content-Type", "text/html; charset=utf-8")], body)
    }

    /// A redirect.
    pub fn to(status: u16, location: &str) -> Reply {
        Reply::new(status, &[("Location", location)], "")
    }

    /// Nothing here.
    pub fn nothing() -> Reply {
        Reply::new(404, &[], "")
    }

    /// Bytes as they are.
    pub fn raw(bytes: impl AsRef<[u8]>) -> Reply {
        Reply { bytes: bytes.as_ref().to_vec(), pause: None }
    }

    /// One byte after the other.
    pub fn slowly(self, pause: Duration) -> Reply {
        Reply { pause: Some(pause), ..self }
    }
}

/// A running server; it ends when it is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    log: Arc<Mutex<Vec<Asked>>>,
    stop: Arc<AtomicBool>,
}

impl Server {
    /// Starts a server that answers every request by a function.
    pub fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (log, stop) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (answer, kept, ended) = (Arc::new(answer), log.clone(), stop.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                let (answer, kept) = (answer.clone(), kept.clone());
                std::thread::spawn(move || {
                    let _ = serve(&stream, &*answer, &kept);
                });
            }
        });
        Server { address, log, stop }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was asked for so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.log.lock().expect("a whole log").clone()
    }

    /// The paths asked for so far, without those of rules.
    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).filter(|path| path != "/robots.txt").collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(stream: &TcpStream, answer: &dyn Fn(&Asked) -> Reply, log: &Mutex<Vec<Asked>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut lines = reader.by_ref().lines();
    let Some(first) = lines.next().transpose()? else { return Ok(()) };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut fields = BTreeMap::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else { break };
        fields.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = fields.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let asked = Asked { path, fields, body: String::from_utf8_lossy(&body).into_owned() };
    log.lock().expect("a whole log").push(asked.clone());
    let reply = answer(&asked);
    let mut stream = stream;
    match reply.pause {
        None => stream.write_all(&reply.bytes)?,
        Some(pause) => {
            for byte in reply.bytes {
                stream.write_all(&[byte])?;
                std::thread::sleep(pause);
            }
        }
    }
    stream.flush()
}
