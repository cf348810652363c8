"""PostgreSQL 15: a server of its own on a free port, asked by one client over a Unix socket."""

import itertools
import os
import shutil
import subprocess
import threading
from pathlib import Path

import psycopg

from questions import Dialect

BINARIES = Path("/usr/lib/postgresql/15/bin")
TICKS = os.sysconf("SC_CLK_TCK")
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "on",
    "synchronous_commit": "on",
    "shared_buffers": "2GB",
    "effective_cache_size": "8GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "statement_timeout": "10min",
}
# Beyond 512 bytes the longest columns of a row, text and body, are kept apart, so that scans of the others are short.
SCHEMA = """
CREATE EXTENSION pg_trgm;
CREATE TABLE calls (
  account int NOT NULL, ts timestamptz NOT NULL, id uuid NOT NULL, is_error smallint NOT NULL, code smallint NOT NULL,
  method text NOT NULL, application text NOT NULL, bot_id text NOT NULL, bot_name text NOT NULL, source text NOT NULL,
  path text NOT NULL, node text NOT NULL, user_id text NOT NULL, user_name text NOT NULL, duration_ms int NOT NULL,
  url text NOT NULL, text text COMPRESSION lz4 NOT NULL, body text COMPRESSION lz4 NOT NULL, UNIQUE (account, id)
) WITH (toast_tuple_target = 512);
CREATE INDEX ON calls (account, ts DESC, id DESC);
CREATE INDEX ON calls USING gin (text gin_trgm_ops);
"""


class PostgreSqlDialect(Dialect):
    url = "left(url, 512)"

    def bind(self, name, kind, value):
        self.values[name] = value
        return f"%({name})s" + {"uuid": "::uuid", "ts": "::timestamptz", "text": "::text"}[kind]

    def bucket(self, width):
        return f"date_bin('{width} milliseconds', ts, '1970-01-01Z')"

    def text(self, column):
        return f"(extract(epoch FROM {column}) * 1000)::bigint::text" if column == "bucket_" else f"{column}::text"

    def kept(self):
        return "ts >= now() - interval '30 days' AND (is_error = 1 OR ts >= now() - interval '7 days')"


class PostgreSql:
    def __init__(self, job):
        if not BINARIES.is_dir():
            raise SystemExit(f"PostgreSQL 15 is not in {BINARIES} (Debian's package postgresql-15)")
        self.job = job
        self.dialect = PostgreSqlDialect()
        # It refuses to run as root.
        self.as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.data = Path(job["folder"]) / "postgresql"

    def start(self):
        self.data.mkdir()
        if self.as_user:
            shutil.chown(self.data, "postgres", "postgres")
        self.run("initdb", "--auth=trust", "--username=bench", "--encoding=UTF8", "--locale=C.UTF-8", "--pgdata", self.data)
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
            file.write(f"unix_socket_directories = '{self.data}'\n")
        self.run("pg_ctl", "--wait", "--pgdata", self.data, "--log", self.data / "log", "start")
        self.connection = self.connect()
        self.connection.execute(SCHEMA)
        version = self.connection.info.parameter_status("server_version").split()[0]
        self.name = f"PostgreSQL {version}"
        self.setup = (
            f"batches of {self.job['batch']} calls by COPY, each its own durable transaction, on {self.job['connections']} connections; "
            "btree (account, ts, id), unique (account, id), GIN trigrams of the text; asked over a Unix socket"
        )

    def run(self, program, *arguments):
        command = [*self.as_user, str(BINARIES / program), *map(str, arguments)]
        done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise SystemExit(f"{program}: {done.stdout.strip().splitlines()[-1]}")

    def connect(self):
        # Never prepared: each question is planned for its values.
        return psycopg.connect(host=str(self.data), user="bench", dbname="postgres", autocommit=True, prepare_threshold=None)

    def load(self):
        batches, lock, failures = self.batches(), threading.Lock(), []

        def send():
            try:
                with self.connect() as connection:
                    while True:
                        with lock:
                            batch = next(batches, None)
                        if batch is None:
                            return
                        with connection.cursor().copy(f"COPY calls ({', '.join(self.job['columns'])}) FROM STDIN") as copy:
                            copy.write(batch)
            except psycopg.Error as error:
                failures.append(error)

        threads = [threading.Thread(target=send) for _ in range(self.job["connections"])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]

    def batches(self):
        for name in self.job["rows"]:
            with open(name, "rb") as file:
                while batch := b"".join(itertools.islice(file, self.job["batch"])):
                    yield batch

    def settle(self):
        self.connection.execute("VACUUM ANALYZE calls")

    def cpu_seconds(self):
        """Of the server and its children, those that have ended included."""
        postmaster = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0]
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if stat.parent.name == postmaster:
                ticks += sum(map(int, fields[11:15]))
            elif fields[1] == postmaster:
                ticks += sum(map(int, fields[11:13]))
        return ticks / TICKS

    def disk_bytes(self):
        return self.connection.execute("SELECT pg_total_relation_size('calls')").fetchone()[0]

    def ask(self, question, number):
        return self.connection.execute(*self.dialect.statement(question, self.job, number)).fetchall()

    def stop(self):
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "--wait", "--mode=immediate", "--pgdata", self.data, "stop")
