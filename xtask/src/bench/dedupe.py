"""The side of `cargo xtask bench dedupe` that needs Python.

dedupe.py WHAT ARTICLES    prints the CPU seconds that WHAT takes to find near duplicates among lines {"text": ...}, loaded
                           before, and how many texts have one: shingles of five words, 128 permutations, threshold 0.5

datasketch    MinHash and MinHashLSH
rensa         RMinHash over all shingles and RMinHashLSH
"""
import json
import re
import sys
import time

PERMUTATIONS, THRESHOLD, BANDS = 128, 0.5, 32


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[at:at + 5]) for at in range(max(1, len(words) - 4))]


def datasketch(texts):
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    found = 0
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in set(shingles(text))])
        found += bool(lsh.query(sketch))
        lsh.insert(number, sketch)
    return found


def rensa(texts):
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    found = 0
    for number, text in enumerate(texts):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(shingles(text))
        found += bool(lsh.query(sketch))
        lsh.insert(number, sketch)
    return found


def main():
    what, path = sys.argv[1:]
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    start = time.process_time()
    found = {"datasketch": datasketch, "rensa": rensa}[what](texts)
    print(time.process_time() - start, found)


main()
