"""200 people at their work, by locust: reading, filing, submitting, importing, opening a figure, exporting.

Run as a program of its own (`python -m shanhai.ops.bench.load.people ADDRESS PLAN ANSWERS`), because gevent
changes the standard library under it. Each waits before every request, so that all together ask as often as
the phase wishes; every answer is looked at, and a wrong one is noted with what was wrong.
"""

from gevent import monkey  # type: ignore[import-untyped]

monkey.patch_all()

import json  # noqa: E402
import random  # noqa: E402
import re  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Mapping  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
from locust import FastHttpUser, task  # noqa: E402
from locust.env import Environment  # noqa: E402

LIST, IMPORTS = "/labour/employmentspell/", "/api/v1/parties/person/imports/"
PERIOD = "period=2021Q3&side=west"
_FILTERS = (
    "destination=paired_city&has_contract=yes",
    "destination=paired_province&columns=person&columns=post&columns=destination&columns=started_on",
    "is_insured=yes&sort=started_on",
    "state=verified&destination=county",
)
_ROW = re.compile(r'name="ids" value="([0-9a-f-]{36})"')
_NEXT = re.compile(r'href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"')
_HIDDEN = re.compile(
    r'<input type="hidden" name="(csrfmiddlewaretoken|draft|key|row_version|step)" value="([^"]*)"'
)
_OWNER = re.compile(r'name="owner_unit"[^>]*><option value="([0-9a-f-]{36})" selected')
_COOKIE = re.compile(r"(shanhai_csrf_[^=]+=[^;]+)")
_SUBMITS = 'name="step" value="submit"'
_OK, _SEE_OTHER, _FOUND, _CREATED, _SERVER_ERROR = 200, 303, 302, 201, 500
_IMPORT_POLLS, _POLL_SECONDS = 60, 2.0


class Work:
    """What all people share: the plan, the rate in force, files not yet imported, and what was answered."""

    def __init__(self, address: str, plan: Path, answers: Path) -> None:
        told = json.loads(plan.read_text())
        self.address, self.people, self.folder = address, told["people"], plan.parent
        self.files, self.rate = list(range(told["files"])), 1.0
        self._out = answers.open("w", buffering=1)  # a line at a time: it is read meanwhile

    def wait(self) -> None:
        """So long that all people together ask `rate` times a second."""
        gevent.sleep(random.expovariate(self.rate / len(self.people)))

    def note(self, name: str, is_write: bool, ms: float, status: int, wrong: str) -> None:
        line = [time.time(), name, is_write, round(ms, 2), wrong, status >= _SERVER_ERROR or status == 0]
        self._out.write(json.dumps(line, ensure_ascii=False) + "\n")

    def end(self) -> None:
        self._out.close()


WORK: list[Work] = []


