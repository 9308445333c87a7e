"""The database of the tests (owner migrates, tests run as the application role), the cast, and the guards."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as tried

from casting import Cast
from databases import own_name
from guards import watching
from looking import looking
from scheduling import Together
from shanhai.kernel import clock, context
from shanhai.kernel.scope import Actor
from sharing import settle, sharing
from turns import SHOWN, leave_to_others
from worlds import PEOPLED, TODAY, Worlds, world_of

# A browser's event loop stays with its thread; Django would refuse later queries on the same worker.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How long an example takes says how busy the machine is, and no test is timed.
tried.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
tried.load_profile("untimed")

WORLDS = Worlds()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    leave_to_others(items)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Which part of the corpora was tried, see `turns`."""
    terminalreporter.write_line(SHOWN)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Connections lead to the database of the test's world before anything of it is set up."""
    names = getattr(item, "fixturenames", ())
    if "django_db_setup" in names or item.get_closest_marker("django_db"):
        WORLDS.turn_to(world_of(names))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """The databases of a worker, migrated by the owner; tests query them as the application role."""
    with django_db_blocker.unblock(), WORLDS.kept(own_name("test_shanhai", worker_id), django_db_blocker):
        settle()
        yield


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """`gw0` under xdist, `solo` otherwise."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "solo"))


@pytest.fixture(scope="session", autouse=True)
def guards() -> Iterator[None]:
    with watching(), sharing():
        yield


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[None]:
    with clock.at(TODAY):
        yield


@pytest.fixture(autouse=True)
def language_of_the_test() -> Iterator[None]:
    """A request leaves its language with the thread; the test after it starts with the product's own."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def demonstration_numbers(settings: Any) -> None:
    """Tests use identity numbers that nobody bears; they are accepted as in the demonstration."""
    settings.SHANHAI_DEMONSTRATION_TODAY = TODAY


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Any, tmp_path: Any) -> None:
    settings.SHANHAI_FILES = tmp_path / "files"


@pytest.fixture(autouse=True)
def tests_see_all(request: pytest.FixtureRequest) -> Iterator[None]:
    """See `looking`."""
    names = set(request.fixturenames)
    if "behind_the_wall" in names or not {"db", "transactional_db"} & names:
        yield
        return
    with connections["default"].execute_wrapper(looking):
        yield


@pytest.fixture
def behind_the_wall() -> None:
    """For tests of the wall itself: they see what the application sees."""


@pytest.fixture
def commits() -> None:
    """For what commits beside the transaction of the test: it is in an empty database."""


@pytest.fixture
def demonstration_year(db: Any) -> None:
    """The small demonstration is in the database, nobody of the cast."""


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: Any) -> Cast:
    """In the database already, or made here where that is not the world of the cast."""
    return WORLDS.original.copy() if world_of(request.fixturenames) == PEOPLED else Cast()


@pytest.fixture
def as_actor(cast: Cast) -> Any:
    """`with as_actor("alice") as actor:` runs the block as that person."""

    @contextmanager
    def acting(username: str, **options: Any) -> Iterator[Actor]:
        actor = cast.actor(username)
        with context.acting(actor, **options):
            yield actor

    return acting


@pytest.fixture
def sign_in(cast: Cast, client: Any) -> Any:
    """`client = sign_in("alice")`: a test client with that person's session."""

    def signed_in(username: str) -> Any:
        cast.sign_in(username, client)
        return client

    return signed_in


@pytest.fixture
def client_of(cast: Cast) -> Callable[..., Client]:
    """`client_of("bob")`: a browser of that person beside those of others; `""` for nobody's."""

    def opened(username: str, **options: Any) -> Client:
        browser = Client(**options)
        if username:
            cast.sign_in(username, browser)
        return browser

    return opened


@pytest.fixture
def queries() -> Any:
    """`with queries() as captured:` then `len(captured)`: the query budget of a block."""
    return lambda: CaptureQueriesContext(connections["default"])
