"""Write the migration that leads from the newest layout to today's tables. For developers.

python -m models.store.migrations.make "What changes"    adds a script
python -m models.store.migrations.make --again           writes the newest, unreleased, script anew
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from models.store.engine import connect, driver
from models.store.migrate import configuration, upgrade, writing
from models.store.migrations.fingerprints import FINGERPRINTS
from models.store.schema import Schema, book, fingerprint

log = logging.getLogger("make")
HERE = Path(__file__).parent
HEAD = (
    '"""The fingerprint of every layout (schema.fingerprint), by number. Written by `make`; do not edit."""\n'
)


def write_script(schema: Schema, message: str) -> Path:
    """Compare a file at the newest layout with the tables, and write the script between them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.clusterbook"
        connect(file, "rwc").close()
        with writing(file) as connection:
            upgrade(connection, schema)
            config = configuration(connection, schema)
            heads = ScriptDirectory.from_config(config).get_heads()
            number = int(heads[0]) + 1 if heads else 1
            script = command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
    if script is None or isinstance(script, list):
        raise TypeError(script)
    written = Path(script.path)
    written.write_text(finished(written.read_text("utf-8"), schema), "utf-8")
    return written


def finished(text: str, schema: Schema) -> str:
    """A script as Alembic wrote it, without its remarks, and with what a table made anew must not lose."""

    def with_kwargs(found: re.Match[str]) -> str:
        kwargs = dict(schema.metadata.tables[found[1]].kwargs)
        return f"op.batch_alter_table({found[1]!r}, table_kwargs={kwargs!r})"

    plain = re.sub(r"^ *# ### .*\n", "", text, flags=re.MULTILINE)
    return re.sub(r"op\.batch_alter_table\('(\w+)', schema=None\)", with_kwargs, plain)


def newest_fingerprint(schema: Schema) -> str:
    """The fingerprint of a file that the scripts make."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.clusterbook"
        connect(file, "rwc").close()
        with writing(file) as connection:
            upgrade(connection, schema)
            return fingerprint(driver(connection))


def remember(number: int, found: str) -> None:
    """Write a layout's fingerprint down."""
    known = {**FINGERPRINTS, number: found}
    lines = "".join(f'    {key}: "{value}",\n' for key, value in sorted(known.items()))
    text = f"{HEAD}\nFINGERPRINTS: dict[int, str] = {{\n{lines}}}\n"
    (HERE / "fingerprints.py").write_text(text, "utf-8")


def main(arguments: list[str]) -> int:
    """Write the script and its fingerprint; say where."""
    parser = argparse.ArgumentParser(prog="python -m models.store.migrations.make", description=__doc__)
    parser.add_argument("message", nargs="?", help="what changes, as a sentence without a full stop")
    parser.add_argument("--again", action="store_true", help="replace the newest script, not yet released")
    options = parser.parse_args(arguments)
    scripts = sorted((HERE / "versions").glob("[0-9]*.py"))
    message = options.message
    if options.again and scripts:
        found = re.match(r'"""(.*?)\.\n', scripts[-1].read_text("utf-8"))
        message = message or (found[1] if found else None)
        scripts[-1].unlink()
    if not message:
        parser.error("say what changes")
    schema = book()
    script = write_script(schema, message)
    found_now = newest_fingerprint(schema)
    remember(int(script.name[:4]), found_now)
    log.info("Wrote %s. Read it, then run the store's tests.", script)
    if found_now != schema.fingerprint:
        log.error("Its result is not what the tables say: finish it by hand, then run again.")
        return 1
    return 0


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    sys.exit(main(sys.argv[1:]))