class Colleague(FastHttpUser):
    """One person of the plan."""

    host = "http://127.0.0.1"
    network_timeout = connection_timeout = 60.0

    def on_start(self) -> None:
        self.work = WORK[0]
        self.me: Mapping[str, Any] = self.work.people.pop()
        self.work.people.insert(0, self.me)
        self.cookies = [self.me["session"]]
        self.rows: list[str] = []
        self.dice = random.Random(self.me["session"])  # noqa: S311

    def _ask(
        self, name: str, path: str, *, sent: Any = None, wanted: tuple[int, ...] = (_OK,),
        shows: Callable[[str], str] = lambda text: "", **options: Any,
    ) -> tuple[Any, str]:  # fmt: skip
        """The answer and its text; what is wrong with it is noted."""
        self.work.wait()
        headers = {
            "Cookie": "; ".join(self.cookies),
            "Referer": self.work.address,
            **options.pop("headers", {}),
        }
        began = time.perf_counter()
        how = {"method": "GET"} if sent is None else {"method": "POST", "data": sent}
        answer = self.client.request(
            url=self.work.address + path, headers=headers, allow_redirects=False, **how, **options
        )
        text = answer.text or ""
        ms = (time.perf_counter() - began) * 1000
        wrong = "" if answer.status_code in wanted else f"{name}: {answer.status_code} {text[:200]}"
        self.work.note(name, sent is not None, ms, answer.status_code, wrong or shows(text))
        self._keep_cookies(answer)
        return answer, text

    def _keep_cookies(self, answer: Any) -> None:
        """The token of forms changes the cookie with it."""
        if found := _COOKIE.search(str((answer.headers or {}).get("set-cookie", ""))):
            self.cookies = [self.me["session"], found[1]]

    def _listed(self, text: str) -> str:
        """Rows of a list are remembered; a list cut short is wrong."""
        self.rows = _ROW.findall(text) or self.rows
        return "" if "</table>" in text or 'class="nothing"' in text else "list: cut short"

    @task(15)
    def workbench(self) -> None:
        self._ask("workbench", "/", shows=lambda text: "" if "</main>" in text else "workbench: cut short")

    @task(20)
    def first_page(self) -> None:
        self._ask("list", LIST, shows=self._listed)

    @task(14)
    def filtered_then_deep(self) -> None:
        _answer, text = self._ask("list filtered", f"{LIST}?{self.dice.choice(_FILTERS)}", shows=self._listed)
        for _page in range(2):
            turned = _NEXT.search(text)
            if turned is None:
                return
            link = (turned[1] or turned[2]).replace("&amp;", "&")
            path = link if link.startswith("/") else LIST + link
            _answer, text = self._ask("list turned", path, headers={"HX-Request": "true"}, shows=self._listed)

    @task(22)
    def detail(self) -> None:
        if not self.rows:
            return self.first_page()
        key = self.dice.choice(self.rows)
        self._ask("detail", f"{LIST}{key}/", shows=lambda text: "" if key in text else "detail: another row")

    @task(5)
    def drill(self) -> None:
        self._ask("figure", f"/appraisal/indicators/LAB-1/?{PERIOD}")
        self._ask("figure rows", f"/appraisal/indicators/LAB-1/rows/?{PERIOD}&reason=counted")

    @task(2)
    def search(self) -> None:
        self._ask("search", f"/search/?q=演示{self.dice.randrange(1000, 200_000)}")

    @task(1)
    def export(self) -> None:
        day = f"2021-{self.dice.randrange(1, 9):02}-{self.dice.randrange(1, 28):02}"
        narrow = f"started_on_from={day}&started_on_to={day}&destination=paired_city&has_contract=yes"
        self._ask("export", f"{LIST}export/?format=csv&{narrow}", wanted=(_OK, _FOUND))

    @task(13)
    def file_and_submit(self) -> None:
        """A new row: the form, saved as a draft, seen, and mostly submitted."""
        if self.me["role"] != "reporter" or not self.me["people"]:
            return self.detail()
        _answer, form = self._ask("form", f"{LIST}new/")
        owner = _OWNER.search(form)
        if owner is None:
            return None
        post = f"演示岗位{self.dice.randrange(10**6)}"
        answer, _text = self._ask(
            "save", f"{LIST}new/", sent=self._filled(form, owner[1], post), wanted=(_FOUND, _SEE_OTHER)
        )
        where = str((answer.headers or {}).get("location", ""))
        if not where:
            return None
        shows = lambda text: "" if post in text else "detail: not what was saved"  # noqa: E731
        _answer, row = self._ask("detail", where, shows=shows)
        steps = [form.partition("</form>")[0] for form in row.split("<form ") if _SUBMITS in form]
        if steps:
            path = f"{where.partition('?')[0]}step/"
            self._ask("submit", path, sent=dict(_HIDDEN.findall(steps[0])), wanted=(_FOUND, _SEE_OTHER))
        return None

    def _filled(self, form: str, owner: str, post: str) -> dict[str, str]:
        day = f"2021-{self.dice.randrange(7, 9):02}-{self.dice.randrange(1, 28):02}"
        return dict(_HIDDEN.findall(form)) | {
            "owner_unit": owner,
            "period": "2021Q3",
            "person": self.dice.choice(self.me["people"]),
            "employer_name": f"演示用工{self.dice.randrange(10**6)}",
            "post": post,
            "destination": "county",
            "started_on": day,
            "has_contract": "1",
            "channel": "own",
            "then": "draft",
        }

    @task(1)
    def import_500(self) -> None:
        """A workbook of 500 people: checked, confirmed, waited for, counted."""
        if self.me["role"] != "reporter" or not self.work.files or self.dice.random() > 0.2:  # noqa: PLR2004
            return self.detail()
        self._ask("form", f"{LIST}new/")  # for the token
        content = (self.work.folder / f"people-{self.work.files.pop()}.xlsx").read_bytes()
        token = next((one.partition("=")[2] for one in self.cookies[1:]), "")
        boundary = "----shanhai-bench"
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="people.xlsx"\r\n'
            "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\n\r\n"
        ).encode() + content + f"\r\n--{boundary}--\r\n".encode()  # fmt: skip
        heads = {"X-CSRFToken": token, "Content-Type": f"multipart/form-data; boundary={boundary}"}
        _answer, text = self._ask("import", IMPORTS, sent=body, wanted=(_CREATED,), headers=heads)
        if not text.startswith("{"):
            return None
        told = json.loads(text)
        heads = {"X-CSRFToken": token, "Content-Type": "application/json"}
        sent = json.dumps({"digest": told["digest"]})
        self._ask("import confirmed", f"{IMPORTS}{told['id']}/apply/", sent=sent, headers=heads)
        return self._wait_for_import(told["id"])

    def _wait_for_import(self, key: str) -> None:
        for _poll in range(_IMPORT_POLLS):
            _answer, text = self._ask("import looked at", f"{IMPORTS}{key}/")
            told = json.loads(text) if text.startswith("{") else {}
            if told.get("state") == "applied":
                if told["counts"].get("new") != 500:  # noqa: PLR2004
                    self.work.note("import", True, 0, _OK, f"import: {told['counts']}")
                return
            gevent.sleep(_POLL_SECONDS)
        self.work.note("import", True, 0, _OK, "import: not applied in time")


def main(address: str, plan: str, answers: str) -> None:
    """Standard input tells rates, a line each; its end is the end of the work."""
    work = Work(address, Path(plan), Path(answers))
    WORK.append(work)
    work.rate = float(sys.stdin.readline())
    environment = Environment(user_classes=[Colleague], catch_exceptions=True)
    runner = environment.create_local_runner()
    runner.start(len(work.people), spawn_rate=100)
    listening = gevent.get_hub().threadpool
    while line := listening.apply(sys.stdin.readline):
        work.rate = float(line)
    runner.quit()
    work.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
