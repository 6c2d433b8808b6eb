"""Trains what tells people, organisations and places apart among the names that the rules of `annotate` find.

    python -m venv venv && . venv/bin/activate && pip install -r requirements.txt
    python train.py sentences WORK/sentences.jsonl
    examples() { cargo run --release -p twosource-annotate --example name_features -- "$@"; }
    for set in gum wikigold meantime; do examples DATA/names/$set.jsonl* > WORK/$set.jsonl; done
    examples WORK/sentences.jsonl > WORK/own.jsonl
    python train.py weights DATA WORK ../../crates/annotate/data/en/names.weights
    python train.py evaluate DATA WORK            # wikigold, cross-validated by document, the classifier alone
    python train.py weights DATA WORK OUT FOLD    # without a fold (0 to 3) of wikigold, to measure the program on it
    python train.py scores ../../crates/annotate/data/en/names.weights EXAMPLES   # reference of the test in Rust

A name has some seventy features out of 32,768 (crates/annotate/src/names/features.rs); multinomial logistic regression
with an L2 penalty weighs them for four kinds: person, organisation, place, anything else. An article's mentions of one
form are decided together, by their sum. Names that the rules cut otherwise than the annotators count half, and those of
GUM, whose borders were derived, a fifth less.

Trained on GUM (train documents whose text is CC BY or in the public domain), wikigold and the annotated parts of
MEANTIME, all fit for it by DATA/README.md, and on sentences of our own with invented names (sentences.txt), which count
less. What a sentence model thinks of each word (priors.py) is among the features: without it wikigold, cross-validated,
stands .028 lower, .008 lower without the longer names of the article that a name begins or ends, and .010 lower without
the topics of the words around it. Penalty and weights were chosen by that cross-validation and by the parts of GUM that are
not learned from. Tried and left out: the vectors of the built-in word table in a small network or beside the
features (+.006 at most, for 1.2 MB), a conditional random field over words with k-means clusters of them, another one
stacked on what rules and classifier say (wikigold .723 to .742, by what it was trained on, beside .735, and worse on web
texts), names that stand beside the name, the words behind an acronym, examples without their own words (.002 and less), a
handicap for "anything else", topics of the paragraph or of the whole article, left and right apart, or with the kind by the
rules (web texts .004 to .017 lower). The same libraries give the same bytes; the hash of what came out is printed.

The file, little-endian: the magic `2SRCNAME`; u32 version, features, kinds, steps that make a
factor e of the odds; i32 bias a kind; one i8 a kind and
feature, by feature. All numbers are multiples of one step, which matters to nobody who only compares sums.
"""

import collections
import gzip
import hashlib
import json
import pathlib
import random
import re
import string
import struct
import sys
import warnings

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

KINDS = ["PER", "ORG", "LOC", "REST"]
FEATURES = 1 << 15
PENALTY, OTHER_CUT, REST_WEIGHT, GUM_WEIGHT = 0.04, 0.5, 0.8, 0.8
FIT_LICENCES = {"CC BY", "CC BY 2.5", "CC BY 4.0", "CC BY (SBC)", "public domain"}
MAGIC, VERSION = b"2SRCNAME", 1
LISTS = pathlib.Path(__file__).parents[2] / "crates/annotate/data/en"
FILES = ["names_words", "names_places", "names_given", "names_common", "names_more"]
FOLDS = 4
ROUNDS, OWN = 12, 0.3  # how often each of our own sentences is filled, and what its names count
SLOTS = {letter: kind for kind, letters in {"PER": "pgs", "ORG": "ocb", "LOC": "vl", "REST": "ma"}.items() for letter in letters}


