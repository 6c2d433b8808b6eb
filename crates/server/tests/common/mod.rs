//! A store of invented articles, and a client of the service on it.
#![allow(dead_code, unreachable_pub)]

use std::io::Cursor;
use std::path::Path;
use std::sync::LazyLock;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use dom_query::Document;
use serde_json::{Value, json};
use tower::ServiceExt;
use twosource_embed::StaticTable;
use twosource_engine::{Given, Ingest};
use twosource_model::Instant;
use twosource_read::{Limits, Piece, records_of_stream};
use twosource_server::{Access, Ahead, Clock, Log, Shared, State, new_token, router};
use twosource_store::{Because, Delivery, Feed, FeedState, List, Role, Store, Webhook};

/// Text that would be markup, script or worse if it were taken at its word.
pub const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "</textarea><iframe src=javascript:alert(1)>",
    "javascript:alert(1)",
    "<a href=\"javascript:alert(1)\">Nova</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- --!><base href=//nova.example>",
    "]]><x/>",
    "{{7*7}}${7*7}",
    "\u{202e}evil\u{2066}",
    "\u{1b}[31mred\u{0}",
    "<style>*{display:none}</style>",
    "<form action=//nova.example><button>",
    "\" autofocus onfocus=alert(1) x=\"",
];

/// An answer.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Got {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap_or_default())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// The service on a store.
pub struct Site {
    state: Shared,
    runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
}

impl Site {
    /// A service on a store that was made ready.
    pub fn new(fill: impl FnOnce(&Path)) -> Site {
        Site::with(Access::open().expect("random numbers"), fill)
    }

    /// The same for whom `access` lets in.
    pub fn with(access: Access, fill: impl FnOnce(&Path)) -> Site {
        let folder = tempfile::tempdir().expect("a folder to write in");
        let path = folder.path().join("store.db");
        fill(&path);
        let clock: Clock = Box::new(|| "2025-03-10T12:00:00Z".parse().expect("a moment"));
        let state = State::guarded(&path, Log::Off, clock, access).expect("a store");
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        Site { state, runtime, folder }
    }

    /// Serves on a free port of the loopback interface from now on; gives the address.
    pub fn listen(&self) -> String {
        let service = router(&self.state);
        self.runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            let address = listener.local_addr().expect("an address");
            tokio::spawn(async { axum::serve(listener, service).await });
            format!("http://{address}")
        })
    }

    /// Looks for events and calls webhooks, once; gives how many messages were sent.
    pub fn look(&self, client: &twosource_fetch::Client) -> usize {
        self.state.look_and_send(client).expect("a look")
    }

    /// Compares stories ahead for a turn; gives how many.
    pub fn turn(&self, ahead: &mut Ahead) -> usize {
        ahead.turn(&self.state).expect("a turn")
    }

    /// The store itself.
    pub fn store(&self) -> Store {
        Store::open_existing(&self.folder.path().join("store.db")).expect("a store")
    }

    pub fn get(&self, address: &str) -> Got {
        self.ask("GET", address, &[])
    }

    pub fn ask(&self, method: &str, address: &str, headers: &[(&str, &str)]) -> Got {
        self.send(method, address, headers, "")
    }

    /// Sends a form as a browser does, with the mark that stands on the page.
    pub fn send_form(&self, address: &str, headers: &[(&str, &str)], page: &str, fields: &str) -> Got {
        let page = Document::from(self.ask("GET", page, headers).body.as_str());
        let mark = values(&page, "input[name=form_token]", "value").pop().unwrap_or_default();
        let form = ("content-type", "application/x-www-form-urlencoded");
        let headers =
            [&[form, ("origin", "http://127.0.0.1:7420"), ("sec-fetch-site", "same-origin")], headers].concat();
        self.send("POST", address, &headers, &format!("form_token={mark}&{fields}"))
    }

    /// Sends a request with a body.
    pub fn send(&self, method: &str, address: &str, headers: &[(&str, &str)], body: &str) -> Got {
        let mut request = Request::builder().method(method).uri(address);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "127.0.0.1:7420");
        }
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let service = router(&self.state);
        self.runtime.block_on(async {
            let response = service.oneshot(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.expect("a body");
            let body = String::from_utf8(bytes.to_vec()).expect("UTF-8");
            Got { status: parts.status, headers: parts.headers, body }
        })
    }
}

/// The invented stories: 1 is the harbour, with five reports; 6 is the ferry, with two, into which 8 was merged.
pub static SITE: LazyLock<Site> = LazyLock::new(|| Site::new(fill));

