"""Starts the emulator of BigQuery for tests.

    emulator.py import-extensions            once, after its environment was made: no test downloads anything
    emulator.py PORT GRPC_PORT PROJECT DIR   serves on loopback until its standard input is closed

Whoever starts it holds its standard input, so that it ends with that process however that one ends.
"""

import gc
import os
import pathlib
import sys
import threading

# DuckDB looks for its extensions below the home directory: this environment's own, not the person's.
os.environ["HOME"] = os.environ["USERPROFILE"] = str(pathlib.Path(sys.prefix))

EXTENSIONS = ("ducklake", "icu", "spatial")


def import_extensions():
    import duckdb_extensions

    for name in EXTENSIONS:
        duckdb_extensions.import_extension(name)


def keep_listings():
    """Every table that a statement names is looked for in a listing of its dataset: one listing a snapshot is enough."""
    from local_bigquery.engine import database

    listed = database.objects
    kept = {}

    def objects(project_id, dataset_id, table_id=None):
        catalog = database.quote(f"__ducklake_metadata_{project_id}")
        if project_id not in database._attached:
            return listed(project_id, dataset_id, table_id)
        ((snapshot,),) = database.fetch(f"SELECT max(snapshot_id) FROM {catalog}.ducklake_snapshot")
        if kept.get((project_id, dataset_id), (None,))[0] != snapshot:
            kept[project_id, dataset_id] = (snapshot, listed(project_id, dataset_id))
        rows = kept[project_id, dataset_id][1]
        return [row for row in rows if table_id is None or row[0] == table_id]

    database.objects = objects


def serve(port, grpc_port, project, folder):
    from local_bigquery.cli import main

    def wait_for_starter():
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait_for_starter, daemon=True).start()
    # Statements are trees of very many objects, all looked through at each collection: rarer ones spare a third of the time.
    gc.set_threshold(100_000, 50, 100)
    keep_listings()
    main(["--host", "127.0.0.1", "--port", port, "--grpc-port", grpc_port, "--project", project, "--data-dir", folder, "serve"])


if __name__ == "__main__":
    if sys.argv[1:] == ["import-extensions"]:
        import_extensions()
    else:
        serve(*sys.argv[1:])