def rows(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def listed():
    """Sections of our lists, with their entries."""
    sections = collections.defaultdict(set)
    for name in FILES:
        section = ""
        for line in (LISTS / f"{name}.txt").read_text(encoding="utf-8").lower().splitlines():
            line = line.strip()
            if line.startswith("["):
                section = line.strip("[]")
            elif line and not line.startswith("#"):
                entries = line.split(",") if "," in line else line.split()
                sections[section] |= {entry.strip() for entry in entries} - {""}
    return sections


def fillers(random):
    """For each slot of sentences.txt a function that gives a filler: from our lists, or of invented words."""
    lists = listed()
    pools = {name: sorted(lists[name]) for name in ("surname", "organisation", "city", "place known", "country")}
    pools["given"] = sorted(lists["male"] | lists["female"])
    cased = lambda entry: " ".join(word.title() if len(word) > 3 else word.upper() for word in entry.split())
    pick = lambda *names: random.choice(pools[random.choice(names)]).title()
    syllables = "ka lo mi ren dar vel to sha nor bri zu pel an ster hol ga wick ton ven ri mar du fen os".split()
    coined = lambda: "".join(random.choices(syllables, k=random.choice((2, 3)))).title()
    given = lambda: coined() if random.random() < 0.3 else pick("given")
    family = lambda: coined() if random.random() < 0.4 else pick("surname")
    trade = lambda words: random.choice(words.split())
    company = lambda: random.choice((
        coined, lambda: f"{family()} {trade('Group Energy Bank Systems Motors Foods Partners Airlines Media')}",
        lambda: f"{family()} & {family()}", lambda: f"{coined()} {trade('Inc. Corp. Ltd.')}", lambda: cased(pick("organisation")),
    ))()
    shop = lambda: random.choice((
        coined, lambda: f"{family()}'s", lambda: f"{family()} {trade('Grill Pizza Auto Salon Dental Bakery Karate Florist')}",
        lambda: f"{trade('Golden Blue Happy Royal Little')} {trade('Dragon Lotus Oven Garden Spoon')}",
    ))()
    place = lambda: coined() if random.random() < 0.4 else pick("city", "city", "place known", "country")
    club = lambda: random.choice((
        company, lambda: f"{place()} {trade('University United Council Police Museum City')}",
        lambda: "".join(random.choices(string.ascii_uppercase, k=3)), lambda: f"{trade('National Free People')} {trade('Front Party Union League')}",
    ))()
    thing = lambda: random.choice((
        coined, lambda: f"{coined()} {random.randint(2, 900)}", lambda: f"{trade('Silent Broken Golden Last')} {trade('Summer River Heart Road')}",
    ))()
    short = lambda: "".join(random.choices(string.ascii_uppercase, k=random.choice((3, 3, 4))))
    person = lambda: f"{given()} {family()}"
    return {
        "p": person, "g": given, "s": family, "o": club, "c": company, "b": shop, "v": shop, "l": place, "m": thing, "a": short
    }


def sentences():
    """Documents of sentences of our own, as those of the labelled sets: text and entities."""
    source = random.Random(5)
    fill = fillers(source)
    lines = (pathlib.Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(line for line in lines * ROUNDS if line and not line.startswith("#")):
        text, entities = "", []
        for at, part in enumerate(re.split(r"\{(\w)\}", line.replace("|", "\n"))):
            if at % 2:
                name = fill[part]()
                entities.append({"start": len(text), "end": len(text) + len(name), "type": SLOTS[part]})
                part = name
            text += part
        yield {"id": f"own-{number}", "text": text, "entities": entities}


def write_sentences(path):
    with open(path, "w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in sentences())


def documents(data, work, name, words=False):
    """Documents fit for training: (names as (start, end, form, features, kind, weight), gold entities).

    With `words` each name ends in the words it consists of.
    """
    path = next(path for path in sorted((data / "names").iterdir()) if path.name.startswith(name + ".jsonl"))
    found = {row["id"]: row["names"] for row in rows(work / f"{name}.jsonl")}
    return [
        labelled(row, found[row["id"]], words)
        for row in rows(path)
        if name != "gum" or row["split"] == "train" and row["text_licence"] in FIT_LICENCES
    ]


def labelled(row, found, words=False):
    area = row.get("annotated")
    inside = lambda start, end: not area or any(a <= start and end <= b for a, b in area)
    entities = [(e["start"], e["end"], e["type"] if e["type"] in KINDS else "REST") for e in row["entities"]]
    gold = {e for e in entities if e[2] != "REST" and inside(*e[:2])}
    names = [
        (start, end, form, sorted(set(features)), *label(start, end, entities), *([slots[2]] if words else []))
        for start, end, form, features, slots in found
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
    lighter = lambda docs, weight: [([(*name[:5], name[5] * weight) for name in names], gold) for names, gold in docs]
    others = lighter(documents(data, work, "gum"), GUM_WEIGHT) + documents(data, work, "meantime")
    found = {row["id"]: row["names"] for row in rows(work / "own.jsonl")}
    own = [labelled(row, found[row["id"]]) for row in sentences()]
    return others + lighter(own, OWN) + kept, [doc for i, doc in enumerate(wikigold) if i in held]


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
    with threadpool_limits(1):  # sums in one order, whatever the machine
        {"weights": train, "evaluate": evaluate, "scores": reference, "sentences": write_sentences}[task](*paths)