/// Articles whose every field is hostile, and feeds of the same kind.
pub static HOSTILE_SITE: LazyLock<Site> = LazyLock::new(|| Site::new(fill_hostile));

/// A token of a store.
pub fn token(store: &Path, name: &str, role: Role) -> String {
    let now = Instant::new("2025-03-01T08:00:00Z").expect("a moment");
    let (token, word) = new_token(name, role, now).expect("random numbers");
    assert!(Store::open(store).expect("a store").put_token(&token).expect("a token"));
    word
}

/// Takes inputs into a store: names and bytes.
fn add(store: Store, inputs: &[(String, Vec<u8>)]) {
    let meaning = StaticTable::builtin();
    let mut ingest = Ingest::new(store, &meaning);
    for (name, bytes) in inputs {
        let records = records_of_stream(name, Box::new(Cursor::new(bytes.clone())), &Limits::default());
        let given = records.expect("records").map(|piece| match piece {
            Piece::Record(record) => {
                Given { record, captured_at: Instant::new("2025-03-06T08:00:00Z"), fetched: false }
            }
            Piece::Skipped(note) | Piece::Remark(note) => panic!("{}", note.message),
        });
        for taken in ingest.add(given.collect()).expect("articles") {
            assert_eq!(taken.error, None);
        }
    }
    ingest.sort().expect("stories");
}

/// Fills a store with the invented stories.
pub fn fill(path: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour");
    let mut inputs: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("the example is in the repository")
        .map(|file| file.expect("a file").path())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into(), std::fs::read(&path).expect("a file")))
        .collect();
    inputs.sort();
    let line = |outlet: &str, day: u8, title: &str, text: &str| {
        json!({
            "id": outlet, "url": format!("https://{outlet}.example/report"), "outlet": outlet,
            "title": title, "published": format!("2025-02-{day:02}"), "language": "en", "text": text,
        })
    };
    let one = "The ferry to Osmark will stop on 1 May, mayor Anna Berg said on Monday. The crossing lost 40,000 crowns a week.";
    let two =
        "The ferry to Osmark stops on 1 May, mayor Anna Berg said on Monday. The crossing lost 60,000 crowns a week.";
    let bees = "Beekeepers in the Vell valley expect a good harvest of heather honey, their association said on Thursday. A warm August had helped the hives of some 300 families, it said.";
    let changed = format!("{one} Anna Berg later said the last trip leaves at noon.");
    let lines = [
        line("nova-post", 3, "Ferry to Osmark stops", one),
        line("courier", 3, "Osmark loses its ferry", two),
        line("bee-news", 20, "A good year for honey", bees),
        line("nova-post", 3, "Ferry to Osmark stops", &changed),
    ];
    for line in lines {
        inputs.push((format!("{}.jsonl", inputs.len()), format!("{line}\n").into_bytes()));
    }
    add(Store::open(path).expect("a store"), &inputs);
    let mut store = Store::open_existing(path).expect("a store");
    store.merge(6, 8, &Because::default()).expect("a merge");
    store
        .put_feeds(&[Feed { url: "https://nova.example/feed".into(), title: "Nova Post".into(), ..Feed::default() }])
        .expect("a feed");
    let list = [("Nova Post".to_owned(), vec!["nova-post".to_owned()])].into();
    store.put_list(List::Outlets, &list).expect("a list");
    let list = [("Nova Press".to_owned(), vec!["Nova Post".to_owned(), "Courier".to_owned()])].into();
    store.put_list(List::Families, &list).expect("a list");
    let words = ["second_origin", "ferry OR port"];
    fill_webhook(&mut store, "https://desk.example/hook", words, 6, "Ferry to Osmark stops");
}

