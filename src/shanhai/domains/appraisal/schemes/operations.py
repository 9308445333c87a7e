"""What schemes add to the API: trying one, its units item by item, releasing, restoring."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.engines.scoring import Result
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, argument, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.views import actor_of

from ..models import AppraisalScheme
from . import actions, reports, wording
from .pages import asked_year, drafted
from .texts import digest_of, problems_of
from .watching import firm_ranks, firm_sentence, odd_figures, said


class YearAsked(Schema):
    """Which year; the last one without."""

    year: str = Field("", description="年度，如 2020；空为上一年")


class ScoredUnit(Schema):
    """One unit's total."""

    unit: str = Field(description="单位的 id")
    name: str
    place: int = Field(description="名次，同分并列")
    total: str = Field(description="分")
    grade: str


class FirmRank(Schema):
    """Two neighbours, and what would change their places."""

    upper: str = Field(description="单位的 id")
    lower: str = Field(description="单位的 id")
    lead: str = Field(description="分")
    least: str | None = Field(description="至少移动多少分值才持平；空为无论怎样都不变")
    sentence: str


class OddFigure(Schema):
    """A figure that a person should look at."""

    unit: str = Field(description="单位的 id")
    number: int = Field(description="考核项序号")
    odd: str = Field(description="copied、jump、round")
    figure: str
    before: str | None
    sentence: str


class TrialAnswer(Schema):
    """The drafted text on a year."""

    year: int
    digest: str = Field(description="试评文本的摘要，发布时带上")
    units: list[ScoredUnit]
    firmness: list[FirmRank] = Field(description="相邻名次稳不稳，从前往后")
    hints: list[OddFigure] = Field(description="数据提示")


class LineAnswer(Schema):
    """One item of one unit."""

    number: int = Field(description="考核项序号；0 为总分调整")
    name: str
    figure: str | None = Field(description="指标的单位，十进制")
    points: str = Field(description="分")
    standing: str
    explained: str = Field(description="计分过程")
    rows: str = Field(description="构成这个数的行的页面地址")


class UnitLines(ScoredUnit):
    """One unit's total with its lines."""

    lines: list[LineAnswer]


class SchemeReleaseBody(Sent):
    """Which text, since when, and why."""

    digest: str
    valid_from: date | None = Field(None, description="启用日期；空为首个适用年度的 1 月 1 日")
    note: str


class SchemeRestoreBody(Sent):
    """Which release, since when, and why."""

    number: int
    valid_from: date | None = None
    note: str


class SchemeReleaseAnswer(Schema):
    """A text in force."""

    number: int
    digest: str
    valid_from: date


def _supervised(request: HttpRequest, actor: Actor) -> AppraisalScheme:
    return actions.supervised(argument(request, "pk"), actor)


@register_operations(AppraisalScheme.ledger_key())
def trying(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    path, door = "/{uuid:pk}/trial/", Door(_supervised)

    @router.get(path, response=TrialAnswer, auth=door, **named(ledger, "trial", "试评"))
    def try_scheme(request: Found, pk: UUID, asked: Query[YearAsked]) -> dict[str, Any]:
        found = _tried(request.auth, asked.year)
        units = [told_unit(unit, result) for unit, result in found.ranked]
        told = {"year": found.year, "digest": digest_of(found.text), "units": units}
        return told | {"firmness": _firmness(found), "hints": _odd(found)}

    one = "/{uuid:pk}/trial/{uuid:unit}/"

    @router.get(one, response=UnitLines, auth=door, **named(ledger, "trial_unit", "单位试评"))
    def try_unit(request: Found, pk: UUID, unit: UUID, asked: Query[YearAsked]) -> dict[str, Any]:
        found = _tried(request.auth, asked.year)
        pair = found.of(unit)
        if pair is None:
            raise NotVisible
        own, result = pair
        lines = told_lines(found.text, found.readings[unit], result, lambda item: found.rows_url(item, own))
        return told_unit(own, result) | {"lines": lines}


@register_operations(AppraisalScheme.ledger_key())
def releasing(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may, answer = on_row(ledger, Verb.MANAGE), SchemeReleaseAnswer

    @router.post("/{uuid:pk}/release/", response=answer, auth=may, **named(ledger, "release", "发布"))
    def release_text(request: Found, pk: UUID, body: SchemeReleaseBody) -> Any:
        told = body.dict()
        return actions.release_scheme(pk, **told, actor=actor_of(request))

    @router.post("/{uuid:pk}/restore/", response=answer, auth=may, **named(ledger, "restore", "恢复旧版"))
    def restore_text(request: Found, pk: UUID, body: SchemeRestoreBody) -> Any:
        told = body.dict()
        return actions.restore_scheme(pk, **told, actor=actor_of(request))


def _firmness(found: reports.Trial) -> list[dict[str, Any]]:
    return [
        {
            "upper": str(one.upper),
            "lower": str(one.lower),
            "lead": said(one.lead),
            "least": None if one.least is None else said(one.least),
            "sentence": firm_sentence(one, found.text),
        }
        for one in firm_ranks(found)
    ]


def _odd(found: reports.Trial) -> list[dict[str, Any]]:
    return [
        {
            "unit": str(one.unit.pk),
            "number": one.item["number"],
            "odd": one.hint.odd.value,
            "figure": f"{one.hint.figure:f}",
            "before": None if one.hint.before is None else f"{one.hint.before:f}",
            "sentence": one.sentence,
        }
        for one in odd_figures(found)
    ]


def _tried(scheme: AppraisalScheme, year: str) -> reports.Trial:
    text = drafted(scheme)
    if problems := problems_of(text):
        raise RuleViolated(problems={"": problems}, code="not_computable")
    return reports.tried(scheme, text, asked_year(year))


def told_unit(unit: Any, result: Result) -> dict[str, Any]:
    """A unit's total as the API says it."""
    return {
        "unit": str(unit.pk),
        "name": unit.name,
        "place": result.place,
        "total": f"{result.total:f}",
        "grade": result.grade,
    }


def told_lines(text: Any, readings: Any, result: Result, address: Any) -> list[dict[str, Any]]:
    """The lines of a unit as the API says them."""
    by_number = {one["number"]: one for one in text["items"]}
    found = []
    for line in result.lines:
        item, reading = by_number.get(line.number), readings.get(line.number)
        found.append(
            {
                "number": line.number,
                "name": item["name"] if item else "",
                "figure": f"{reading.figure:f}" if reading and reading.figure is not None else None,
                "points": f"{line.points:f}",
                "standing": line.standing.value,
                "explained": wording.explained(line, item),
                "rows": address(item) if item else "",
            }
        )
    return found
