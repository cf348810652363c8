"""Measures one peer: loads the calls of a job, asks its questions, prints what came of it as JSON.

    python bench/peers/peers.py postgresql|clickhouse JOB.json

The job is written by the benchmark (`bench/src/peers.rs`). A peer is a class with a name, a setup in words, and
start(), load(), settle(), cpu_seconds(), disk_bytes(), ask(question, number) and stop(), which also ends a bad start.
"""

import json
import sys
import time

AT_LEAST = 3


def main(peer_name, job_path):
    with open(job_path, encoding="utf-8") as file:
        job = json.load(file)
    if peer_name == "postgresql":
        from postgresql import PostgreSql as Peer
    else:
        from clickhouse import ClickHouse as Peer
    peer = Peer(job)
    try:
        peer.start()
        cpu_before, began = peer.cpu_seconds(), time.perf_counter()
        peer.load()
        seconds, cpu_seconds = time.perf_counter() - began, peer.cpu_seconds() - cpu_before
        peer.settle()
        questions = [measured(peer, question, job) for question in job["questions"]]
        told = {
            "name": peer.name,
            "setup": peer.setup,
            "seconds": seconds,
            "cpu_seconds": cpu_seconds,
            "disk_bytes": peer.disk_bytes(),
            "questions": questions,
        }
    finally:
        peer.stop()
    json.dump(told, sys.stdout)


def measured(peer, question, job):
    """Asks one question as often as the job says; the first time is told apart."""

    def timed(number):
        began = time.perf_counter()
        rows = peer.ask(question, number)
        return (time.perf_counter() - began) * 1_000, rows

    first_ms, rows = timed(0)
    began, times = time.perf_counter(), []
    while len(times) < job["repeat"] and (len(times) < AT_LEAST or time.perf_counter() - began < job["patience"]):
        times.append(timed(len(times))[0])
    return {"name": question["name"], "first_ms": first_ms, "times_ms": times, "answer": answer_of(question, rows)}


def answer_of(question, rows):
    """Rows of the SQL of `questions.py` in the form of `bench/src/answer.rs`."""
    if question["kind"] in ("page", "deep_page", "call"):
        return {"ids": [str(row[0]) for row in rows]}
    answer = {"facets": {}, "buckets": {}, "bucket_ms": question["bucket_ms"]}
    for facet, value, errors, count in rows:
        if facet == "bucket":
            answer["buckets"][str(value)] = [int(count) - int(errors), int(errors)]
            continue
        if facet == "status":
            value = "error" if str(value) == "1" else "success"
        answer["facets"].setdefault(facet, {})[str(value)] = int(count)
    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
