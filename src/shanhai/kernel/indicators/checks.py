"""A wrong indicator never reaches a page: each rule is a check with an id, a path and a hint."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, Q

from shanhai.kernel.checks import resolve_path
from shanhai.kernel.registry import registry as ledgers

from .declare import By, Cases, Dimension, DistinctLast, Grouped, Held, Indicator, Ratio, Sum, named
from .reasons import LABELS
from .registry import registry

Check = Callable[[Indicator], Iterator[CheckMessage]]
_GROUPING_FIELDS = ("valid_from", "valid_to")


@register(Tags.models)
def check_indicators(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """All checks of all versions of all indicators."""
    return [message for indicator in registry.all_versions() for message in check_indicator(indicator)]


def check_indicator(indicator: Indicator) -> list[CheckMessage]:
    """Problems of one declaration. Without a source that exists nothing else can be judged."""
    found = [*_naming(indicator), *_validity(indicator)]
    sources = [*_source(indicator)]
    if sources or isinstance(indicator.measure, Ratio):
        return [*found, *sources, *_ratio(indicator)]
    return [*found, *(message for check in CHECKS for message in check(indicator))]


def _error(indicator: Indicator, path: str, what: str, hint: str, number: str) -> Error:
    return Error(f"{indicator.code}.{path} {what}.", hint=hint, obj=indicator.code, id=f"indicator.{number}")


def _naming(indicator: Indicator) -> Iterator[CheckMessage]:
    for attribute in ("code", "name", "unit", "clause"):
        if not getattr(indicator, attribute):
            yield _error(indicator, attribute, "is empty", "every figure is printed with it", "E001")


def _validity(indicator: Indicator) -> Iterator[CheckMessage]:
    if indicator.valid_to is not None and indicator.valid_to < indicator.valid_from:
        yield _error(indicator, "valid_to", "lies before valid_from", "swap the two days", "E002")
    versions = registry.versions(indicator.code) if indicator.code in registry else ()
    others = [one for one in versions if one is not indicator and one.valid_from >= indicator.valid_from]
    for other in others:
        if indicator.valid_to is None or other.valid_from <= indicator.valid_to:
            hint = f"end this version before {other.valid_from}"
            yield _error(indicator, "valid_to", "overlaps a later version of the same code", hint, "E002")


def _source(indicator: Indicator) -> Iterator[CheckMessage]:
    if isinstance(indicator.measure, Ratio):
        return
    try:
        model = apps.get_model(indicator.source)
    except (LookupError, ValueError):
        known = [ledger.key for ledger in ledgers]
        near = get_close_matches(indicator.source, known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"one of: {', '.join(known)}"
        yield _error(indicator, "source", f"is '{indicator.source}', which is no model", hint, "E003")
        return
    if not any(field.name == "side" for field in model._meta.concrete_fields):
        yield _error(indicator, "source", f"{indicator.source} has no field 'side'", "name a ledger", "E003")


def _paths(
    indicator: Indicator, attribute: str, paths: Sequence[str], number: str = "E004"
) -> Iterator[CheckMessage]:
    for path in paths:
        bare = path.removeprefix("-")
        if not bare or bare.partition("__")[0] in indicator.derived:
            continue
        try:
            _resolve(indicator.model, bare)
        except FieldDoesNotExist:
            names = [field.name for field in indicator.model._meta.concrete_fields]
            near = get_close_matches(bare, names, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"fields are: {', '.join(names)}"
            yield _error(
                indicator,
                attribute,
                f"names '{path}', which is not a field of {indicator.source}",
                hint,
                number,
            )


def _resolve(model: type[models.Model], path: str) -> None:
    """As `resolve_path`, allowing a transform and a look-up behind the last field."""
    parts = path.split("__")
    for length in range(len(parts), 0, -1):
        try:
            resolve_path(model, "__".join(parts[:length]))
        except FieldDoesNotExist:
            continue
        if length >= len(parts) - 2:
            return
    raise FieldDoesNotExist(path)


def lookups_of(condition: Q) -> Iterator[str]:
    """Everything a condition names: left-hand sides, and fields compared with."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from lookups_of(child)
        elif isinstance(child, tuple):
            yield child[0]
            if isinstance(child[1], F):
                yield named(child[1])


def _conditions(indicator: Indicator) -> Iterator[CheckMessage]:
    yield from _paths(indicator, "where", [*lookups_of(indicator.where)])
    for position, exclusion in enumerate(indicator.exclusions):
        yield from _paths(indicator, f"exclusions[{position}]", [*lookups_of(exclusion.condition)])
    yield from _paths(indicator, "time", indicator.time.paths)
    yield from _paths(indicator, "unit_path", [indicator.unit_path])
    yield from _paths(indicator, "place_path", [indicator.place_path])


def _measure(indicator: Indicator) -> Iterator[CheckMessage]:
    match indicator.measure:
        case Sum(field=name):
            yield from _paths(indicator, "measure.field", [name])
        case DistinctLast(key=key, order=order):
            yield from _paths(indicator, "measure", [key, *order])
            if not order:
                yield _error(indicator, "measure.order", "is empty", "say which row is the last", "E004")


