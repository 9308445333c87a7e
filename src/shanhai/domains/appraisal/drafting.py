"""A bulletin drafted from the figures of its period: which figures, what stands where, what is said."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel import clock
from shanhai.kernel.documents.model import chinese_date
from shanhai.kernel.indicators.declare import Cases, Grouped, Indicator
from shanhai.kernel.indicators.figures import Member
from shanhai.kernel.indicators.registry import filed_by, registry
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.indicators.windows import Span
from shanhai.kernel.scope import Side

from . import drafting_words as words
from .draft_parts import NONE, SUFFIX, Draft, Json, column, progress, text
from .drafting_tables import filing, two_sides
from .indicator_overview import member_name
from .models import Bulletin
from .reports import Areas
from .rules import Measure

Form = Bulletin.Form
#: Splits longer than this are not told in a sentence.
MOST_MEMBERS = 6


def draft(side: Side, period: Period, form: str = Form.BULLETIN) -> Draft:
    """The bulletin of a side about a period, as far as figures can tell it."""
    made = Draft(side, period, form)
    today = clock.today()
    made.phrases = {
        "期末": chinese_date(min(period.end, today)),
        "取数日": chinese_date(today),
        "通报期": made.called_period,
    }
    chapters = _chapters(made)
    for found in chapters.values():
        for indicator in found:
            _take_up(made, indicator)
    made.head(words.OVERVIEW_LABEL)
    made.say("overview", words.OVERVIEW_LABEL, words.OVERVIEWS[form])
    every = [one for found in chapters.values() for one in found]
    _indicator_table(made, every)
    match form:
        case Form.DISPATCH:
            made.head(words.AREAS_LABEL)
            for indicator in every:
                _area_table(made, indicator)
        case Form.SUMMARY:
            _told_by_chapter(made, chapters)
            two_sides(made, chapters)
            made.head(words.PROBLEMS_LABEL)
            made.say("problems", words.PROBLEMS_LABEL, words.PROBLEMS)
        case _:
            _told_by_chapter(made, chapters)
            filing(made)
            two_sides(made, chapters)
    made.head(words.REQUIREMENTS_LABEL)
    made.say("requirements", words.REQUIREMENTS_LABEL, words.REQUIREMENTS[form])
    return made


def _told_by_chapter(made: Draft, chapters: Mapping[str, Sequence[Indicator]]) -> None:
    for chapter, found in chapters.items():
        if chapter != "appraisal":
            _chapter(made, chapter, found)


def _chapters(made: Draft) -> dict[str, list[Indicator]]:
    """Indicators either side files and the period is not too short for, in the version of the period."""
    side, period = made.side, made.period
    chapters = {}
    known, order = registry.by_chapter(), list(words.SENTENCES)
    for label in sorted(known, key=lambda one: order.index(one) if one in order else len(order)):
        kept = [
            registry.get(one.code, period) for one in known[label] if _is_told(one, side) and _fits(made, one)
        ]
        if kept:
            chapters[label] = kept
    return chapters


def _fits(made: Draft, indicator: Indicator) -> bool:
    """Whether the period is long enough; what accumulates over the year is dispatched every month.

    A summary of the half-year, read at the end of its second quarter, tells only what accumulates or stands
    on that day: what counts within one quarter would be told as of two.
    """
    if made.called_period != made.period.label:
        return indicator.span is not Span.WITHIN
    is_dispatched = made.form == Form.DISPATCH and indicator.span is Span.YEAR_TO_DATE
    return is_dispatched or made.period.kind.months >= indicator.period_kind.months


def _is_told(indicator: Indicator, side: Side) -> bool:
    """What the side files itself, and of the other side what that alone files: how its money is spent."""
    return any(filed_by(indicator, one) for one in (side, side.other))


def _take_up(made: Draft, indicator: Indicator) -> None:
    """The figures of an indicator for the whole side: value, course, target, and its short splits."""
    made.add(indicator)
    if indicator.span is Span.YEAR_TO_DATE and not indicator.is_ratio and made.form != Form.SUMMARY:
        made.add(indicator, Measure.ADDED)
    if indicator.span is Span.WITHIN:
        made.add(indicator, Measure.CHANGE)
    side = made.side_of(indicator)
    if (indicator.code, None, None) in made.readings.targets(side, made.period.year):
        made.add(indicator, Measure.TARGET)
        made.add(indicator, Measure.RATE)
        if made.form == Form.DISPATCH:
            made.add(indicator, Measure.RATE_RANK)
    for code, dimension in indicator.all_dimensions().items():
        if code not in ("unit", "place"):
            found = made.readings.breakdown(indicator.code, side, made.period)
            _split(made, indicator, dimension, code, found.splits.get(code, ()))


def _split(made: Draft, indicator: Indicator, dimension: Any, code: str, counted: Sequence[Member]) -> None:
    """The members of a split, and the phrase that lists them."""
    members = [one for one in counted if one.code]
    if not members or len(members) > MOST_MEMBERS:
        return
    listed = []
    for one in members[:1] if isinstance(dimension, Cases) else members:
        named = member_name(code, one).partition("（")[0]
        cell = made.add(indicator, named=named, only=((code, one.code),))
        listed.append(f"{one.label}{{{cell['figure']}}}")
        if isinstance(dimension, Cases | Grouped):
            made.add(indicator, Measure.SHARE, named=named, only=((code, one.code),))
    made.phrases[f"{indicator.code}.{dimension.label}"] = "、".join(listed)


def _indicator_table(made: Draft, found: Sequence[Indicator]) -> None:
    """指标 × 目标 × 本期 × 累计 × 完成率; of a month also × 位次."""
    is_dispatch = made.form == Form.DISPATCH
    head = [
        column(_("指标"), "left"),
        column(_("单位"), "center"),
        column(_("年度目标")),
        column(_("本月") if is_dispatch else _("本期")),
        column(_("累计")),
        column(_("完成率"), unit="%"),
        *([column(_("位次"), "center")] if is_dispatch else []),
    ]
    made.table("指标", _("主要指标完成情况"), head, [_indicator_row(made, one) for one in found])


def _indicator_row(made: Draft, indicator: Indicator) -> list[Json]:
    is_of_period = indicator.span is Span.WITHIN
    value = made.add(indicator)
    has_added = f"{indicator.code}.{SUFFIX[Measure.ADDED]}" in made.figures
    has_target = f"{indicator.code}.{SUFFIX[Measure.TARGET]}" in made.figures
    here = value if is_of_period else made.add(indicator, Measure.ADDED) if has_added else text(NONE)
    return [
        text(made.called(indicator)),
        text(str(indicator.unit)),
        made.add(indicator, Measure.TARGET) if has_target else text(NONE),
        here,
        text(NONE) if is_of_period else value,
        made.add(indicator, Measure.RATE) if has_target else text(NONE),
        *(
            [made.add(indicator, Measure.RATE_RANK) if has_target else text(NONE)]
            if made.form == Form.DISPATCH
            else []
        ),
    ]


def _chapter(made: Draft, chapter: str, found: Sequence[Indicator]) -> None:
    label = apps.get_app_config(chapter).verbose_name
    made.head(label)
    made.say(chapter, label, words.sentences(chapter, {*made.figures, *made.phrases}) or _plain(made, found))
    for indicator in found:
        if _area_table(made, indicator):
            break


def _plain(made: Draft, found: Sequence[Indicator]) -> str:
    """One sentence for each chief indicator of a chapter that has no sentences of its own."""
    chief = [one for one in found if one.is_headline] or found
    return "".join(
        (words.PLAIN_WITH_TARGET if f"{one.code}.完成率" in made.figures else words.PLAIN)
        % {"name": one.name, "code": one.code}
        for one in chief
    )


def _area_table(made: Draft, indicator: Indicator) -> bool:
    """The towns of the side by an indicator for which they have targets, ranked by completion; if any has."""
    aims = made.readings.targets(made.side, made.period.year)
    aimed: set[UUID] = {place for code, _unit, place in aims if code == indicator.code and place}
    if not aimed:
        return False
    is_dispatch = made.form == Form.DISPATCH
    measures = [Measure.TARGET, Measure.VALUE, Measure.RATE, Measure.RATE_RANK]
    if is_dispatch and f"{indicator.code}.{SUFFIX[Measure.ADDED]}" in made.figures:
        measures.insert(1, Measure.ADDED)
    heads = sorted(Areas.of(IndicatorScope(made.side)).heads.values(), key=lambda one: one.code)
    rows = []
    for place in heads:
        if place.pk in aimed:
            given: Json = {"named": place.name, "place": place.pk}
            cells = [made.add(indicator, one, **given) for one in measures]
            drawn = progress(cells[measures.index(Measure.RATE)])
            rows.append([text(place.name), *cells, drawn])
    unit = str(indicator.unit)
    head = [
        column(_("镇（街道）"), "left"),
        column(_("年度目标"), unit=unit),
        *([column(_("本月"), unit=unit)] if Measure.ADDED in measures else []),
        column(_("累计"), unit=unit),
        column(_("完成率"), unit="%"),
        column(_("位次"), "center"),
        column(_("进度图"), "left"),
    ]
    caption = _("各镇（街道）%(indicator)s情况") % {"indicator": indicator.name}
    made.table(indicator.code, caption, head, rows)
    return True
