"""Trains what tells people, organisations and places apart among the names that the rules of `annotate` find.

    python -m venv venv && . venv/bin/activate && pip install -r requirements.txt
    for set in gum wikigold meantime; do
      cargo run --release -p twosource-annotate --example name_features -- DATA/names/$set.jsonl* > WORK/$set.jsonl
    done
    python train.py weights DATA WORK ../../crates/annotate/data/en/names.weights
    python train.py evaluate DATA WORK            # wikigold, cross-validated by document, the classifier alone
    python train.py weights DATA WORK OUT FOLD    # without a fold (0 to 3) of wikigold, to measure the program on it
    python train.py scores ../../crates/annotate/data/en/names.weights EXAMPLES   # reference of the test in Rust

A name has some forty features out of 16,384 (crates/annotate/src/names/features.rs); multinomial logistic regression
with an L2 penalty weighs them for four kinds: person, organisation, place, anything else. An article's mentions of one
form are decided together, by their sum. Names that the rules cut otherwise than the annotators count half.

Trained on GUM (train documents whose text is CC BY or in the public domain), wikigold and the annotated parts of
MEANTIME, all fit for it by DATA/README.md. Tried and left out: the vectors of the built-in word table in a small
network or beside the features (+.006 at most, for 1.2 MB), a conditional random field over words with k-means clusters
of them. The same libraries give the same bytes; the hash of what came out is printed.

The file, little-endian: the magic `2SRCNAME`; u32 version, features, kinds, steps that make a
factor e of the odds; i32 bias a kind; one i8 a kind and
feature, by feature. All numbers are multiples of one step, which matters to nobody who only compares sums.
"""

import gzip
import hashlib
import json
import pathlib
import random
import struct
import sys
import warnings

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

KINDS = ["PER", "ORG", "LOC", "REST"]
FEATURES = 1 << 14
PENALTY, OTHER_CUT, REST_WEIGHT = 0.2, 0.5, 0.8
FIT_LICENCES = {"CC BY", "CC BY 2.5", "CC BY 4.0", "CC BY (SBC)", "public domain"}
MAGIC, VERSION = b"2SRCNAME", 1
FOLDS = 4


def rows(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def documents(data, work, name):
    """Documents fit for training: (names as (start, end, form, features, kind, weight), gold entities)."""
    path = next(path for path in sorted((data / "names").iterdir()) if path.name.startswith(name + ".jsonl"))
    found = {row["id"]: row["names"] for row in rows(work / f"{name}.jsonl")}
    return [
        labelled(row, found[row["id"]])
        for row in rows(path)
        if name != "gum" or row["split"] == "train" and row["text_licence"] in FIT_LICENCES
    ]


def labelled(row, found):
    area = row.get("annotated")
    inside = lambda start, end: not area or any(a <= start and end <= b for a, b in area)
    entities = [(e["start"], e["end"], e["type"] if e["type"] in KINDS else "REST") for e in row["entities"]]
    gold = {e for e in entities if e[2] != "REST" and inside(*e[:2])}
    names = [
        (start, end, form, sorted(set(features)), *label(start, end, entities))
        for start, end, form, features, _ in found
        if inside(start, end)
    ]
    return names, gold


def label(start, end, entities):
    """Kind and weight of a name: that of the same entity, else of the one it shares most with, else none."""
    shared = [(min(end, e) - max(start, s), (s, e) == (start, end), kind) for s, e, kind in entities]
    length, same, kind = max(shared, default=(0, False, "REST"))
    if length <= 0:
        return KINDS.index("REST"), REST_WEIGHT
    weight = REST_WEIGHT if kind == "REST" else 1.0
    return KINDS.index(kind), weight if same else OTHER_CUT * weight


def matrix(names):
    columns = np.concatenate([name[3] for name in names])
    ends = np.cumsum([0] + [len(name[3]) for name in names])
    return scipy.sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(names), FEATURES))


def fit(docs):
    names = [name for found, _ in docs for name in found]
    model = LogisticRegression(C=PENALTY, max_iter=300)
    model.fit(matrix(names), [name[4] for name in names], sample_weight=[name[5] for name in names])
    return model.coef_.T, model.intercept_


def quantised(weights, bias):
    step = np.abs(weights).max() / 127
    return np.rint(weights / step).astype(np.int8), np.rint(bias / step).astype(np.int32), round(1 / step)


def scores(weights, bias, _, features):
    return bias + weights[features].astype(np.int64).sum(axis=0)


def counts(docs, model):
    hit = predicted = wanted = 0
    for names, gold in docs:
        forms = {}
        for name in names:
            forms[name[2]] = forms.get(name[2], 0) + scores(*model, name[3])
        found = {(name[0], name[1], KINDS[int(np.argmax(forms[name[2]]))]) for name in names}
        found = {name for name in found if name[2] != "REST"}
        hit, predicted, wanted = hit + len(found & gold), predicted + len(found), wanted + len(gold)
    return np.array([hit, predicted, wanted])


def training(data, work, fold=None):
    """Documents to train on; wikigold without one of its folds where that is to be measured. And that fold."""
    wikigold = documents(data, work, "wikigold")
    order = list(range(len(wikigold)))
    random.Random(1).shuffle(order)
    held = {i for at, i in enumerate(order) if at % FOLDS == fold}
    kept = [doc for i, doc in enumerate(wikigold) if i not in held]
    others = documents(data, work, "gum") + documents(data, work, "meantime")
    return others + kept, [doc for i, doc in enumerate(wikigold) if i in held]


def evaluate(data, work):
    total = np.zeros(3)
    for fold in range(FOLDS):
        kept, held = training(data, work, fold)
        total += counts(held, quantised(*fit(kept)))
    hit, predicted, wanted = total
    print(f"wikigold, {FOLDS} folds: P {hit / predicted:.4f} R {hit / wanted:.4f} F1 {2 * hit / (predicted + wanted):.4f}")


def train(data, work, path, fold=None):
    docs, _ = training(data, work, fold and int(str(fold)))
    weights, bias, unit = quantised(*fit(docs))
    head = MAGIC + struct.pack("<4I", VERSION, FEATURES, len(KINDS), unit) + bias.astype("<i4").tobytes()
    path.write_bytes(head + weights.tobytes())
    print(hashlib.sha256(path.read_bytes()).hexdigest(), path)


def reference(path, examples):
    content = path.read_bytes()
    bias = np.frombuffer(content, "<i4", len(KINDS), 24)
    weights = np.frombuffer(content, np.int8, FEATURES * len(KINDS), 24 + 4 * len(KINDS)).reshape(FEATURES, -1)
    for row in rows(examples):
        for name in row["names"]:
            print(*scores(weights, bias, 0, sorted(set(name[3]))))


if __name__ == "__main__":
    warnings.filterwarnings("ignore", category=FutureWarning)
    task, *paths = sys.argv[1:]
    paths = [pathlib.Path(path) for path in paths]
    {"weights": train, "evaluate": evaluate, "scores": reference}[task](*paths)
