//! Webhooks: who is told of what, once, signed, and until it arrives; and who is never asked.

mod common;
#[path = "../../fetch/tests/support/server.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with other tests")]
mod server;

use axum::http::StatusCode;
use common::{SITE, Site, sound, token, values};
use serde_json::{Value, json};
use server::{Reply, Server};
use twosource_fetch::{Client, Settings};
use twosource_server::Access;
use twosource_store::Role;

const JSON: (&str, &str) = ("content-type", "application/json");

fn give(site: &Site, outlet: &str, text: &str) {
    let title = text.split('.').next().unwrap_or_default();
    let report = json!({"id": "r1", "outlet": outlet, "title": title, "published": "2025-03-03", "language": "en", "text": text});
    let got = site.send("POST", "/v1/articles", &[JSON], &report.to_string());
    assert_eq!(got.status, StatusCode::OK, "{}", got.body);
}

fn hook(site: &Site, url: &str, events: &[&str], query: Option<&str>) -> Value {
    let wanted = json!({"url": url, "events": events, "query": query});
    let got = site.send("POST", "/v1/webhooks", &[JSON], &wanted.to_string());
    assert_eq!(got.status, StatusCode::OK, "{}", got.body);
    got.json()
}

fn trusting(server: &Server) -> Client {
    Client::new(Settings { trusted: vec![server.address], ..Settings::default() })
}

/// The types of the messages that came, with the paths they came to.
fn told(server: &Server) -> Vec<(String, String)> {
    let kind =
        |body: &str| serde_json::from_str::<Value>(body).expect("JSON")["type"].as_str().expect("a type").to_owned();
    let mut told: Vec<_> = server.asked().iter().map(|asked| (asked.path.clone(), kind(&asked.body))).collect();
    told.sort();
    told
}

const POLICE: &str = "The bridge of Nova closed on Monday, police chief Anna Berg said. Some 300 lorries cross the bridge of Nova each day.";
const MAYOR: &str =
    "The bridge of Nova closed on Monday, mayor Tom Holt said. Some 500 lorries cross the bridge of Nova each day.";

#[test]
fn whoever_wants_to_know_is_told_once() {
    let server = Server::start(|_| Reply::new(204, &[], ""));
    let client = trusting(&server);
    let site = Site::new(|_| {});
    give(
        &site,
        "Old Post",
        "Beekeepers in the Vell valley expect a good harvest of heather honey, their association said.",
    );
    hook(&site, &server.url("/all"), &["new_story", "second_origin", "new_contradiction", "silent_change"], None);
    hook(&site, &server.url("/ferry"), &["new_story"], Some("ferry"));
    let made = hook(&site, &server.url("/bridge"), &["new_story"], Some("title:bridge"));
    assert!(made["secret"].as_str().is_some_and(|secret| secret.starts_with("whsec_")));
    assert!(!site.get("/v1/webhooks").body.contains("whsec_"), "a secret is shown once");
    let look = || site.look(&client);
    assert_eq!(look(), 0, "what was there before is no news");

    give(&site, "Nova Post", POLICE);
    assert_eq!((look(), look()), (2, 0));
    let new = |path: &str| (path.to_owned(), "new_story".to_owned());
    assert_eq!(told(&server), [new("/all"), new("/bridge")]);
    let message = &server.asked()[0];
    assert!(message.fields["webhook-signature"].starts_with("v1,") && message.fields["webhook-id"].starts_with("msg_"));
    assert_eq!(message.fields["webhook-timestamp"], "1741608000");

    give(&site, "Courier", MAYOR);
    look();
    let second = told(&server).into_iter().filter(|(_, kind)| kind == "second_origin").count();
    let comparison = site.get("/v1/stories/2").json();
    assert_eq!(second, usize::from(comparison["independent_origins"].as_u64() >= Some(2)), "{comparison}");

    give(&site, "Nova Post", &POLICE.replace("300", "700"));
    look();
    let silent: Vec<Value> = server
        .asked()
        .iter()
        .map(|asked| serde_json::from_str(&asked.body).expect("JSON"))
        .filter(|body: &Value| body["type"] == "silent_change")
        .collect();
    assert_eq!(silent.len(), 1, "{:?}", told(&server));
    assert_eq!(
        (&silent[0]["data"]["article"], &silent[0]["data"]["changes"][0]["kind"]),
        (&json!(2), &json!("number"))
    );
    assert_eq!(look(), 0);
    let log = site.get("/v1/webhooks/1/deliveries").json();
    assert!(
        log["deliveries"]
            .as_array()
            .expect("messages")
            .iter()
            .all(|sent| sent["status"] == 204 && sent["attempts"] == 1 && sent["next_at"].is_null())
    );
}

