"""The side of `cargo xtask bench extract` that needs Python.

extract.py text PAGES              prints "PAGES SECONDS": CPU time of trafilatura over all pages, loaded before
extract.py metadata PAGES          the same with the metadata, the work that Twosource does
extract.py memory PROGRAM PAGES    prints "MB BYTES": the most memory PROGRAM took on one of the largest pages, and its size
extract.py peak PROGRAM FILE...    the same for files; called by itself, since a child counts what its parent held
"""
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

LARGEST = 5


def pages(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["html"] for line in lines if line.strip()]


def timed(path, options):
    from trafilatura import extract

    texts = pages(path)
    extract(texts[0], **options)
    start = time.process_time()
    for text in texts:
        extract(text, **options)
    print(len(texts), time.process_time() - start)


def memory(program, path):
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, text in enumerate(sorted((text.encode() for text in pages(path)), key=len)[-LARGEST:]):
            names.append(f"{folder}/{number}.html")
            with open(names[-1], "wb") as page:
                page.write(text)
        os.execv(sys.executable, [sys.executable, __file__, "peak", program, *names]) if os.fork() == 0 else os.wait()


def peak(program, *names):
    most = (0, 0)
    for name in names:
        subprocess.run([program, "extract", name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # The most of all children so far: the page that raises it took it.
        taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000
        if taken > most[0]:
            most = (taken, os.path.getsize(name))
    print(*most)


match sys.argv[1:]:
    case ["text", path]:
        timed(path, {})
    case ["metadata", path]:
        timed(path, {"with_metadata": True, "output_format": "json"})
    case ["memory", program, path]:
        memory(program, path)
    case ["peak", program, *names]:
        peak(program, *names)
    case _:
        sys.exit(__doc__)
