"""One installation and one browser for all journeys, and what no journey may show."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, expect

from browsing import chromium
from databases import own_name
from e2e.installations import Installation, demonstration
from e2e.pages.sign_in_page import SignInPage

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "shanhai-yanshi-2021"
PATIENCE = 20_000  # milliseconds: a busy machine
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def database_name(worker_id: str) -> str:
    return own_name("test_e2e", worker_id)


@pytest.fixture(scope="package")
def installation(tmp_path_factory: pytest.TempPathFactory, database_name: str) -> Iterator[Installation]:
    with demonstration(database_name, tmp_path_factory.mktemp("demonstration")) as made:
        yield made


@pytest.fixture(scope="package")
def address(installation: Installation) -> Iterator[str]:
    with installation.served() as served_at:
        yield served_at


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


class Watch:
    """Notes what no journey may show: a request that leaves the server, an error of server or script."""

    def __init__(self, base_url: str, friends: Sequence[str] = ()) -> None:
        self.at_home = tuple(f"{url}/" for url in (base_url, *friends))
        self.seen: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._note_request)
        context.on("response", self._note_response)
        context.on("weberror", lambda error: self.seen.append(f"script error: {error.error}"))
        context.on("console", self._note_message)

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((*self.at_home, "data:", "blob:")):
            self.seen.append(f"request to the outside: {request.url}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 500:
            self.seen.append(f"error of the server: {response.status} {response.url}")

    def _note_message(self, message: Any) -> None:
        # A refused form answers 422, which the browser reports as an error of its own, as htmx does without a
        # signal; a request that fails otherwise is an answer that the journey waits for in vain.
        expected = ("Failed to load resource", "htmx: htmx:error: Failed to fetch")
        if message.type == "error" and not message.text.startswith(expected):
            self.seen.append(f"console: {message.text}")


type Visit = Callable[..., Page]
type SignIn = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """`page = visit(address, PHONE)`: a stranger's own browser, at no page yet; watched to the end.

    `friends`: other servers that the journey leads to.
    """
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def visited(
        base_url: str, screen: dict[str, int] = DESK, friends: Sequence[str] = (), **options: Any
    ) -> Page:
        watch = Watch(base_url, friends)
        context = browser.new_context(base_url=base_url, viewport=screen, locale="zh-CN", **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        watches.append(watch)
        contexts.append(context)
        return context.new_page()

    yield visited
    for context in contexts:
        context.close()
    assert [line for watch in watches for line in watch.seen] == []


@pytest.fixture(scope="package")
def sessions() -> dict[str, Any]:
    """Cookies of those who signed in already: a journey is not about the password again and again."""
    return {}


@pytest.fixture
def sign_in_as(visit: Visit, address: str, sessions: dict[str, Any]) -> SignIn:
    """`page = sign_in_as("mt-reporter", PHONE)`: that person's own browser, at the workbench."""

    def signed_in(username: str, screen: dict[str, int] = DESK, **options: Any) -> Page:
        page = visit(address, screen, storage_state=sessions.get(username), **options)
        page.goto("/")
        if "/accounts/login/" in page.url:  # for the first time, or a journey signed them out
            SignInPage(page).fill(username, PASSWORD)
            sessions[username] = page.context.storage_state()
        return page

    return signed_in
