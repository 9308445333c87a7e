"""A worker that is killed in the middle of a change of key, and clerks who work on meanwhile.

`SHANHAI_KILLS=20 pytest tests/kernel/keys/test_kills.py` kills more often.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from typing import Any

import psycopg
import pytest

from databases import PRODUCT, TODAY, copied, own_name, seeded
from shanhai.kernel.sealing import Keyring
from shanhai.kernel.sealing.keyring import new_key

KILLS = int(os.environ.get("SHANHAI_KILLS", "3"))
COLUMNS = ("identity_number", "phone")
#: Forks workers and clerks, which need not load the product each. Batches are small: a kill mostly hits one.
#: A clerk saves telephones of one person after the other as a form does: the whole row as it was read.
NURSERY = """
import os, sys
import django
django.setup()
from shanhai.kernel import context
from shanhai.kernel.keys import rotating
from shanhai.registers.parties.models import Person

rotating.BATCH = 7

def work():
    rotating.begin("system:test")
    while rotating.work(60.0):
        pass

def edit():
    for number in range(60):
        with context.unscoped("clerk"):
            rows = list(Person.objects.order_by("id")[:40])
        row = rows[number % len(rows)]
        row.phone = f"138{number:08}"
        with context.unscoped("clerk"):
            row.save()

print("ready", flush=True)
for line in sys.stdin:
    what, _space, key = line.strip().partition(" ")
    if what == "wait":
        print(os.waitpid(int(key), 0)[1], flush=True)
    elif child := os.fork():
        print(child, flush=True)
    else:
        {"work": work, "edit": edit}[what]()
        os._exit(0)
"""


class Place:
    """A demonstration of its own, with two keys of which the new one is current."""

    def __init__(self, folder: Path, addresses: dict[str, str]) -> None:
        self.folder, self.addresses = folder, addresses
        file = os.environ.get("SHANHAI_FIELD_KEYS_FILE")
        told = json.loads(Path(file).read_text() if file else os.environ["SHANHAI_FIELD_KEYS"])
        self.old = told["current"]
        told["keys"]["fresh"] = new_key("AES-256-GCM")
        told["current"] = "fresh"
        self.ring = Keyring.from_settings(told)
        (folder / "keys.json").write_text(json.dumps(told))

    @contextmanager
    def nursery(self) -> Iterator[None]:
        ours = {
            **self.addresses,
            "DJANGO_SETTINGS_MODULE": PRODUCT,
            "SHANHAI_DEMONSTRATION_TODAY": TODAY,
            "SHANHAI_FIELD_KEYS_FILE": str(self.folder / "keys.json"),
            "SHANHAI_FILES": str(self.folder / "files"),
        }
        command, pipe = [sys.executable, "-c", NURSERY], subprocess.PIPE
        with subprocess.Popen(
            command, env={**os.environ, **ours}, stdin=pipe, stdout=pipe, text=True
        ) as self._process:
            assert self._answer() == "ready"
            yield

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def tell(self, *what: object) -> int:
        assert self._process.stdin is not None
        print(*what, file=self._process.stdin, flush=True)
        return int(self._answer())

    def start(self, what: str) -> int:
        """`work` or `edit`; its process."""
        return self.tell(what)

    def end(self, *processes: int) -> bool:
        """Whether all of them came to a good end."""
        told = [self.tell("wait", one) for one in processes]
        return not any(told)

    def turn_back(self) -> None:
        """The other key is the current one again."""
        told = json.loads((self.folder / "keys.json").read_text())
        self.old, told["current"] = told["current"], self.old
        (self.folder / "keys.json").write_text(json.dumps(told))

    def ask(self, statement: str) -> list[Any]:
        with psycopg.connect(self.addresses["DATABASE_OWNER_URL"]) as connection:
            return connection.execute(statement).fetchall()  # type: ignore[arg-type]

    def plain(self) -> dict[str, tuple[Any, ...]]:
        """Every sealed value, opened; the index is that of the value."""
        names = ", ".join(COLUMNS)
        statement = f"SELECT id, {names}, identity_number_index, row_version FROM parties_person"  # noqa: S608
        return {
            str(key): (*map(self._opened, COLUMNS, (number, phone)), *more)
            for key, number, phone, *more in self.ask(statement)
        }

    def _opened(self, column: str, token: str) -> str:
        return self.ring.open(token, f"parties.person.{column}") if token else ""

    def under(self, key: str) -> int:
        statement = "SELECT sum((c LIKE 'v1.{}.%')::int) FROM parties_person, unnest(ARRAY[{}]) c"
        return int(self.ask(statement.format(key, ", ".join(COLUMNS)))[0][0])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Place]:
    source, files = seeded()
    folder = tmp_path_factory.mktemp("keys")
    copytree(files, folder / "files")
    with copied(own_name("test_keys", worker_id), source) as addresses:
        place = Place(folder, addresses)
        with place.nursery():
            yield place


@pytest.mark.turns(2)
def test_killed_at_any_moment_it_goes_on_and_loses_nothing(place: Place) -> None:
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    before, values = place.plain(), place.under(place.old)
    for _ in range(KILLS):
        worker = place.start("work")
        time.sleep(chance.uniform(0.0, 0.5))
        os.kill(worker, signal.SIGKILL)
        place.end(worker)
        assert place.plain() == before, f"whole batches or none; seed {seed}"
        assert place.under(place.old) + place.under("fresh") == values
    assert place.end(place.start("work"))
    assert place.plain() == before
    assert (place.under(place.old), place.under("fresh")) == (0, values)
    recorded = place.ask("SELECT count(*) FROM kernel_history WHERE reason = '更换密钥'")[0][0]
    assert recorded == 2, "begun and ended, once, however often it was killed"


@pytest.mark.turns(2)
def test_who_edits_meanwhile_loses_nothing_and_is_all_that_history_tells(place: Place) -> None:
    place.turn_back()
    before = place.plain()
    assert place.end(place.start("work"), place.start("edit"))
    assert place.end(place.start("work"))  # what the clerk saved after the end
    after = place.plain()
    assert place.under(place.old) == 0
    edited = {f"138{number:08}" for number in range(20, 60)}  # the last of each of forty people
    assert edited <= {phone for _number, phone, *_more in after.values()}
    assert {key: told[0] for key, told in after.items()} == {key: told[0] for key, told in before.items()}
    told = place.ask(
        "SELECT count(*) FROM kernel_history WHERE actor = 'system:clerk' AND table_name = 'parties_person'"
    )
    assert told == [(60,)]
