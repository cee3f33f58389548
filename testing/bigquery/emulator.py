"""Starts the emulator of BigQuery for tests.

    emulator.py import-extensions            once, after its environment was made: no test downloads anything
    emulator.py PORT GRPC_PORT PROJECT DIR   serves on loopback until its standard input is closed

Whoever starts it holds its standard input, so that it ends with that process however that one ends.
"""

import gc
import importlib.util
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


def serve(port, grpc_port, project, folder):
    import history
    import lookups
    from local_bigquery.cli import main

    def wait_for_starter():
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait_for_starter, daemon=True).start()
    # Statements are trees of very many objects, all looked through at each collection: rarer ones spare a third of the time.
    gc.set_threshold(100_000, 50, 100)
    # DuckDB asks for pandas with each statement. What is missing is looked for on the disk anew each time, behind one lock for all threads.
    if importlib.util.find_spec("pandas") is None:
        sys.modules["pandas"] = None
    history.install()
    lookups.install()
    main(["--host", "127.0.0.1", "--port", port, "--grpc-port", grpc_port, "--project", project, "--data-dir", folder, "serve"])


if __name__ == "__main__":
    if sys.argv[1:] == ["import-extensions"]:
        import_extensions()
    else:
        serve(*sys.argv[1:])
