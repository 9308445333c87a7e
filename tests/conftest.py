"""The database of the tests (owner migrates, tests run as the application role), the cast, and the guards."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from databases import WITH_TOYS, copied, migrated, own_name
from guards import watching
from shanhai.kernel import clock, context
from shanhai.kernel.scope import Actor, Side

# A browser's event loop stays with its thread; Django would refuse later queries on the same worker.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

TODAY = date(2021, 9, 24)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """A database per worker, migrated by the owner; tests query it as the application role."""
    owner, application = connections["owner"], connections["default"]
    name = own_name("test_shanhai", worker_id)
    with django_db_blocker.unblock(), copied(name, migrated(WITH_TOYS)):
        for connection in (owner, application):
            connection.close()
            connection.settings_dict["NAME"] = name
        with owner.cursor() as cursor:
            cursor.execute("SELECT kernel_ensure_history_partitions('2020-10-01', 15)")
        yield
        for connection in (owner, application):
            connection.close()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """`gw0` under xdist, `solo` otherwise."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "solo"))


@pytest.fixture(scope="session", autouse=True)
def guards() -> Iterator[None]:
    with watching():
        yield


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[None]:
    with clock.at(TODAY):
        yield


@pytest.fixture(autouse=True)
def demonstration_numbers(settings: Any) -> None:
    """Tests use identity numbers that nobody bears; they are accepted as in the demonstration."""
    settings.SHANHAI_DEMONSTRATION_TODAY = TODAY


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Any, tmp_path: Any) -> None:
    settings.SHANHAI_FILES = tmp_path / "files"


class Cast:
    """Two governments with two units each, and the people of the tests.

    alice: reporter of Doumen's labour bureau; anna: reporter of Doumen's finance bureau; bob: reporter of
    Meitan's labour bureau; carol: coordinator of Doumen; victor: verifier of Doumen's labour bureau; wang:
    coordinator of Meitan; vera: verifier of Meitan's labour bureau; dave and ruth: auditors of Doumen and of
    Meitan; lily: leader of Doumen; eve: no membership; root: administrator.
    """

    PEOPLE = {
        "alice": ("dm_labour", "reporter"),
        "anna": ("dm_finance", "reporter"),
        "victor": ("dm_labour", "verifier"),
        "carol": ("dm_coordinator", "coordinator"),
        "dave": ("dm_coordinator", "auditor"),
        "lily": ("dm_coordinator", "leader"),
        "bob": ("mt_labour", "reporter"),
        "wang": ("mt_coordinator", "coordinator"),
        "vera": ("mt_labour", "verifier"),
        "ruth": ("mt_coordinator", "auditor"),
        "root": ("dm_coordinator", "administrator"),
    }

    def __init__(self) -> None:
        with context.unscoped("cast"):
            self._make_places()
            self._make_units()
            self._make_people()

    # A thousand tests have a cast: each kind of it is made by one statement per storey of its tree.

    def _make_places(self) -> None:
        from shanhai.registers.places.models import Place

        def place(code: str, name: str, level: str, parent: Any, side: str) -> Any:
            path = f"{parent.path}.{code}" if parent else code
            return Place(
                code=code,
                name=name,
                level=level,
                parent=parent,
                path=path,
                side=side,
                valid_from=date(2020, 1, 1),
            )

        self.doumen = place("440403", "斗门区", "county", None, Side.EAST)
        self.baijiao = place("440403106", "白蕉镇", "town", self.doumen, Side.EAST)
        self.meitan = place("520328", "湄潭县", "county", None, Side.WEST)
        self.yongxing = place("520328101", "永兴镇", "town", self.meitan, Side.WEST)
        self.fuxing = place("520328102", "复兴镇", "town", self.meitan, Side.WEST)
        Place.objects.bulk_create([self.doumen, self.meitan])
        Place.objects.bulk_create([self.baijiao, self.yongxing, self.fuxing])

    def _make_units(self) -> None:
        from shanhai.registers.parties.models import Unit

        def unit(code: str, name: str, kind: str, parent: Any, side: str, place: Any = None) -> Any:
            path = f"{parent.path}.{code}" if parent else code
            return Unit(
                code=code,
                name=name,
                kind=kind,
                parent=parent,
                path=path,
                side=side,
                place=place,
                valid_from=date(2020, 1, 1),
            )

        self.dm = unit("dm", "斗门区人民政府", "government", None, Side.EAST)
        self.dm_coordinator = unit("dm_coordinator", "区乡村振兴局", "coordinator", self.dm, Side.EAST)
        self.dm_labour = unit("dm_labour", "区人力资源和社会保障局", "department", self.dm, Side.EAST)
        self.dm_finance = unit("dm_finance", "区财政局", "department", self.dm, Side.EAST)
        self.mt = unit("mt", "湄潭县人民政府", "government", None, Side.WEST)
        self.mt_coordinator = unit("mt_coordinator", "县乡村振兴局", "coordinator", self.mt, Side.WEST)
        self.mt_labour = unit("mt_labour", "县人力资源和社会保障局", "department", self.mt, Side.WEST)
        self.mt_yongxing = unit("mt_yongxing", "永兴镇人民政府", "town", self.mt, Side.WEST, self.yongxing)
        Unit.objects.bulk_create([self.dm, self.mt])
        Unit.objects.bulk_create(
            [
                self.dm_coordinator,
                self.dm_labour,
                self.dm_finance,
                self.mt_coordinator,
                self.mt_labour,
                self.mt_yongxing,
            ]
        )

    def _make_people(self) -> None:
        from django.contrib.auth.hashers import make_password

        from shanhai.registers.accounts.models import Membership, User

        password = make_password("password of a test")
        self.users = {
            username: User(username=username, password=password, name=username, must_change_password=False)
            for username in [*self.PEOPLE, "eve"]
        }
        User.objects.bulk_create(self.users.values())
        Membership.objects.bulk_create(
            Membership(
                user=self.users[username],
                unit=getattr(self, unit),
                role=role,
                valid_from=date(2020, 1, 1),
            )
            for username, (unit, role) in self.PEOPLE.items()
        )

    def actor(self, username: str) -> Actor:
        return self.users[username].actor()  # type: ignore[no-any-return]


@pytest.fixture
def cast(db: Any) -> Cast:
    return Cast()


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
        with context.unscoped("sign in for a test"):
            client.force_login(cast.users[username])
        return client

    return signed_in


@pytest.fixture
def client_of(cast: Cast) -> Callable[..., Client]:
    """`client_of("bob")`: a browser of that person beside those of others; `""` for nobody's."""

    def opened(username: str, **options: Any) -> Client:
        browser = Client(**options)
        if username:
            with context.unscoped("sign in for a test"):
                browser.force_login(cast.users[username])
        return browser

    return opened


@pytest.fixture
def queries() -> Any:
    """`with queries() as captured:` then `len(captured)`: the query budget of a block."""
    return lambda: CaptureQueriesContext(connections["default"])
