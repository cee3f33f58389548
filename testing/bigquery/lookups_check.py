"""lookups_check.py FOLDER: after each of some statements asks the emulator's catalog with and without lookups.py.

Prints a line of JSON: how many questions were asked, how many kinds of them found something, and those whose answers differ.
"""

import json
import os
import pathlib
import re
import sys

import emulator  # noqa: F401  (says where DuckDB's extensions are)
import lookups
from local_bigquery.engine import database, sessions
from local_bigquery.jobs import query
from local_bigquery.models import JobConfigurationQuery
from local_bigquery.settings import settings

PROJECT = "test-project"
settings.data_dir, settings.default_project_id = pathlib.Path(sys.argv[1]), PROJECT

STATEMENTS = [
    "create schema shop",
    "create schema other",
    "create table shop.orders (id int64 not null, note string, parts array<struct<n int64, of string>>)",
    "create table other.orders (id int64, note string not null)",
    "insert into shop.orders (id, note) values (1, 'a'), (2, 'b'), (3, null)",
    "create view shop.notes as select note from shop.orders",
    "create table shop.arrived (id int64) partition by _PARTITIONDATE",
    "create view shop.arrivals as select id, _PARTITIONTIME from shop.arrived",
    "delete from shop.orders where id = 1",
    "update shop.orders set note = 'c' where id = 2",
    "alter table shop.orders add column price numeric",
    "alter table shop.orders rename column note to remark",
    "alter table shop.orders drop column parts",
    "alter table shop.orders alter column id drop not null",
    "create or replace view shop.notes as select remark, price from shop.orders",
    "alter table shop.orders rename to sales",
    "create table shop.orders as select 1 as id",
    "create or replace table shop.orders as select 2 as id, 'x' as note union all select 3, 'y'",
    "truncate table shop.sales",
    "drop view shop.notes",
    "drop table shop.sales",
    "create table shop.notes (id int64 not null)",
    "drop schema other cascade",
    "create schema other",
    "create temp table kept as select 1 as one; create table shop.made as select one from kept; select one from shop.made",
]
COLUMNS = ("id", "_PARTITIONTIME")
PARTS = re.compile(r"(?:schema|table|view|into|from|update|to) (?:(shop|other)\.)?(\w+)")


def questions(statement, job):
    """What a statement names, what is in its dataset, and the result of its job."""
    for dataset, name in sorted(set(PARTS.findall(statement))):
        place = [PROJECT, dataset or "shop"]
        yield lookups.OBJECTS, [*place, name]
        yield lookups.REQUIRED, [*place, name]
        for column in COLUMNS:
            yield lookups.COLUMN, [*place, name, column]
    for dataset in ("shop", "other"):
        yield lookups.DATASET, [PROJECT, dataset]
        yield lookups.OBJECTS, [PROJECT, dataset, None]
    yield from results(job)


def results(job):
    yield lookups.OBJECTS, [*lookups.RESULTS, f"{PROJECT}:{job}"]
    yield lookups.REQUIRED, [*lookups.RESULTS, f"{PROJECT}:{job}"]


def elsewhere():
    """Other spellings, and what there is not."""
    yield from results("none")
    for dataset in ("Shop", "main", "nowhere"):
        yield lookups.DATASET, [PROJECT, dataset]
        yield lookups.OBJECTS, [PROJECT, dataset, None]
        yield lookups.OBJECTS, [PROJECT, dataset, "arrived"]
        yield lookups.REQUIRED, [PROJECT, dataset, "arrived"]
    for name in ("Arrived", "kept", "nowhere"):
        yield lookups.OBJECTS, [PROJECT, "shop", name]
        yield lookups.REQUIRED, [PROJECT, "shop", name]
        yield lookups.COLUMN, [PROJECT, "shop", name, "id"]
    yield lookups.COLUMN, [PROJECT, "shop", "arrived", "ID"]
    yield lookups.COLUMN, [PROJECT, "shop", "arrived", "nowhere"]


def run(sql, job=None, session=None):
    cursor = session.cursor if session else database.connection().cursor()
    query.execute(cursor, PROJECT, job, JobConfigurationQuery(query=sql), session=session)


def main():
    asked, differing, answered = 0, [], set()

    def compare(after, asking):
        nonlocal asked
        for sql, params in asking:
            asked += 1
            here, own = lookups.fetch(sql, params), lookups.own_fetch(sql, params)
            if here != own:
                differing.append([after, params, str(here), str(own)])
            elif here:
                answered.add(sql)

    database.connection()
    lookups.install()
    for number, statement in enumerate(STATEMENTS):
        run(statement)
        run(f"select {number} as number union all select 1", f"job{number}")
        compare(statement, questions(statement, f"job{number}"))
    compare("all", elsewhere())
    session = sessions.create(PROJECT)
    run("create temp table kept as select 1 as one", session=session)
    run("select one from kept", "kept", session)
    compare("a session", results("kept"))
    print(json.dumps({"asked": asked, "answered": len(answered), "differing": differing}))


main()
os._exit(0)