#[test]
fn what_does_not_arrive_is_noted_and_sent_again_later() {
    let server = Server::start(|_| Reply::new(500, &[], ""));
    let site = Site::new(|_| {});
    hook(&site, &server.url("/hook"), &["new_story"], None);
    give(&site, "Nova Post", POLICE);
    assert_eq!((site.look(&trusting(&server)), site.look(&trusting(&server))), (1, 0), "not at once");
    let log = site.get("/v1/webhooks/1/deliveries").json();
    let sent = &log["deliveries"][0];
    assert_eq!(
        (&sent["status"], &sent["attempts"], &sent["next_at"]),
        (&json!(500), &json!(1), &json!("2025-03-10T12:00:05Z"))
    );
}

#[test]
fn no_webhook_leads_into_a_private_network() {
    let server = Server::start(|_| Reply::new(204, &[], ""));
    let site = Site::new(|_| {});
    hook(&site, &server.url("/hook"), &["new_story"], None);
    give(&site, "Nova Post", POLICE);
    site.look(&Client::new(Settings::default()));
    assert_eq!(server.asked().len(), 0);
    let log = site.get("/v1/webhooks/1/deliveries").json();
    assert!(
        log["deliveries"][0]["message"].as_str().is_some_and(|message| message.contains("a loopback address")),
        "{log}"
    );
}

