"""Which columns of which tables statements of BigQuery read.

    columns.py < {"statements": [{"name", "sql"}], "tables": {name: [column]}, "views": {name: sql}}
        → {"reads": [{"name", "tables": {table: [column]}}], "whole": [name of a statement that was not understood: it counts with every column]}

A view reads what its query reads. BigQuery reads a column once a statement, however often it is named, and none that is not
needed in the end: what a CTE selects and nobody uses is left out.
"""

import json
import sys

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

DIALECT = "bigquery"


def bare(tree):
    """Tables by their last name: each is in one dataset only."""
    for table in tree.find_all(exp.Table):
        table.set("this", exp.to_identifier(table.parts[-1].name))
        table.set("db", None)
        table.set("catalog", None)
    return tree


def read(sql, tables, views):
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    query = tree if isinstance(tree, exp.Query) else tree.find(exp.Query)
    query = exp.expand(bare(query.copy()), {name: bare(view.copy()) for name, view in views.items()}, dialect=DIALECT)
    schema = {name: {column: "STRING" for column in columns} for name, columns in tables.items()}
    qualified = qualify(query, schema=schema, dialect=DIALECT, validate_qualify_columns=False)
    found = {}
    for scope in traverse_scope(pushdown_projections(qualified)):
        for column in scope.columns:
            source = scope.sources.get(column.table)
            if isinstance(source, exp.Table) and column.name in tables.get(source.name, []):
                found.setdefault(source.name, set()).add(column.name)
    return {table: sorted(columns) for table, columns in found.items()}


def whole(sql, tables, views):
    """Every column of every table that is named."""
    todo, names = [sqlglot.parse_one(sql, dialect=DIALECT)], set()
    while todo:
        for table in todo.pop().find_all(exp.Table):
            if table.name in views and table.name not in names:
                todo.append(views[table.name])
            names.add(table.name)
    return {name: tables[name] for name in sorted(names) if name in tables}


def main():
    given = json.load(sys.stdin)
    tables = given["tables"]
    views = {name: sqlglot.parse_one(sql, dialect=DIALECT) for name, sql in given["views"].items()}
    reads, not_understood = [], []
    for statement in given["statements"]:
        try:
            found = read(statement["sql"], tables, views)
        except sqlglot.errors.SqlglotError:
            found = whole(statement["sql"], tables, views)
            not_understood.append(statement["name"])
        reads.append({"name": statement["name"], "tables": found})
    json.dump({"reads": reads, "whole": not_understood}, sys.stdout)


if __name__ == "__main__":
    main()
