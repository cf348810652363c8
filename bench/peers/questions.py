"""The questions of a job as SQL, for both peers: they differ in how a value is bound and a bucket is reckoned.

Every question is about the first account and carries the moment since which its calls are kept, as the server's do.
Rows of counts are (facet, value, errors, count); a bucket's value is its beginning in milliseconds since 1970.
"""

# Facet by column, in the order in which they are counted.
FACETS = {
    "status": "is_error",
    "method": "method",
    "code": "code",
    "bot": "bot_id",
    "application": "application",
    "source": "source",
}
SUMMARY = "id, ts, is_error, code, method, application, bot_id, bot_name, source, path, node, user_id, user_name, duration_ms"


class Dialect:
    """What differs: `bind` makes a placeholder and keeps the value, `bucket` is an expression over ts."""

    url = "url"
    table = "calls"
    page_end = ""

    def statement(self, question, job, number):
        """SQL and values of a question."""
        self.values = {}
        kind = question["kind"]
        filters = dict(question["parameters"])
        if kind == "call":
            id = self.bind("id", "uuid", job["ids"][number % len(job["ids"])])
            return f"SELECT {SUMMARY}, {self.url}, body FROM {self.table} WHERE account = 0 AND id = {id}", self.values
        if kind in ("page", "deep_page"):
            where = self.where(filters)
            if kind == "deep_page":
                ts, id = (self.bind(*place) for place in (("ts", "ts", job["deep"]["timestamp"]), ("id", "uuid", job["deep"]["id"])))
                where += f" AND (ts, id) < ({ts}, {id})"
            return (
                f"SELECT {SUMMARY}, {self.url} FROM {self.table} WHERE {where} ORDER BY ts DESC, id DESC {self.page_end} LIMIT {job['limit']}",
                self.values,
            )
        facets = FACETS if kind != "histogram" else {}
        return self.counts(filters, facets, question["bucket_ms"] if kind != "facets" else None), self.values

    def counts(self, filters, facets, bucket_ms):
        """One scan for everything that all filters narrow, and one for each facet that must not see its own filter."""
        own = {facet: column for facet, column in facets.items() if facet in filters}
        others = {facet: column for facet, column in facets.items() if facet not in own}
        if bucket_ms:
            others["bucket"] = self.bucket(bucket_ms)
        scans = [self.scan(filters, others)] if others else []
        for facet, column in own.items():
            scans.append(self.scan({name: value for name, value in filters.items() if name != facet}, {facet: column}))
        return " UNION ALL ".join(scans)

    def scan(self, filters, facets):
        sets = ", ".join(f"({facet}_)" for facet in facets)
        columns = ", ".join(f"{column} AS {facet}_" for facet, column in facets.items())
        # grouping() is 0 for the column that a row is about.
        names = " ".join(f"WHEN grouping({facet}_) = 0 THEN '{facet}'" for facet in facets)
        values = " ".join(f"WHEN grouping({facet}_) = 0 THEN {self.text(facet + '_')}" for facet in facets)
        return (
            f"SELECT CASE {names} END AS facet, CASE {values} END AS value, sum(error) AS errors, count(*) AS calls "
            f"FROM (SELECT is_error AS error, {columns} FROM {self.counted()} WHERE {self.where(filters)}) AS narrowed "
            f"GROUP BY GROUPING SETS ({sets})"
        )

    def counted(self):
        return self.table

    def where(self, filters):
        parts = ["account = 0", self.kept()]
        for name, value in filters.items():
            if name == "q":
                escaped = value.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
                parts.append(f"text LIKE {self.bind('q', 'text', '%' + escaped + '%')}")
            elif name == "status":
                parts.append(f"is_error = {1 if value == 'error' else 0}")
            elif name == "code" and value.endswith("xx"):
                parts.append(f"code BETWEEN {int(value[0]) * 100} AND {int(value[0]) * 100 + 99}")
            elif name == "code":
                parts.append(f"code = {int(value)}")
            else:
                parts.append(f"{FACETS[name]} = {self.bind(name, 'text', value)}")
        return " AND ".join(parts)
