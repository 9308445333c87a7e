"""A wrong declaration never reaches a request: each rule of `Ledger` is a check with id, path and hint."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from .fields import SealedField
from .ledger import Column, Fields, Ledger, Related
from .registry import registry
from .rows import JointLedgerModel, LedgerModel
from .scope import Side

Check = Callable[[Ledger[Any]], Iterator[CheckMessage]]


@register(Tags.models)
def check_ledgers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """All checks of all registered ledgers."""
    return [message for ledger in registry for message in check_ledger(ledger)]


def check_ledger(ledger: Ledger[Any]) -> list[CheckMessage]:
    """Problems of one declaration, in the order its attributes are documented."""
    if not _is_ledger_model(ledger):
        return [_error(ledger, "model", "is not a LedgerModel", "derive the model from LedgerModel", "E001")]
    return [message for check in CHECKS for message in check(ledger)]


def _is_ledger_model(ledger: Ledger[Any]) -> bool:
    model = getattr(ledger, "model", None)
    return isinstance(model, type) and issubclass(model, LedgerModel)


def _error(ledger: Ledger[Any], path: str, what: str, hint: str, number: str) -> Error:
    return Error(
        f"{type(ledger).__name__}.{path} {what}.", hint=hint, obj=ledger.model, id=f"ledger.{number}"
    )


def resolve_path(model: type[models.Model], path: str) -> "models.Field[Any, Any]":
    """The field at the end of `a__b__c`. Errors: FieldDoesNotExist."""
    current: Any = model
    field: Any = None
    for part in path.split("__"):
        if current is None:
            raise FieldDoesNotExist(f"{path}: nothing lies behind {field.name}")
        field = current._meta.get_field(part)
        current = field.related_model
    return field  # type: ignore[no-any-return]


def _names(ledger: Ledger[Any]) -> list[str]:
    return [field.name for field in ledger.model._meta.concrete_fields]


def _paths(
    ledger: Ledger[Any], attribute: str, paths: Iterable[str], number: str, of: Ledger[Any] | None = None
) -> Iterator[CheckMessage]:
    """What the declaration names and `of` (itself without) does not have."""
    of = of or ledger
    computed = {c.name for c in of.columns if isinstance(c, Column) and c.expression is not None}
    for position, path in enumerate(paths):
        bare = path.removeprefix("-")
        if bare in computed:
            continue
        try:
            resolve_path(of.model, bare)
        except FieldDoesNotExist:
            near = get_close_matches(bare, _names(of), n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"fields are: {', '.join(_names(of))}"
            label = of.model._meta.label
            yield _error(
                ledger,
                f"{attribute}[{position}]",
                f"is '{path}', which is not a field of {label}",
                hint,
                number,
            )


def _source(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    if not ledger.source:
        yield _error(ledger, "source", "is empty", "name the clause or norm the ledger rests on", "E002")


def _columns(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    if not ledger.columns:
        yield _error(ledger, "columns", "is empty", "name at least one field", "E003")
    plain = [c if isinstance(c, str) else c.name for c in ledger.columns]
    yield from _paths(ledger, "columns", plain, "E003")
    for position, column in enumerate(ledger.columns):
        if (
            isinstance(column, Column)
            and column.expression is not None
            and not (column.label and column.kind)
        ):
            yield _error(
                ledger, f"columns[{position}]", "is computed but has no label or kind", "give both", "E003"
            )


def _search(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    yield from _paths(ledger, "search", ledger.search, "E004")
    yield from _paths(ledger, "filters", ledger.filters, "E004")


def _ordering(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    yield from _paths(ledger, "ordering", ledger.ordering, "E005")


def _import_key(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    yield from _paths(ledger, "import_key", ledger.import_key, "E006")
    if not ledger.import_key or _is_unique(ledger.model, ledger.import_key):
        return
    yield _error(
        ledger,
        "import_key",
        f"is {tuple(ledger.import_key)}, which no unique constraint covers",
        "add a UniqueConstraint over these fields (side and owner_unit may be part of it)",
        "E006",
    )


def _is_unique(model: type[models.Model], names: Sequence[str]) -> bool:
    wanted = set(names)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            covered = {name.removesuffix("_index") for name in constraint.fields}
            if covered and covered - {"side", "owner_unit"} <= wanted <= covered | {"side", "owner_unit"}:
                return True
    return len(wanted) == 1 and bool(getattr(model._meta.get_field(next(iter(wanted))), "unique", False))


def _field_lists(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    for attribute in ("fields", "bulk_fields"):
        names = getattr(ledger, attribute)
        yield from _paths(ledger, attribute, names, "E007")
        for position, name in enumerate(names):
            if "__" in name:
                yield _error(
                    ledger,
                    f"{attribute}[{position}]",
                    f"is '{name}', a path",
                    "name fields of the row itself",
                    "E007",
                )


def _panels(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    for position, panel in enumerate(ledger.panels):
        if isinstance(panel, Fields):
            yield from _paths(ledger, f"panels[{position}].names", panel.names, "E008")
        elif isinstance(panel, Related) and panel.ledger not in registry:
            known = ", ".join(other.key for other in registry)
            yield _error(
                ledger,
                f"panels[{position}].ledger",
                f"is '{panel.ledger}', not a ledger",
                f"one of: {known}",
                "E008",
            )
        elif isinstance(panel, Related):
            other = registry.get(panel.ledger)
            yield from _paths(ledger, f"panels[{position}].order", panel.order, "E008", other)


def _reconciliation(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    yield from _paths(ledger, "reconcile_key", ledger.reconcile_key, "E009")
    yield from _paths(ledger, "reconcile_fields", ledger.reconcile_fields, "E009")
    if bool(ledger.reconcile_key) != bool(ledger.reconcile_fields):
        yield _error(ledger, "reconcile_fields", "goes with reconcile_key", "declare both or neither", "E009")


def _former_labels(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    yield from _paths(ledger, "former_labels", ledger.former_labels, "E010")


def _rule_fields(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    fields = ledger.model._meta.concrete_fields
    plain = {one.name for one in fields if not one.is_relation and not isinstance(one, SealedField)}
    for position, name in enumerate(ledger.rule_fields):
        if name not in plain:
            yield _error(
                ledger,
                f"rule_fields[{position}]",
                f"is '{name}', no plain field of the row itself",
                "rules that follow references or open sealed values need whole rows: leave rule_fields empty",
                "E011",
            )


def _by_number(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    yield from _paths(ledger, "asks_by_number", ledger.asks_by_number, "E013")
    for name in ledger.asks_by_number:
        field = next((one for one in ledger.model._meta.concrete_fields if one.name == name), None)
        if field is not None and not getattr(field.related_model, "is_personal", False):
            hint = "only references to people are named by a number of their own"
            yield _error(ledger, "asks_by_number", f"names '{name}', no reference to a person", hint, "E013")


def _joint(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    if not ledger.is_joint:
        if ledger.counterpart:
            hint = "declare sharing = Sharing.JOINT, or no counterpart"
            yield _error(ledger, "counterpart", "goes with joint rows", hint, "E012")
        return
    if not issubclass(ledger.model, JointLedgerModel):
        hint = "derive it from JointLedgerModel, which holds the signatures of both sides"
        yield _error(ledger, "model", "is joint and holds no signatures", hint, "E012")
    if not _is_unit_that_must_be_named(ledger):
        hint = f"name a required reference to {settings.SHANHAI_UNIT_MODEL} among the fields of the form"
        told = f"is '{ledger.counterpart}', not the unit of the other side that confirms"
        yield _error(ledger, "counterpart", told, hint, "E012")
    if set(ledger.sides) != set(Side):
        yield _error(ledger, "sides", "leaves out a side that confirms", "leave it at both sides", "E012")
    if ledger.reconcile_key:
        hint = "a joint row is one row of both: there is no other to match it with"
        yield _error(ledger, "reconcile_key", "is declared on a joint ledger", hint, "E012")


def _is_unit_that_must_be_named(ledger: Ledger[Any]) -> bool:
    try:
        field = ledger.model._meta.get_field(ledger.counterpart)
    except FieldDoesNotExist:
        return False
    is_unit = getattr(field.related_model, "_meta", None) and (
        field.related_model._meta.label == settings.SHANHAI_UNIT_MODEL  # type: ignore[union-attr]
    )
    is_carried = not ledger.fields or ledger.counterpart in ledger.fields
    return bool(is_unit and is_carried and not field.null and field.name != "owner_unit")


def _within(ledger: Ledger[Any]) -> Iterator[CheckMessage]:
    for position, link in enumerate(ledger.model.WITHIN):
        at = f"model.WITHIN[{position}]"
        yield from _amount_over(ledger, at, ledger.model, link.field, link.amount)
        holder: Any = getattr(_field(ledger.model, link.field), "related_model", None)
        if not isinstance(_field(holder, link.limit), models.DecimalField | models.IntegerField):
            told = f"has the limit '{link.limit}', which is no number of the row named"
            yield _error(ledger, at, told, "name an amount of the row that holds the limit", "E013")
        for other in (*link.raised_by, *link.used_by):
            yield from _amount_over(ledger, at, apps.get_model(other.model), other.path, other.amount, holder)


def _amount_over(
    ledger: Ledger[Any], at: str, model: type[models.Model], path: str, amount: str, holder: Any = None
) -> Iterator[CheckMessage]:
    """An amount of `model` is summed for the row at the end of `path`, all on the way rows of ledgers."""
    reached: Any = model
    for name in path.split("__"):
        reached = getattr(_field(reached, name), "related_model", None)
        if not (isinstance(reached, type) and issubclass(reached, LedgerModel)):
            told = f"has the path '{path}', which leads over no rows of ledgers"
            yield _error(ledger, at, told, f"name references of {model._meta.label}", "E013")
            return
    if holder not in {None, reached}:
        told = f"has the path '{path}', which leads to another ledger than the limit"
        yield _error(ledger, at, told, "end where the limit is", "E013")
    if amount and not isinstance(_field(model, amount), models.DecimalField | models.IntegerField):
        told = f"sums '{amount}', which is no number of {model._meta.label}"
        yield _error(ledger, at, told, "name an amount", "E013")


def _field(model: Any, name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except (FieldDoesNotExist, AttributeError):
        return None


CHECKS: tuple[Check, ...] = (
    _source,
    _columns,
    _search,
    _ordering,
    _import_key,
    _field_lists,
    _panels,
    _reconciliation,
    _former_labels,
    _rule_fields,
    _by_number,
    _joint,
    _within,
)
