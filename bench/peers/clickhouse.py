"""ClickHouse's engine, embedded (chdb): no server and no client, so nothing of its times is network."""

import json
import time

from chdb import session

from questions import Dialect

COLUMNS = """
  account UInt64, ts DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)), id UUID, is_error UInt8, code UInt16,
  method LowCardinality(String), application LowCardinality(String), bot_id LowCardinality(String),
  bot_name LowCardinality(String), source LowCardinality(String), path LowCardinality(String),
  node LowCardinality(String), user_id String, user_name String, duration_ms UInt32, url String CODEC(ZSTD(3)),
  text String CODEC(ZSTD(3)), body String CODEC(ZSTD(3))"""
SCHEMA = f"""
CREATE TABLE calls ({COLUMNS},
  INDEX by_text text TYPE text(tokenizer = ngrams(3)),
  INDEX by_id id TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = ReplacingMergeTree PARTITION BY (toDate(ts), is_error) ORDER BY (account, ts, id)
TTL toDateTime(ts) + if(is_error, toIntervalDay(30), toIntervalDay(7))
SETTINGS ttl_only_drop_parts = 1, index_granularity_bytes = '64Mi', fsync_after_insert = 1, fsync_part_directory = 1
"""


class ClickHouseDialect(Dialect):
    url = "substring(url, 1, 512)"
    # The same id twice is one call, also before the parts that hold it are merged.
    page_end = "LIMIT 1 BY id"

    def bind(self, name, kind, value):
        if kind == "ts":
            value = value.replace("T", " ").replace("Z", "")
        self.values[name] = value
        return f"{{{name}:{ {'uuid': 'UUID', 'ts': 'DateTime64(3)', 'text': 'String'}[kind] }}}"

    def bucket(self, width):
        return f"intDiv(toUnixTimestamp64Milli(ts), {width}) * {width}"

    def text(self, column):
        return f"toString({column})"

    def counted(self):
        return f"{self.table} FINAL"

    def kept(self):
        return "ts >= now64(3) - toIntervalDay(30) AND (is_error = 1 OR ts >= now64(3) - toIntervalDay(7))"


class ClickHouse:
    def __init__(self, job):
        self.job = job
        self.dialect = ClickHouseDialect()
        self.session = session.Session(f"{job['folder']}/clickhouse")

    def start(self):
        self.session.query("SET session_timezone = 'UTC', do_not_merge_across_partitions_select_final = 1")
        self.session.query(SCHEMA)
        self.name = f"ClickHouse {self.rows('SELECT version()')[0][0]}"
        self.setup = (
            f"embedded (chdb): no network, one question at a time; batches of {self.job['batch'] * 10:,} calls from files, one after "
            "the other, synced; text index of trigrams; duplicates left out by FINAL and LIMIT 1 BY"
        )

    def rows(self, sql, values=None):
        answer = self.session.query(sql, "JSONCompactEachRow", params=values or {})
        return [json.loads(line) for line in answer.bytes().splitlines()]

    def load(self):
        for name in self.job["rows"]:
            self.session.query(f"INSERT INTO calls SELECT * FROM file('{name}', 'TabSeparated')")

    def settle(self):
        """Waits for the merges that the load has begun."""
        while self.rows("SELECT count() FROM system.merges WHERE table = 'calls'")[0][0] != 0:
            time.sleep(0.2)

    def cpu_seconds(self):
        return time.process_time()

    def disk_bytes(self):
        return float(self.rows("SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND table = 'calls'")[0][0])

    def ask(self, question, number):
        return self.rows(*self.dialect.statement(question, self.job, number))

    def stop(self):
        self.session.close()
