"""A whole installation for the journeys: seeded database, real server process, browsers that stay at home."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright
from psycopg import sql

from e2e.pages.sign_in_page import SignInPage
from shanhai.ops.ports import LOOPBACK, reserved

# The browser's event loop stays with its thread; Django would refuse every query of later tests on the same worker.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "shanhai-yanshi-2021"
FIRST_PORT = 18400
START_SECONDS = 60.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys share one installation, so one worker walks them."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("e2e"))


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[dict[str, str]]:
    """Environment of a small demonstration: made and migrated by the owner, filled as the application."""
    name = "_".join(filter(None, ["test_e2e", os.environ.get("SHANHAI_TEST_SUFFIX"), worker_id]))
    owner = os.environ["DATABASE_OWNER_URL"].rpartition("/")[0]
    environment = {
        **os.environ,
        "DATABASE_URL": f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}",
        "DATABASE_OWNER_URL": f"{owner}/{name}",
        "DJANGO_SETTINGS_MODULE": "shanhai.config.settings",
        "SHANHAI_DEMONSTRATION_TODAY": "2021-09-24",
        "SHANHAI_FILES": str(tmp_path_factory.mktemp("installation") / "files"),
    }
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(f"{owner}/postgres", autocommit=True) as server:
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        _manage(environment, "migrate", "--database", "owner", "--verbosity", "0")
        _manage(environment, "seed_demo", "--small")
        yield environment
        server.execute(drop)


def _manage(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def base_url(installation: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the server that `make demo` would start, as the application's own role."""
    log = tmp_path_factory.mktemp("server") / "web.log"
    with reserved(FIRST_PORT) as port, log.open("wb") as out:
        command = ["granian", "--interface", "wsgi", "--host", LOOPBACK, "--port", str(port), "--no-ws"]
        server = subprocess.Popen(
            [sys.executable, "-m", *command, "--blocking-threads", "4", "shanhai.config.wsgi:application"],
            env=installation,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_it_answers(server, port, log)
            yield f"http://{LOOPBACK}:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with closing(http.client.HTTPConnection(LOOPBACK, port, timeout=10)) as connection:
            try:
                connection.request("HEAD", "/accounts/login/")
                if connection.getresponse().status == http.client.OK:
                    return
            except OSError:
                continue
    pytest.fail(f"the server does not answer:\n{log.read_text('utf-8')}")


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The machine's own Chromium; `tools/browser.sh` finds or installs one and says where."""
    path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    browser = playwright.chromium.launch(executable_path=path)
    yield browser
    browser.close()


class Watch:
    """Notes what must not happen in any journey: a request that leaves the server, an error of a script."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.seen: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._note_request)
        context.on("weberror", lambda error: self.seen.append(f"script error: {error.error}"))
        context.on("console", self._note_message)

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.base_url}/", "data:", "blob:")):
            self.seen.append(f"request to the outside: {request.url}")

    def _note_message(self, message: Any) -> None:
        # A refused form answers 422, which the browser reports as an error of its own.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.seen.append(f"console: {message.text}")


type SignIn = Callable[..., Page]


@pytest.fixture
def sign_in_as(browser: Browser, base_url: str) -> Iterator[SignIn]:
    """`page = sign_in_as("mt-reporter", PHONE)`: that person's own browser, signed in."""
    watch = Watch(base_url)
    contexts: list[BrowserContext] = []

    def signed_in(username: str, screen: dict[str, int] = DESK) -> Page:
        context = browser.new_context(base_url=base_url, viewport=screen, locale="zh-CN")  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        watch.follow(context)
        page = context.new_page()
        SignInPage(page).sign_in(username, PASSWORD)
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert watch.seen == []