def _ratio(indicator: Indicator) -> Iterator[CheckMessage]:
    if not isinstance(indicator.measure, Ratio):
        return
    for part in ("numerator", "denominator"):
        code = getattr(indicator.measure, part)
        if code not in registry:
            known = ", ".join(one.code for one in registry)
            yield _error(
                indicator, f"measure.{part}", f"is '{code}', no indicator", f"one of: {known}", "E005"
            )
        elif registry.get(code).is_ratio:
            yield _error(
                indicator, f"measure.{part}", f"is '{code}', itself a ratio", "divide sums and counts", "E005"
            )


def _reasons(indicator: Indicator) -> Iterator[CheckMessage]:
    used = Counter(exclusion.code for exclusion in indicator.exclusions)
    for position, exclusion in enumerate(indicator.exclusions):
        is_taken = exclusion.code in LABELS or used[exclusion.code] > 1
        if is_taken or not exclusion.code:
            hint = f"codes must be unique and none of: {', '.join(LABELS)}"
            yield _error(
                indicator, f"exclusions[{position}].code", f"is '{exclusion.code}', taken", hint, "E006"
            )


def _dimensions(indicator: Indicator) -> Iterator[CheckMessage]:
    used = Counter(one.code for one in indicator.dimensions)
    for position, dimension in enumerate(indicator.dimensions):
        path = f"dimensions[{position}]"
        if (
            not dimension.code.isidentifier()
            or dimension.code in {"unit", "place"}
            or used[dimension.code] > 1
        ):
            hint = "use a unique identifier; unit and place follow from unit_path and place_path"
            yield _error(indicator, f"{path}.code", f"is '{dimension.code}'", hint, "E007")
        yield from _dimension(indicator, dimension, path)


def _dimension(indicator: Indicator, dimension: Dimension, path: str) -> Iterator[CheckMessage]:
    match dimension:
        case By():
            yield from _paths(indicator, path, [dimension.path], "E007")
        case Held():
            yield from _paths(indicator, path, [dimension.key], "E007")
            yield from _holding(indicator, dimension, path)
        case Cases():
            names = [name for _, _, condition in dimension.cases for name in lookups_of(condition)]
            yield from _paths(indicator, path, names, "E007")
        case Grouped():
            yield from _paths(indicator, path, [dimension.path], "E007")
            yield from _grouping(indicator, dimension, path)


def _holding(indicator: Indicator, dimension: Held, path: str) -> Iterator[CheckMessage]:
    try:
        source = apps.get_model(dimension.source)
    except (LookupError, ValueError):
        what = f"is '{dimension.source}', which is no model"
        yield _error(indicator, f"{path}.source", what, "app.model", "E007")
        return
    names = {field.name for field in source._meta.concrete_fields}
    asked = [name for _, _, condition in dimension.cases for name in lookups_of(condition)]
    for name in (dimension.through, *_GROUPING_FIELDS, *asked):
        if name.partition("__")[0] not in names:
            what = f"{dimension.source} has no field '{name}'"
            yield _error(indicator, f"{path}.source", what, "name fields of the rows that hold", "E007")


def _grouping(indicator: Indicator, dimension: Grouped, path: str) -> Iterator[CheckMessage]:
    try:
        table = apps.get_model(dimension.table)
    except (LookupError, ValueError):
        yield _error(
            indicator, f"{path}.table", f"is '{dimension.table}', which is no model", "app.model", "E007"
        )
        return
    names = {field.name for field in table._meta.concrete_fields}
    for name in (dimension.key, dimension.group, *_GROUPING_FIELDS):
        if name not in names:
            wanted = ", ".join((dimension.key, dimension.group, *_GROUPING_FIELDS))
            what = f"{dimension.table} has no field '{name}'"
            yield _error(indicator, f"{path}.table", what, f"a dated grouping has: {wanted}", "E007")


def _evidence(indicator: Indicator) -> Iterator[CheckMessage]:
    if not indicator.evidence_class or indicator.source not in ledgers:
        return
    classes = [one.code for one in ledgers.get(indicator.source).evidence_classes]
    if indicator.evidence_class not in classes:
        hint = f"one of: {', '.join(classes)}"
        yield _error(indicator, "evidence_class", f"is '{indicator.evidence_class}'", hint, "E008")


def _derived(indicator: Indicator) -> Iterator[CheckMessage]:
    fields = {field.name for field in indicator.model._meta.get_fields()}
    for name, derivation in indicator.derived.items():
        if name in fields:
            yield _error(
                indicator, f"derived['{name}']", "hides a field of the ledger", "choose another name", "E009"
            )
        for problem in derivation.problems(indicator.model):
            yield _error(indicator, f"derived['{name}']", problem, "see the derivation's own fields", "E009")


CHECKS: tuple[Check, ...] = (_conditions, _measure, _reasons, _dimensions, _evidence, _derived)
