"""A file of users: accounts with their roles, initial passwords to be fetched once."""

import io
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.reading import SheetRow
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.registers import uploads
from shanhai.registers.authority import RIGHTS, administered_sides, looks_after, require
from shanhai.registers.import_pages import ImportPages, workbook
from shanhai.registers.importing import Fate, Importer, Line
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from . import kinds
from .actions import SHUT
from .forms import USERNAME_RULE, is_username
from .models import Membership, User
from .passwords import encoded, one_time_password
from .roles import GIVEN, ROLES

_PASSWORDS = "passwords"


class UserImporter(Importer):
    """One line is one role of one user; several lines of an account make one user with several roles."""

    key: ClassVar[str] = "users"
    label: ClassVar[Any] = lazy("用户")
    needs_reason: ClassVar[bool] = True

    def columns(self, actor: Actor) -> tuple[SheetColumn, ...]:
        units = _unit_choices(actor)
        roles = tuple((code, str(label)) for code, label in GIVEN)
        return (
            SheetColumn(
                "username",
                "账号",
                Kind.CODE,
                required=True,
                max_length=30,
                help="小写字母开头",
                example="zhang.san",
            ),
            SheetColumn("name", "姓名", Kind.TEXT, required=True, max_length=40, example="张演示"),
            SheetColumn("unit", "单位", Kind.CHOICE, required=True, choices=units, example=units[0][1]),
            SheetColumn("role", "岗位", Kind.CHOICE, required=True, choices=roles, example="填报"),
            SheetColumn("place", "辖区", Kind.TEXT, help="区划代码，或 县/镇/村；不填是单位的辖区"),
            SheetColumn(
                "valid_from", "生效日期", Kind.DATE, help="不填是今天", example=clock.today().isoformat()
            ),
            SheetColumn("valid_to", "失效日期", Kind.DATE, help="长期的不填"),
        )

    def judge(self, rows: Sequence[SheetRow], actor: Actor) -> list[Line]:
        columns = {column.name: column for column in self.columns(actor)}
        work = _Judging(columns, rows, administered_sides(actor))
        return [work.line(row) for row in rows]

    def write(self, lines: Sequence[Line], actor: Actor) -> UUID | None:
        passwords: dict[str, str] = {}
        users = {
            user.username: user for user in User.objects.filter(username__in={line.code for line in lines})
        }
        names = {line.code: line.payload["name"] for line in lines}
        for username in names.keys() - users.keys():
            passwords[username] = one_time_password()
            users[username] = User(
                username=username,
                name=names[username],
                password=encoded(passwords[username]),
                must_change_password=True,
                **SHUT,
            )
        User.objects.bulk_create([users[username] for username in sorted(passwords)])
        Membership.objects.bulk_create(
            Membership(user=users[line.code], **line.payload["membership"]) for line in lines
        )
        return uploads.keep(_passwords_file(names, passwords), _PASSWORDS, actor) if passwords else None

    def count(self, lines: Sequence[Line]) -> int:
        held = Membership.objects.filter(user__username__in={line.code for line in lines})
        there = set(held.values_list("user__username", "unit", "role"))
        return sum(
            (line.code, line.payload["membership"]["unit_id"], line.payload["membership"]["role"]) in there
            for line in lines
        )

    def result_actions(self, written: UUID | None, actor: Actor) -> list[dict[str, Any]]:
        if written is None:
            return []
        url = reverse("accounts:user_import_passwords", kwargs={"key": written})
        label = _("下载初始口令（只能下载一次）")
        return [
            {
                "label": label,
                "url": url,
                "method": "post",
                "kind": "primary",
                "main": True,
                "icon": "download",
            }
        ]


def _is_allowed(actor: Actor) -> bool:
    return looks_after(actor, RIGHTS)


