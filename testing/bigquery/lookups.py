"""What the emulator asks of its catalog for each table that a statement names, answered by one read of what it is kept in.

Its own questions go to duckdb_tables() and duckdb_columns(), which collect the figures of every table of every dataset. The
answers are the same: lookups_check.py holds them side by side. A question in other words goes on to the emulator.
"""

import contextlib

import duckdb
from local_bigquery.engine import database
from local_bigquery.jobs import query

OBJECTS = (
    "SELECT table_name, 'TABLE', estimated_size FROM duckdb_tables() "
    "WHERE database_name = $1 AND schema_name = $2 "
    "AND table_name = coalesce($3, table_name) "
    "UNION ALL SELECT view_name, 'VIEW', 0 FROM duckdb_views() "
    "WHERE database_name = $1 AND schema_name = $2 "
    "AND view_name = coalesce($3, view_name) AND NOT internal ORDER BY 1"
)
REQUIRED = (
    "SELECT column_name FROM duckdb_columns() WHERE database_name = ? "
    "AND schema_name = ? AND table_name = ? AND NOT is_nullable"
)
COLUMN = (
    "SELECT 1 FROM duckdb_columns() WHERE database_name = ? AND schema_name = ? "
    "AND table_name = ? AND column_name = ?"
)
DATASET = "SELECT 1 FROM duckdb_schemas() WHERE database_name = ? AND schema_name = ?"
TEMPORARY = "SELECT table_name FROM duckdb_tables() WHERE temporary"

# Results of jobs are in a plain database; everything else is in the DuckLake of its project, whose catalog is tables itself.
RESULTS = ("emulator", "_results")
NOW = "s.end_snapshot IS NULL AND t.end_snapshot IS NULL AND schema_name = $1"

own_fetch, own_execute = database.fetch, query.execute


def objects(lake, dataset_id, table_id):
    return own_fetch(
        "SELECT table_name, 'TABLE', coalesce(record_count, 0) "
        f"FROM {lake}.ducklake_table t JOIN {lake}.ducklake_schema s USING (schema_id) "
        f"LEFT JOIN {lake}.ducklake_table_stats USING (table_id) WHERE {NOW} AND table_name = coalesce($2, table_name) "
        f"UNION ALL SELECT view_name, 'VIEW', 0 FROM {lake}.ducklake_view t JOIN {lake}.ducklake_schema s USING (schema_id) "
        f"WHERE {NOW} AND view_name = coalesce($2, view_name) ORDER BY 1",
        [dataset_id, table_id],
    )


def columns(lake, dataset_id, table_id):
    return own_fetch(
        f"SELECT c.column_name, c.nulls_allowed FROM {lake}.ducklake_column c JOIN {lake}.ducklake_table t USING (table_id) "
        f"JOIN {lake}.ducklake_schema s USING (schema_id) "
        f"WHERE {NOW} AND table_name = $2 AND c.end_snapshot IS NULL AND c.parent_column IS NULL ORDER BY c.column_order",
        [dataset_id, table_id],
    )


def view_has(project_id, dataset_id, view_id, column):
    with contextlib.suppress(duckdb.Error), database.cursor() as cur:
        if column in cur.sql(f"SELECT * FROM {database.quote(project_id, dataset_id, view_id)} LIMIT 0").columns:
            return [(1,)]
    return []


def datasets(lake, dataset_id):
    return own_fetch(f"SELECT 1 FROM {lake}.ducklake_schema WHERE end_snapshot IS NULL AND schema_name = $1", [dataset_id])


def objects_of_results(name):
    """A result is a table that a statement made: it holds as many rows as were written, and each column may be empty."""
    with contextlib.suppress(duckdb.CatalogException):
        ((rows,),) = own_fetch(f"SELECT count(*) FROM {database.quote(*RESULTS, name)}")
        return [(name, "TABLE", rows)]
    return []


def fetch(sql, params=None):
    if sql not in (OBJECTS, REQUIRED, COLUMN, DATASET):
        return own_fetch(sql, params)
    project_id, dataset_id, *names = params
    if (project_id, dataset_id) == RESULTS and sql in (OBJECTS, REQUIRED) and names[0] is not None:
        return objects_of_results(names[0]) if sql == OBJECTS else []
    if project_id not in database._attached:
        return own_fetch(sql, params)
    lake = database.quote(f"__ducklake_metadata_{project_id}")
    if sql == OBJECTS:
        return objects(lake, dataset_id, *names)
    if sql == DATASET:
        return datasets(lake, dataset_id)
    found = columns(lake, dataset_id, names[0])
    if not found:
        # What a view has is not kept as columns, each of which may be empty.
        return view_has(project_id, dataset_id, *names) if sql == COLUMN and objects(lake, dataset_id, names[0]) else []
    if sql == REQUIRED:
        return [(column,) for column, optional in found if not optional]
    return [(1,) for column, _ in found if column == names[1]]


class Fresh:
    """A cursor that was just made: there is nothing temporary in it yet, and only in it there could be."""

    def __init__(self, cursor):
        self._cursor = cursor
        self._asked = False

    def __getattr__(self, name):
        return getattr(self._cursor, name)

    def sql(self, sql, *args, **kwargs):
        if sql == TEMPORARY and not self._asked:
            self._asked = True
            return self._cursor.sql("SELECT NULL::VARCHAR AS table_name WHERE false")
        return self._cursor.sql(sql, *args, **kwargs)


def execute(cur, project_id, job_id, config, dry_run=False, session=None):
    return own_execute(cur if session else Fresh(cur), project_id, job_id, config, dry_run, session)


def install():
    database.fetch, query.execute = fetch, execute
