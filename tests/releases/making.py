"""`make release-fixture`: what this release's database holds and shows, as text, for the drill of the next.

Run once when a release is cut (docs/releasing.md). The folder `previous` then has: `release.json`, which
release it is; `database.sql`; `shown.json`, what `telling` tells of it; `installation/`, the secrets of an
installation that exists nowhere else; `files.json`, the files of evidence and exports.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

from databases import PRODUCT, ROOT, TODAY, addresses, copied, migrated, own_name
from shanhai.ops.backup.server import end, program, whole_address
from shanhai.ops.environment import Addresses, for_django
from shanhai.ops.installation import Installation, Mode

PREVIOUS = ROOT / "tests/releases/previous"
#: What is made anew by every upgrade, and would be half of the text.
_LEFT_OUT = ("--no-comments", "--exclude-schema=shanhai_past")
_FILL = "import django; django.setup(); from releases.filling import fill; fill()"


def make(release: str) -> None:
    name = own_name("test_release")
    with tempfile.TemporaryDirectory() as folder, copied(name, migrated()):
        installation = Installation.open({"SHANHAI_DATA": f"{folder}/data"})
        environment = environment_of(installation, name)
        run(environment, "-c", _FILL)
        dumped = _dump(name)
        shown = json.loads(run(environment, "-m", "releases.telling"))
        shutil.rmtree(PREVIOUS, ignore_errors=True)
        (PREVIOUS / "installation").mkdir(parents=True)
        for kept in installation.root.glob("*.json"):
            (PREVIOUS / "installation" / kept.name).write_text(_nobodys(kept.read_text("utf-8")), "utf-8")
        (PREVIOUS / "database.sql").write_text(dumped, "utf-8")
        _write("shown.json", shown)
        _write("files.json", _files(installation.files(Mode.LIVE)))
        _write("release.json", {"release": release, "commit": _commit()})


def _nobodys(kept: str) -> str:
    """Its passwords in words, so that nobody takes them for somebody's; the keys must open what is sealed."""
    secrets = json.loads(kept)
    known = {name: f"drill-of-the-previous-release-{name}" for name in secrets if name != "field_keys"}
    return json.dumps(secrets | known, indent=2)


def environment_of(installation: Installation, name: str) -> dict[str, str]:
    """Of Django over the database of that name on the tests' server, with the installation's keys and files.

    Shape: identity numbers that nobody bears are accepted; the database itself is no demonstration.
    """
    roles = addresses(name)
    reached = Addresses(roles["DATABASE_URL"], roles["DATABASE_OWNER_URL"])
    ours = for_django(installation, reached, Mode.LIVE, {})
    paths = [str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]
    # Keys of the installation that serves the tests must seal nothing here.
    theirs = ("SHANHAI_", "DATABASE_")
    inherited = {variable: value for variable, value in os.environ.items() if not variable.startswith(theirs)}
    return {
        **inherited,
        **ours,
        "DJANGO_SETTINGS_MODULE": PRODUCT,
        "SHANHAI_DEMONSTRATION_TODAY": TODAY,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _dump(name: str) -> str:
    """As statements that any client sends, without what only a reader needs."""
    whole = whole_address(Installation.open(), Mode.LIVE)
    options = ("--inserts", "--rows-per-insert=1000", "--no-owner", "--enable-row-security", *_LEFT_OUT)
    process = program("pg_dump", *options, address=make_conninfo(whole, dbname=name), stdout=subprocess.PIPE)
    assert process.stdout is not None
    text = process.stdout.read().decode()
    end(process, "pg_dump")
    return "\n".join(_trimmed(text)) + "\n"


def _trimmed(text: str) -> Iterator[str]:
    """Without remarks, indents and psql's own commands; lines of data as they are."""
    is_data = False
    for line in text.split("\n"):
        is_data = is_data or line.startswith("INSERT INTO")
        if is_data:
            yield line
            is_data = not line.endswith(");")
        elif line and not line.startswith(("--", "\\")):
            yield line.lstrip()


def _files(folder: Path) -> dict[str, str]:
    found = sorted(one for one in folder.rglob("*") if one.is_file())
    return {str(one.relative_to(folder)): base64.b64encode(one.read_bytes()).decode() for one in found}


def _commit() -> str:
    asked = ["git", "-C", str(ROOT), "rev-parse", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def _write(name: str, content: Any) -> None:
    (PREVIOUS / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    make(sys.argv[1])
