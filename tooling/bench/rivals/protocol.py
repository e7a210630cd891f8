"""Python's side of the protocol of contestants: one JSON object a line, on standard input and output."""
import json
import signal
import sys
import time

# Ctrl-C reaches the whole process group; no traceback for it.
signal.signal(signal.SIGINT, signal.SIG_DFL)


def send(message):
    print(json.dumps(message), flush=True)


def require_numpy():
    """NumPy, or the end of the process with a message where python3 has none."""
    try:
        import numpy
    except ImportError:
        send({"error": f"python3 {sys.version.split()[0]} has no NumPy"})
        sys.exit(1)
    return numpy


def serve(hello, answer):
    send(hello)
    for line in sys.stdin:
        send(answer(json.loads(line)))


def durations(milliseconds, call):
    """The milliseconds of each call within a turn of about so many, at least three."""
    times = []
    start = time.perf_counter()
    end = start + milliseconds / 1000
    while len(times) < 3 or start < end:
        call()
        now = time.perf_counter()
        times.append(1000 * (now - start))
        start = now
    return times