def _unit_choices(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Units in force, by full name; names that both sides have tell their side."""
    today = clock.today()
    units = [
        unit
        for unit in Unit.objects.filter(side__in=administered_sides(actor), valid_from__lte=today)
        if unit.valid_to is None or unit.valid_to >= today
    ]
    names = [unit.name for unit in units]
    return tuple(
        (
            str(unit.pk),
            unit.name if names.count(unit.name) == 1 else f"{unit.name}（{unit.get_side_display()}）",
        )
        for unit in units
    )


def _passwords_file(names: Mapping[str, str], passwords: Mapping[str, str]) -> bytes:
    columns = (
        SheetColumn("username", "账号", Kind.CODE),
        SheetColumn("name", "姓名", Kind.TEXT),
        SheetColumn("password", "初始口令", Kind.CODE),
    )
    rows = [{"username": one, "name": names[one], "password": passwords[one]} for one in sorted(passwords)]
    out = io.BytesIO()
    write_xlsx(columns, rows, "首次登录必须更换口令；发给本人后请删除本文件", out, title="初始口令")
    return out.getvalue()


class _Judging:
    """One file against the users that are there."""

    def __init__(
        self, columns: Mapping[str, SheetColumn], rows: Sequence[SheetRow], sides: Collection[Any]
    ) -> None:
        self.columns = columns
        usernames = {str(row.values.get("username", "")) for row in rows}
        self.users = {user.username: user for user in User.objects.filter(username__in=usernames)}
        memberships = Membership.objects.filter(user__username__in=usernames).select_related("unit")
        self.held = {(one.user_id, str(one.unit_id), one.role): one for one in memberships}
        self.ours = {one.user_id for one in memberships if one.unit.side in sides}
        self.places: Mapping[str, Place] = Place.resolve_references(
            {str(row.values["place"]) for row in rows if row.values.get("place")}
        )
        self.sides = {str(unit.pk): unit.side for unit in Unit.objects.filter(side__in=sides)}
        self.names: dict[str, str] = {}
        self.roles = {code: kinds.held_by(user) for code, user in self.users.items()}
        self.seen: dict[tuple[str, str, str], int] = {}

    def line(self, row: SheetRow) -> Line:
        line = Line(row, label=str(row.values.get("name") or ""))
        if {"username", "name"} <= row.values.keys():
            line.code = str(row.values["username"])
            self._check_user(line)
        if row.problems:
            return line
        self._check_repeated(line)
        membership = self._membership(line)
        self._check_kind(line, membership["role"])
        if not line.problems:
            self._decide(line, membership)
        return line

    def _refuse(self, line: Line, name: str, code: str, message: str) -> None:
        line.refuse(self.columns[name], code, message)

    def _check_user(self, line: Line) -> None:
        if not is_username(line.code):
            self._refuse(line, "username", "wrong_username", str(USERNAME_RULE.message))
        name, user = str(line.row.values["name"]), self.users.get(line.code)
        if user is not None and (user.pk not in self.ours or user.name != name):
            self._refuse(line, "username", "username_taken", _("这个账号已有人用。请换一个账号。"))
        if self.names.setdefault(line.code, name) != name:
            self._refuse(line, "name", "two_names", _("同一个账号在本文件里写了两个姓名。请核对。"))

    def _check_repeated(self, line: Line) -> None:
        key = (line.code, str(line.row.values["unit"]), str(line.row.values["role"]))
        first = self.seen.setdefault(key, line.row.number)
        if first != line.row.number:
            self._refuse(
                line, "role", "repeated", _("与第 %(row)s 行是同一个岗位。请删去一行。") % {"row": first}
            )

    def _check_kind(self, line: Line, role: str) -> None:
        others = self.roles.setdefault(line.code, set())
        if role not in others and (why := kinds.refusal(role, others, is_new=line.code not in self.users)):
            self._refuse(line, "role", "kinds_apart", why)
        others.add(role)

    def _membership(self, line: Line) -> dict[str, Any]:
        given = line.row.values
        first, last = given.get("valid_from") or clock.today(), given.get("valid_to")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self._refuse(line, "valid_to", "wrong_order", _("失效日期早于生效日期。请核对。"))
        return {
            "unit_id": UUID(str(given["unit"])),
            "role": str(given["role"]),
            "place": self._place(line, str(given.get("place") or "")),
            "valid_from": first,
            "valid_to": last,
        }

    def _place(self, line: Line, text: str) -> Place | None:
        place = self.places.get(text)
        if text and place is None:
            message = _("没有找到地区“%(text)s”，或同名的不止一个。请填区划代码。") % {"text": text}
            self._refuse(line, "place", "unknown_place", message)
        elif place is not None and place.side != self.sides[str(line.row.values["unit"])]:
            self._refuse(line, "place", "other_side", _("辖区不在单位的一方。请核对。"))
        return place

    def _decide(self, line: Line, membership: dict[str, Any]) -> None:
        user = self.users.get(line.code)
        line.payload = {"name": str(line.row.values["name"]), "membership": membership}
        if user is None:
            line.fate = Fate.NEW
            return
        line.url = reverse("accounts:user_detail", args=[user.pk])
        if (user.pk, str(membership["unit_id"]), membership["role"]) in self.held:
            line.fate = Fate.SAME
            return
        added = f"{_unit_name(self.columns, membership)} {ROLES[membership['role']].label}"
        line.fate, line.changes = Fate.CHANGED, [{"label": _("加岗位"), "before": "", "after": added}]


def _unit_name(columns: Mapping[str, SheetColumn], membership: Mapping[str, Any]) -> str:
    return dict(columns["unit"].choices)[str(membership["unit_id"])]


@require_POST
def passwords(request: HttpRequest, key: UUID) -> HttpResponse:
    """The file of initial passwords, to whoever made the users, once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(_is_allowed(actor))
    data = uploads.kept(key, _PASSWORDS, actor)
    if not uploads.forget(key):
        raise NotVisible
    response = workbook(data, f"初始口令-{clock.today():%Y%m%d}.xlsx")
    response["Cache-Control"] = "no-store"
    return response


PAGES = ImportPages(UserImporter(), name="user_import", rows_url="accounts:user_list", is_allowed=_is_allowed)
urlpatterns = [
    *PAGES.urlpatterns("users/"),
    path("users/import/passwords/<uuid:key>/", passwords, name="user_import_passwords"),
]
