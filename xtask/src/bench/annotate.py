"""The side of `cargo xtask bench annotate` that needs Python.

annotate.py WHAT ARTICLES    prints the CPU seconds that WHAT takes for lines {"text": ...}, loaded before

sentences    spaCy's tokenizer and its sentence splitter by rule
terms        the same, then textacy's n-grams and acronyms
pipeline     spaCy's tagger, parser and name finder, of the shape that en_core_web_sm has: one table of vectors 96 wide and
             4 layers deep. Trained weights cannot be had from a package registry, so they are as they were initialised,
             which changes what is found and not what it costs.
quantities   quantulum3
"""
import json
import sys
import time

# As many labels as en_core_web_sm has.
TAGS, RELATIONS, TYPES = 50, 45, 18


def blank():
    import spacy

    return spacy.blank("en")


def sentences():
    nlp = blank()
    nlp.add_pipe("sentencizer")
    return nlp


def terms():
    from textacy.extract import acronyms, ngrams

    nlp = sentences()

    def run(text):
        doc = nlp(text)
        return list(ngrams(doc, 2, filter_stops=True)), list(acronyms(doc))

    return run


def pipeline():
    nlp = blank()
    nlp.add_pipe("tok2vec")
    listener = {"model": {"tok2vec": {
        "@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*",
    }}}
    for name, labels in (
        ("tagger", [f"T{at}" for at in range(TAGS)]),
        ("parser", [f"r{at}" for at in range(RELATIONS)]),
        ("ner", [f"N{at}" for at in range(TYPES)]),
    ):
        pipe = nlp.add_pipe(name, config=listener)
        for label in labels:
            pipe.add_label(label)
    nlp.initialize()
    return nlp


def quantities():
    from quantulum3 import classifier, parser

    # Its classifier of ambiguous units was stored by a scikit-learn of long ago and does not load: measured without it.
    classifier.USE_CLF = False
    return parser.parse


def timed(run, path):
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    run(texts[0])
    start = time.process_time()
    for text in texts:
        run(text)
    print(time.process_time() - start)


match sys.argv[1:]:
    case [("sentences" | "terms" | "pipeline" | "quantities") as what, path]:
        timed(globals()[what](), path)
    case _:
        sys.exit(__doc__)
