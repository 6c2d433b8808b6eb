//! `twosource mcp` as an assistant uses it.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

fn twosource(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twosource"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A store with the example: story 1, five reports.
fn store(folder: &Path) -> String {
    let store = folder.join("store.db").to_str().expect("a path in UTF-8").to_owned();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour");
    let added =
        twosource(&["add", "--store", &store, example.to_str().expect("a path in UTF-8")]).output().expect("it starts");
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    store
}

/// A client of our own: lines of JSON-RPC.
struct Client {
    running: Child,
    answers: BufReader<std::process::ChildStdout>,
    asked: u64,
}

impl Client {
    fn start(store: &str) -> Client {
        let mut running = twosource(&["mcp", "--store", store]).stdin(Stdio::piped()).spawn().expect("it starts");
        let answers = BufReader::new(running.stdout.take().expect("its output"));
        let mut client = Client { running, answers, asked: 0 };
        let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}});
        let answer = client.ask("initialize", &hello);
        assert_eq!(answer["result"]["serverInfo"]["name"], "twosource");
        client.write(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        client
    }

    fn write(&mut self, message: &Value) {
        writeln!(self.running.stdin.as_mut().expect("its input"), "{message}").expect("it listens");
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.write(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let mut line = String::new();
            assert!(self.answers.read_line(&mut line).expect("an answer") > 0, "it hung up");
            let answer: Value = serde_json::from_str(&line).expect("JSON");
            if answer["id"] == id {
                return answer;
            }
        }
    }

    /// What a tool says, and whether that is an error.
    fn call(&mut self, tool: &str, arguments: &Value) -> (String, bool) {
        let answer = self.ask("tools/call", &json!({"name": tool, "arguments": arguments}));
        let said = answer["result"]["content"][0]["text"].as_str().unwrap_or_default().to_owned();
        (said, answer["result"]["isError"] == true)
    }

    fn get(&mut self, tool: &str, arguments: &Value) -> Value {
        let (said, is_error) = self.call(tool, arguments);
        assert!(!is_error && said.len() < 200_000, "{tool} {arguments}: {said}");
        serde_json::from_str(&said).expect("JSON")
    }
}

#[test]
fn an_assistant_finds_out_whose_word_it_is() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let store = store(folder.path());
    let before = std::fs::read(&store).expect("the store");
    let mut client = Client::start(&store);
    let tools = client.ask("tools/list", &json!({}));
    let names: Vec<&str> =
        tools["result"]["tools"].as_array().expect("tools").iter().filter_map(|tool| tool["name"].as_str()).collect();
    assert_eq!(names, ["search_stories", "get_story", "get_article", "whose_word", "compare"]);

    let found = client.get("search_stories", &json!({"query": "port"}));
    assert_eq!((&found["stories"][0]["story"], &found["stories"][0]["reports"]), (&json!(1), &json!(5)));
    assert_eq!(client.get("search_stories", &json!({}))["stories"][0]["story"], 1);

    let story = client.get("get_story", &json!({"story": 1, "limit": 3}));
    assert_eq!(story["claims"].as_array().map(Vec::len), Some(3));
    assert!(story["more_claims"].as_u64().is_some_and(|more| more > 0) && story["reports"][0]["text"].is_null());
    let lead = story["lead"]["claim"].as_str().expect("a lead").to_owned();

    let word = client.get("whose_word", &json!({"story": 1, "claim": lead}));
    assert_eq!(word["independent_origins"], story["lead"]["independent_origins"]);
    assert!(word["statements"].as_array().expect("statements").iter().all(|statement| statement["exact"].is_string()));
    let words: String = word["text"].as_str().expect("words").chars().take(30).collect();
    let by_words = client.get("whose_word", &json!({"story": 1, "claim": words}));
    assert!(by_words["claim"] == word["claim"] || by_words["several"].is_array(), "{by_words}");

    let article = client.get("get_article", &json!({"article": 1, "from": 10, "limit": 50}));
    assert_eq!(article["text"].as_str().map(|text| text.chars().count()), Some(50));
    let compared = client.get("compare", &json!({"articles": [1, 2]}));
    assert_eq!(compared["reports"].as_array().map(Vec::len), Some(2));
    let given = json!({"reports": [
        {"outlet": "Nova Post", "text": "The bridge of Nova closed on Monday, mayor Anna Berg said."},
        {"outlet": "Courier", "text": "The bridge of Nova closed on Monday, mayor Anna Berg said on the radio."}]});
    assert!(client.get("compare", &given)["claims"].as_array().is_some_and(|claims| !claims.is_empty()));

    for (tool, wrong) in [
        ("get_story", json!({})),
        ("get_story", json!({"story": 99})),
        ("get_story", json!({"story": -1})),
        ("get_article", json!({"article": "https://nova.example/none"})),
        ("get_article", json!({"article": [1]})),
        ("whose_word", json!({"story": 1, "claim": "zebra crossing"})),
        ("search_stories", json!({"query": "port OR"})),
        ("compare", json!({"articles": [1]})),
        ("compare", json!({"reports": [{"text": 1}, {"text": 2}]})),
    ] {
        let (said, is_error) = client.call(tool, &wrong);
        assert!(is_error && !said.is_empty(), "{tool} {wrong}: {said}");
    }
    assert!(client.ask("tools/call", &json!({"name": "delete_story", "arguments": {}}))["error"].is_object());
    drop(client.running.stdin.take());
    assert_eq!(client.running.wait().expect("it ends").code(), Some(0));
    assert_eq!(std::fs::read(&store).expect("the store"), before, "the store is only read");
}

#[test]
fn without_a_store_there_is_nothing_to_serve() {
    let ended = twosource(&["mcp", "--store", "/nowhere/store.db"]).output().expect("it starts");
    assert_eq!(ended.status.code(), Some(2));
    assert!(ended.stdout.is_empty() && String::from_utf8_lossy(&ended.stderr).contains("there is no store yet"));
}

const CLIENT: &str = r#"
import asyncio, json, sys
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

async def main():
    server = StdioServerParameters(command=sys.argv[1], args=["mcp", "--store", sys.argv[2]])
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        hello = await session.initialize()
        tools = await session.list_tools()
        assert all(tool.annotations.read_only_hint for tool in tools.tools)
        found = await session.call_tool("search_stories", {"query": "port"})
        story = json.loads(found.content[0].text)["stories"][0]["story"]
        got = await session.call_tool("get_story", {"story": story})
        lead = json.loads(got.content[0].text)["lead"]
        word = await session.call_tool("whose_word", {"story": story, "claim": lead["claim"]})
        assert json.loads(word.content[0].text)["independent_origins"] == lead["independent_origins"]
        wrong = await session.call_tool("get_story", {"story": 99})
        assert wrong.is_error
        print(hello.server_info.name, len(tools.tools), "tools")

asyncio.run(main())
"#;

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test must say so")]
fn the_client_of_the_python_sdk_agrees() {
    let python = |code: &str, arguments: &[&str]| Command::new("python3").args(["-c", code]).args(arguments).output();
    if !python("import mcp", &[]).is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: the Python package mcp is not there; cargo xtask test installs it");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder to write in");
    let store = store(folder.path());
    let ran = python(CLIENT, &[env!("CARGO_BIN_EXE_twosource"), &store]).expect("Python starts");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(String::from_utf8_lossy(&ran.stdout), "twosource 5 tools\n");
}
