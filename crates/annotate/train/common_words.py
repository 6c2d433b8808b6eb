"""Makes data/en/names_common.txt: words that running text writes without a capital.

    python3 common_words.py names/wikigold.jsonl names/meantime.jsonl names/gum.jsonl.gz > names_common.txt

Takes JSON Lines with a `text`. Of data with splits and licences only the training split under an attribution
licence or in the public domain is read, as only that may shape what we ship.
"""

import collections
import gzip
import json
import re
import sys
import textwrap

FIT = {"CC BY (SBC)", "CC BY 2.5", "CC BY 4.0", "CC BY", "public domain"}


def rows(path):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("split", "train") == "train" and row.get("text_licence", "CC BY") in FIT:
                yield row


def main():
    lower, capital = collections.Counter(), collections.Counter()
    for path in sys.argv[1:]:
        for row in rows(path):
            for word in re.findall(r"[A-Za-z][A-Za-z'’-]*", row["text"]):
                word = word.replace("’", "'")
                (lower if word.islower() else capital)[word.lower()] += 1
    words = sorted(
        word
        for word, count in lower.items()
        if len(word) > 1 and count >= 2 and count >= 0.3 * capital[word] and not word.endswith("'")
    )
    print("# Words that running text writes without a capital; made by train/common_words.py.\n[common]")
    print(textwrap.fill(" ".join(words), 118, break_on_hyphens=False))


main()
