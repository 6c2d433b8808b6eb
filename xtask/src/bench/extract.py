"""The side of `cargo xtask bench extract` that needs Python.

extract.py time PAGES...           prints "PAGES SECONDS": CPU time of trafilatura.extract over all pages, loaded before
extract.py memory PROGRAM PAGES    prints "MB BYTES": the most memory PROGRAM took on one of the largest pages, and its size
"""
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time

LARGEST = 5


def pages(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["html"] for line in lines if line.strip()]


def timed(paths):
    from trafilatura import extract

    texts = [text for path in paths for text in pages(path)]
    extract(texts[0])
    start = time.process_time()
    for text in texts:
        extract(text)
    print(len(texts), time.process_time() - start)


def memory(program, path):
    largest = sorted((text.encode() for text in pages(path)), key=len)[-LARGEST:]
    most = (0, 0)
    for text in largest:
        with tempfile.NamedTemporaryFile(suffix=".html") as page:
            page.write(text)
            page.flush()
            # Python is told to give the most memory of all children so far: the page that raises it took it.
            subprocess.run([program, "extract", page.name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000
        if taken > most[0]:
            most = (taken, len(text))
    print(*most)


if sys.argv[1] == "time":
    timed(sys.argv[2:])
else:
    memory(*sys.argv[2:])
