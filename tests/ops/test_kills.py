"""`kill -9` of worker or database in the middle of an import: all or nothing, and by itself to the end.

`SHANHAI_KILLS=200 pytest tests/ops/test_kills.py` kills more often.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import pytest

from ops.conftest import Box
from ops.test_serve import Running, serving
from shanhai.ops.processes import last_lines

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("SHANHAI_KILLS", "2"))
ROWS = 1_500

#: Uploads, confirms and looks, as a page would; told what to do line by line.
CLERK = """
import io, json, sys, time
import django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connections
from shanhai.kernel import clock, context
from shanhai.kernel.imports import store
from shanhai.kernel.models import HistoryEntry, Import
from shanhai.kernel.registry import registry
from shanhai.domains.funds.models import TransferReceived
from shanhai.registers.accounts.models import Membership, User
from shanhai.registers.parties.models import Unit

store.INLINE_ROWS, store.INLINE_BYTES = 0, 1 << 30
ledger = registry.get("funds.transferreceived")
with context.unscoped("test"):
    day = clock.today().replace(month=1, day=1)
    unit = Unit.objects.create(code="dm", name="某区", kind="government", side="east", valid_from=day)
    user = User.objects.create_user(username="clerk", password="of-real-work-1", name="一")
    Membership.objects.create(user=user, unit=unit, role="coordinator", valid_from=day)

def begin(number, rows):
    head = "所属期,凭证号,资金来源,到账金额,到账日期\\n"
    lines = (f"2021年,{number}-{n},省级,{n}.5,2021-03-02\\n" for n in range(rows))
    sent = SimpleUploadedFile(f"{number}.csv", (head + "".join(lines)).encode())
    with context.acting(user.actor()) as current:
        found = store.receive(ledger, sent, current.actor)
        assert found.expected == rows, found.counts
        store.confirm(found, current.actor, found.plan_digest)
    return {"id": str(found.pk)}

def look(key):
    while True:
        try:
            with context.unscoped("look"):
                found = Import.objects.select_related("job").get(pk=key)
                rows = TransferReceived._base_manager.filter(import_id=key)
                numbers = list(rows.values_list("voucher_number", flat=True))
                return {"import": found.state, "job": found.job.state, "told": found.job.message,
                        "rows": len(numbers), "different": len(set(numbers)),
                        "recorded": HistoryEntry.objects.filter(import_id=key).count(),
                        "counted": found.result.get("counted"), "attempts": found.job.attempts}
        except DatabaseError:
            connections.close_all()
            time.sleep(0.1)

print("{}", flush=True)
for line in sys.stdin:
    what, *given = json.loads(line)
    print(json.dumps({"begin": begin, "look": look}[what](*given)), flush=True)
"""


class Clerk:
    """Somebody who imports, in a process beside the installation."""

    def __init__(self, box: Box) -> None:
        ours = {
            "DJANGO_SETTINGS_MODULE": "shanhai.config.settings",
            "SHANHAI_FILES": str(box.data / "files/live"),
        }
        environment = box.environment(**(box.addresses() | ours))
        self.process = subprocess.Popen(
            [sys.executable, "-c", CLERK],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()

    def ask(self, *what: Any) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def wait(self, key: str, seconds: float = 120.0) -> tuple[dict[str, Any], float]:
        """What the import came to, and how long that took; never anything between nothing and all."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            found = self.ask("look", key)
            assert found["rows"] in {0, ROWS}, found
            if found["import"] == "applied" or found["job"] in {"failed", "cancelled"}:
                return found, time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError(f"not finished after {seconds} seconds: {found}")


@contextmanager
def importing(box: Box) -> Iterator[tuple[Running, Clerk]]:
    with serving(box, "run", SHANHAI_PORT="18100") as running:
        clerk = Clerk(box)
        try:
            yield running, clerk
        finally:
            clerk.process.kill()
            clerk.process.communicate()


def victim(box: Box, running: Running, what: str) -> psutil.Process:
    return box.server() if what == "database" else running.child("work")


def test_killed_at_any_moment_an_import_is_whole_and_goes_on_by_itself(box: Box) -> None:
    dice = random.Random(os.environ.get("SHANHAI_SEED", "2021"))
    with importing(box) as (running, clerk):
        unkilled, usual = clerk.wait(clerk.ask("begin", "P", ROWS)["id"])
        assert unkilled["import"] == "applied", last_lines(box.data / "log/worker.log", 30)
        for number in range(KILLS):
            what, moment = "database" if number % 3 == 1 else "worker", dice.uniform(0, usual * 1.2)
            key = clerk.ask("begin", f"K{number}", ROWS)["id"]
            time.sleep(moment)
            victim(box, running, what).kill()
            found, seconds = clerk.wait(key)
            told = f"{what} killed after {moment:.2f} s of {usual:.2f} s, done {seconds:.1f} s later: {found}"
            told += "\n" + last_lines(box.data / "log/worker.log", 30)
            assert (found["import"], found["job"]) == ("applied", "done"), told
            assert found["rows"] == found["different"] == found["recorded"] == found["counted"] == ROWS, told