/// Puts a webhook into a store, with a message that arrived, one that will be sent again and one that was given up.
fn fill_webhook(store: &mut Store, url: &str, [event, query]: [&str; 2], story: u64, title: &str) {
    let made_at = Instant::new("2025-03-01T08:00:00Z").expect("a moment");
    let (events, query) = (vec![event.to_owned(), "new_story".to_owned()], Some(query.to_owned()));
    let webhook = Webhook { id: 0, url: url.to_owned(), events, query, secret: vec![7; 32], made_at: made_at.clone() };
    let webhook = store.add_webhook(&webhook).expect("a webhook").expect("few webhooks");
    let body =
        json!({"type": event, "timestamp": made_at.as_str(), "data": {"story": story, "title": title}}).to_string();
    let message = |key: &str| Delivery {
        id: 0,
        webhook,
        event: event.to_owned(),
        key: key.to_owned(),
        body: body.clone(),
        made_at: made_at.clone(),
        attempts: 0,
        next_at: Some(1_741_608_000),
        status: None,
        message: None,
    };
    let change = store.last_change().expect("a change");
    store.notice(change, story, None, &["first", "second", "third"].map(message)).expect("messages");
    let sent = store.deliveries(webhook, 3).expect("messages");
    let failed = |sent: &Delivery, attempts, next_at| Delivery {
        attempts,
        next_at,
        status: Some(500),
        message: Some(format!("answered with 500 {title}")),
        ..sent.clone()
    };
    for went in [
        failed(&sent[0], 2, Some(1_741_608_060)),
        Delivery { attempts: 1, next_at: None, status: Some(204), ..sent[1].clone() },
        failed(&sent[2], 8, None),
    ] {
        store.put_delivery(&went).expect("noted");
    }
}

fn fill_hostile(path: &Path) {
    let article = |(at, evil): (usize, &&str)| {
        // Two reports of each story, so that everything of them is compared and shown.
        let report = |outlet: &str| {
            let text = format!(
                "The bridge {evil} of Nova closed on Monday, mayor Anna {evil} Berg said. {evil}\n\n“{evil}” said {at} people of {evil}."
            );
            json!({
                "id": format!("{evil}{outlet}"), "outlet": format!("{evil} {outlet}"), "title": format!("{evil} bridge {at}"),
                "author": [evil], "published": "2025-02-03", "language": evil, "text": text, "url": evil, "agency": evil,
            })
        };
        format!("{}\n{}\n", report("Post"), report("Courier"))
    };
    let lines: String = HOSTILE.iter().enumerate().map(article).collect();
    add(Store::open(path).expect("a store"), &[("<b>evil\".jsonl".into(), lines.into_bytes())]);
    let mut store = Store::open_existing(path).expect("a store");
    let feed = |evil: &&str| Feed {
        url: format!("{evil} url"),
        title: evil.to_string(),
        site_url: Some(evil.to_string()),
        folders: vec![evil.to_string()],
        every: None,
        state: FeedState::default(),
    };
    let feeds: Vec<Feed> = HOSTILE.iter().map(feed).collect();
    store.put_feeds(&feeds).expect("feeds");
    for feed in &feeds {
        let evil = feed.title.clone();
        let state = FeedState { failures: 3, state: evil.clone(), message: Some(evil), ..FeedState::default() };
        store.put_feed_state(&feed.url, &state).expect("a state");
    }
    let list = HOSTILE.iter().map(|evil| (evil.to_string(), vec![evil.to_string()])).collect();
    store.put_list(List::Outlets, &list).expect("a list");
    store.put_list(List::Families, &list).expect("a list");
    for evil in HOSTILE {
        fill_webhook(&mut store, evil, [evil, evil], 1, evil);
    }
}

/// A page read by a parser; fails where it finds an error in it, or anything that a text could have smuggled in.
pub fn sound(address: &str, page: &str) -> Document {
    let document = Document::from(page);
    assert_eq!(*document.errors.borrow(), Vec::<std::borrow::Cow<str>>::new(), "{address}");
    assert!(!page.contains(['\u{0}', '\u{1b}', '\u{202e}', '\u{2066}']), "{address}: a control character");
    for name in ["iframe", "object", "embed", "base", "style", "img", "template", "x"] {
        assert_eq!(document.select(name).length(), 0, "{address}: <{name}>");
    }
    for node in document.select("*").nodes() {
        for attribute in node.attrs() {
            let (name, value) = (attribute.name.local.to_string(), attribute.value.to_string());
            assert!(!name.starts_with("on") && name != "style" && name != "srcdoc", "{address}: {name}={value}");
            if matches!(name.as_str(), "href" | "src" | "action" | "formaction") {
                let is_icon = value.starts_with("data:image/svg+xml,");
                let is_web = value.starts_with("https://") || value.starts_with("http://");
                assert!(
                    value.starts_with(['/', '#']) && !value.starts_with("//") || is_icon || is_web,
                    "{address}: {name}={value}"
                );
            }
        }
    }
    let scripts = document.select("script");
    assert!(scripts.length() <= 1 && scripts.text().is_empty(), "{address}: a script");
    document
}

/// The values of an attribute on a page.
pub fn values(document: &Document, selector: &str, attribute: &str) -> Vec<String> {
    document.select(selector).iter().filter_map(|found| Some(found.attr(attribute)?.to_string())).collect()
}
