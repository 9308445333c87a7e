"""The people and places of the tests: made once for each worker, found by every test as if made for it."""

import pickle
from datetime import date
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.test import Client

from shanhai.kernel import context
from shanhai.kernel.scope import Actor, Side


class Cast:
    """Two governments with two units each, and the people of the tests.

    alice: reporter of Doumen's labour bureau; anna: reporter of Doumen's finance bureau; bob: reporter of
    Meitan's labour bureau; carol: coordinator of Doumen; victor: verifier of Doumen's labour bureau; wang:
    coordinator of Meitan; vera: verifier of Meitan's labour bureau; dave and ruth: auditors of Doumen and of
    Meitan; lily: leader of Doumen; eve: no membership; root, sean, ines: administrators of
    system, security and audit.
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
        "sean": ("dm_coordinator", "security"),
        "ines": ("dm_coordinator", "audit"),
    }

    def __init__(self) -> None:
        #: Person → key of a session that waits for whoever opens a browser as that person.
        self.sessions: dict[str, str] = {}
        with context.unscoped("cast"):
            self._make_places()
            self._make_units()
            self._make_people()

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

    def sign_in(self, username: str, browser: Client) -> None:
        """Makes the browser that person's: by the session that waits, or by one of its own."""
        if username in self.sessions:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[username]
            return
        with context.unscoped("sign in for a test"):
            browser.force_login(self.users[username])


class Original:
    """A cast that is in the database before the tests: each gets a copy that no other test has changed."""

    def __init__(self) -> None:
        cast = Cast()
        for username in cast.users:
            browser = Client()
            cast.sign_in(username, browser)
            cast.sessions[username] = browser.cookies[settings.SESSION_COOKIE_NAME].value
        self._kept = pickle.dumps(cast)

    def copy(self) -> Cast:
        # Its people are the same ones in every test: what was remembered of them belongs to another.
        cache.clear()
        cast: Cast = pickle.loads(self._kept)  # noqa: S301  (what `__init__` wrote)
        return cast