#[test]
fn webhooks_are_for_admins_and_make_sense() {
    let mut tokens = Vec::new();
    let site = Site::with(Access::by_token().expect("random numbers"), |path| {
        tokens = Role::ALL.map(|role| format!("Bearer {}", token(path, role.as_str(), role))).to_vec();
    });
    let wanted = json!({"url": "https://nova.example/hook", "events": ["new_story"]}).to_string();
    let send = |token: &str, body: &str| site.send("POST", "/v1/webhooks", &[JSON, ("authorization", token)], body);
    for few in &tokens[..2] {
        assert_eq!(send(few, &wanted).status, StatusCode::FORBIDDEN);
        assert_eq!(site.ask("GET", "/v1/webhooks", &[("authorization", few)]).status, StatusCode::FORBIDDEN);
    }
    let admin = tokens[2].as_str();
    assert_eq!(send(admin, &wanted).status, StatusCode::OK);
    for wrong in [
        "",
        "[]",
        "{\"url\": \"https://nova.example/hook\"}",
        "{\"url\": \"https://nova.example/hook\", \"events\": []}",
        "{\"url\": \"https://nova.example/hook\", \"events\": [\"rain\"]}",
        "{\"url\": \"file:///etc/passwd\", \"events\": [\"new_story\"]}",
        "{\"url\": \"https://nova.example/hook\", \"events\": [\"new_story\"], \"query\": \"a OR\"}",
        "{\"url\": \"https://nova.example/hook\", \"events\": [\"new_story\"], \"more\": 1}",
    ] {
        assert_eq!(send(admin, wrong).status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let remove = |id: &str| site.send("DELETE", &format!("/v1/webhooks/{id}"), &[("authorization", admin)], "").status;
    assert_eq!((remove("1"), remove("1"), remove("x")), (StatusCode::OK, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
}

#[test]
fn webhooks_are_added_and_removed_on_a_page() {
    let site = Site::new(|_| {});
    assert!(site.get("/webhooks").body.contains("There is none yet"));
    let change = |fields: &str| site.send_form("/webhooks", &[], "/webhooks", fields);
    let add =
        "change=add&url=https%3A%2F%2Fdesk.example%2Fhook&event=new_story&event=silent_change&query=ferry+OR+port";
    let made = change(add);
    assert_eq!((made.status, made.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(made.body.contains("<code>whsec_"), "{}", made.body);
    let listed = site.get("/webhooks").body;
    assert!(!listed.contains("whsec_"), "a secret is shown once");
    for part in ["https://desk.example/hook", "New story, Silent change", "ferry OR port", "nothing sent yet"] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    let again = change(add);
    assert!(again.status == StatusCode::BAD_REQUEST && again.body.contains("of the same already"), "{}", again.body);
    for (wrong, why) in [
        ("url=https%3A%2F%2Fdesk.example%2Fhook", "events: at least one"),
        ("url=file%3A%2F%2F%2Fetc%2Fpasswd&event=new_story", "file:///etc/passwd"),
        ("url=https%3A%2F%2Fdesk.example%2Fhook&event=rain", "rain: no event"),
        ("url=https%3A%2F%2Fdesk.example%2Fhook&event=new_story&query=a+OR", "query: "),
    ] {
        let got = change(&format!("change=add&{wrong}"));
        assert!(got.status == StatusCode::BAD_REQUEST && got.body.contains(why), "{wrong}: {}", got.body);
    }
    let typed = change("change=add&url=https%3A%2F%2Fdesk.example%2Fother&event=second_origin&query=%22");
    let typed = sound("/webhooks", &typed.body);
    assert_eq!(values(&typed, "input[name=url]", "value"), ["https://desk.example/other"], "what was typed is there");
    assert_eq!(values(&typed, "input[name=event][checked]", "value"), ["second_origin"]);
    assert_eq!(change("change=remove&webhook=1").header("location"), "/webhooks");
    assert_eq!(change("change=remove&webhook=1").status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/webhooks/1").status, StatusCode::NOT_FOUND);
    let unmarked = site.send("POST", "/webhooks", &[("content-type", "application/x-www-form-urlencoded")], add);
    assert_eq!(unmarked.status, StatusCode::FORBIDDEN, "a form of elsewhere");
}

#[test]
fn how_messages_fare_is_shown() {
    let listed = SITE.get("/webhooks").body;
    assert!(listed.contains("1 arrived, 1 to be sent, 1 given up"), "{listed}");
    let page = SITE.get("/webhooks/1");
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    for part in [">arrived<", ">not arrived<", " after 2 attempts", ">given up<", " after 8 attempts", "/story/6\""] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(page.body.contains("2025-03-10 12:01:00Z"), "when it is sent again: {}", page.body);
    assert_eq!(SITE.get("/webhooks/x").status, StatusCode::NOT_FOUND);
}

#[test]
fn the_page_of_webhooks_is_for_admins() {
    let mut tokens = Vec::new();
    let site = Site::with(Access::by_token().expect("random numbers"), |path| {
        tokens = Role::ALL.map(|role| token(path, role.as_str(), role)).to_vec();
    });
    for (token, may) in tokens.iter().zip([false, false, true]) {
        let began = site.send_form("/sign-in", &[], "/sign-in", &format!("next=%2F&token={token}"));
        let headers = [("cookie", began.header("set-cookie").split(';').next().unwrap_or_default())];
        let page = site.ask("GET", "/webhooks", &headers);
        assert_eq!(page.status, if may { StatusCode::OK } else { StatusCode::FORBIDDEN });
        assert_eq!(
            site.ask("GET", "/webhooks/1", &headers).status,
            [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND][usize::from(may)]
        );
        assert_eq!(page.body.contains("href=\"/webhooks\""), may, "nobody is led to what is not for them");
        let sent =
            site.send_form("/webhooks", &headers, "/outlets", "change=add&url=https://desk.example/&event=new_story");
        assert_eq!(sent.status, if may { StatusCode::OK } else { StatusCode::FORBIDDEN });
    }
}
