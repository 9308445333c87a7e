"""Adding, changing, ordering and retiring the fields of a unit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, reaches_unit
from shanhai.kernel.sheets.choices import SEPARATORS
from shanhai.kernel.sheets.columns import CHOICES, Kind
from shanhai.kernel.sheets.headers import folded_heading

from .definitions import changed
from .models import CustomField
from .titles import title_problems

#: Fields in use of one unit in one ledger.
MOST_FIELDS = 30
MOST_OPTIONS = 100
_LONGEST_OPTION = 60
MOST_DECIMALS = 6
#: What says how stored values are read: fixed once a row ever held one.
READ_BY = ("kind", "measure_unit", "decimals")
#: What may be said of a field, in the order of the form.
SAID = ("title", *READ_BY, "options", "help", "is_required", "is_personal", "is_listed")


def units_seen(ledger: Ledger[Any], actor: Actor) -> list[Any]:
    """Units whose fields `actor` may look at, in the order of the tree."""
    grants = actor.grants_for(Verb.VIEW, ledger.key)
    model = apps.get_model(settings.SHANHAI_UNIT_MODEL)
    today = clock.today()
    return [
        unit
        for unit in model._default_manager.filter(side__in=actor.sides).order_by("path")
        if unit.side in ledger.sides
        and (unit.valid_to is None or unit.valid_to >= today)
        and any(reaches_unit(grant, unit.side, unit.pk, unit.path) for grant in grants)
    ]


def get_field(ledger: Ledger[Any], pk: UUID, *, actor: Actor, lock: bool = False) -> CustomField:
    """Errors: NotVisible for a field of a unit that is not the actor's to look at."""
    fields = CustomField.objects.select_related("unit")
    found = (
        (fields.select_for_update(of=("self",)) if lock else fields).filter(pk=pk, ledger=ledger.key).first()
    )
    if found is None or not _reaches(ledger, found.unit, actor, Verb.VIEW):
        raise NotVisible
    return found


def may_manage(ledger: Ledger[Any], unit: Any, actor: Actor) -> bool:
    return _reaches(ledger, unit, actor, Verb.MANAGE)


def _reaches(ledger: Ledger[Any], unit: Any, actor: Actor, verb: Verb) -> bool:
    grants = actor.grants_for(verb, ledger.key)
    return any(reaches_unit(grant, unit.side, unit.pk, unit.path) for grant in grants)


def _require(ledger: Ledger[Any], unit: Any, actor: Actor) -> None:
    current = context.current()
    if not (current and current.is_unscoped) and not may_manage(ledger, unit, actor):
        raise NotAllowed


def fields_of(ledger: Ledger[Any], unit: Any) -> list[CustomField]:
    """All of a unit: in use in their order, then the retired ones."""
    fields = CustomField.objects.filter(ledger=ledger.key, unit=unit).select_related("unit")
    return sorted(fields.order_by("ordinal", "id"), key=lambda one: one.is_retired)


def filled_rows(ledger: Ledger[Any], unit: Any, fields: Sequence[CustomField]) -> dict[UUID, int]:
    """How many rows of the unit hold a value of each, as far as the reader sees them; one query."""
    counts = {f"n{n}": Count("pk", filter=Q(extra__has_key=one.key)) for n, one in enumerate(fields)}
    rows = ledger.model._default_manager.filter(owner_unit=unit).order_by()
    found = rows.aggregate(**counts) if fields else {}
    return {one.pk: found[f"n{n}"] for n, one in enumerate(fields)}


def is_ever_filled(ledger: Ledger[Any], field: CustomField) -> bool:
    """Whether any row holds a value or held one: history and undone imports bring old values back."""
    if ledger.model._base_manager.filter(extra__has_key=field.key).exists():
        return True
    entries = HistoryEntry._base_manager.filter(table_name=ledger.model._meta.db_table)
    return entries.filter(Q(row__extra__has_key=field.key) | Q(before__extra__has_key=field.key)).exists()


def save_field(
    ledger: Ledger[Any], field: CustomField, values: Mapping[str, Any], *, actor: Actor, reason: str = ""
) -> CustomField:
    """Add a field (unsaved, of its unit) or change one with what is said of it; the rest stays as it is.

    Errors: NotAllowed; RuleViolated with problems by name.
    """
    _require(ledger, field.unit, actor)
    is_new = field._state.adding
    before = {name: getattr(field, name) for name in SAID}
    for name in set(values) & set(SAID):
        setattr(field, name, values[name])
    _tidy(field)
    problems = _problems(ledger, field, before)
    if problems:
        raise RuleViolated(code="bad_custom_field", problems=problems)
    if is_new:
        # A letter in front: Django takes figures for a place in a list.
        field.ledger, field.key = ledger.key, f"f{field.pk.hex[-9:]}"
        field.ordinal = _next_ordinal(ledger, field.unit)
    else:
        field.revision += 1
    return _write(field, reason)


def _tidy(field: CustomField) -> None:
    """What does not go with the kind is left out."""
    field.title, field.help = " ".join(field.title.split()), field.help.strip()
    field.options = [" ".join(str(one).split()) for one in field.options] if field.kind in CHOICES else []
    if field.kind not in {Kind.INTEGER, Kind.DECIMAL}:
        field.measure_unit = "元" if field.kind == Kind.MONEY else ""
    if field.kind != Kind.DECIMAL:
        field.decimals = None
    if field.kind not in {Kind.TEXT, Kind.LONG_TEXT}:
        field.is_personal = False


def _problems(ledger: Ledger[Any], field: CustomField, before: Mapping[str, Any]) -> dict[str, list[str]]:
    problems = {"title": list(_title_problems(ledger, field))}
    if field.kind not in CustomField.Kind.values:
        problems["kind"] = [_("请选择类型。")]
    if field.kind == Kind.DECIMAL and not 1 <= (field.decimals or 0) <= MOST_DECIMALS:
        problems["decimals"] = [_("小数位数填 1 到 %(most)s；没有小数请选整数。") % {"most": MOST_DECIMALS}]
    problems["options"] = list(_option_problems(ledger, field, before["options"]))
    for name in ("title", "measure_unit", "help"):
        most: Any = CustomField._meta.get_field(name).max_length  # type: ignore[union-attr]
        if len(getattr(field, name)) > most:
            problems.setdefault(name, []).append(_("最多 %(most)s 个字。") % {"most": most})
    otherwise = [name for name in READ_BY if getattr(field, name) != before[name]]
    if otherwise and not field._state.adding and is_ever_filled(ledger, field):
        told = _("已有记录填过这个字段，类型、计量单位和小数位数不能再改。请停用它，另加一个。")
        problems |= {name: [told] for name in otherwise}
    return {name: told for name, told in problems.items() if told}


def _title_problems(ledger: Ledger[Any], field: CustomField) -> Iterator[str]:
    yield from title_problems(ledger, field.title)
    others = [one for one in fields_of(ledger, field.unit) if not one.is_retired and one.pk != field.pk]
    if folded_heading(field.title) in {folded_heading(one.title) for one in others}:
        yield _("本单位在这本台账里已有同名的自定义字段。")


def _option_problems(ledger: Ledger[Any], field: CustomField, before: Sequence[str]) -> Iterator[str]:
    if field.kind not in CHOICES:
        return
    yield from _list_problems(field.options)
    if field.kind == Kind.MULTI_CHOICE and any(SEPARATORS.search(one) for one in field.options):
        yield _("多选的选项里不能有顿号、逗号、分号、竖线：文件里用它们隔开几个选项。")
    gone = [] if field._state.adding else [one for one in before if one not in field.options]
    for option in gone:
        held: Any = [option] if field.kind == Kind.MULTI_CHOICE else option
        used = ledger.model._base_manager.filter(extra__contains={field.key: held})
        if number := used.count():
            sentence = _("选项“%(option)s”还有 %(number)s 条记录在用，不能去掉。请先改这些记录。")
            yield sentence % {"option": option, "number": f"{number:,}"}


def _list_problems(options: Sequence[str]) -> Iterator[str]:
    if not options or not all(options):
        yield _("请至少填一个选项，一行一个。")
    elif len(set(map(folded_heading, options))) < len(options):
        yield _("选项不能重复，只差空格、全半角或大小写的也算重复。")
    elif len(options) > MOST_OPTIONS or max(map(len, options)) > _LONGEST_OPTION:
        told = _("最多 %(most)s 个选项，每个不超过 %(long)s 个字。")
        yield told % {"most": MOST_OPTIONS, "long": _LONGEST_OPTION}


def _next_ordinal(ledger: Ledger[Any], unit: Any) -> int:
    """Behind the others. Errors: RuleViolated when there are too many."""
    fields = [one for one in fields_of(ledger, unit) if not one.is_retired]
    if len(fields) >= MOST_FIELDS:
        told = _("一个单位在一本台账里最多 %(most)s 个在用的自定义字段。") % {"most": MOST_FIELDS}
        raise RuleViolated(told, code="too_many_custom_fields")
    return max((one.ordinal for one in fields), default=0) + 1


def _write(field: CustomField, reason: str) -> CustomField:
    try:
        with transaction.atomic(), context.because(reason.strip()):
            field.save()
    except IntegrityError as error:
        told = _("本单位在这本台账里已有同名的自定义字段。")
        raise RuleViolated(code="bad_custom_field", problems={"title": [told]}) from error
    changed()
    return field


def retire_field(ledger: Ledger[Any], field: CustomField, *, actor: Actor, reason: str) -> CustomField:
    """Nobody fills it in any more; values stay and stay readable. Errors: NotAllowed; RuleViolated."""
    _require(ledger, field.unit, actor)
    if field.is_retired:
        raise RuleViolated(_("这个字段已经停用。"), code="custom_field_retired")
    if not reason.strip():
        told = _("停用必须写明原因。")
        raise RuleViolated(told, code="reason_missing", problems={"reason": [told]})
    field.retired_at = clock.now()
    field.revision += 1
    return _write(field, reason)


def restore_field(ledger: Ledger[Any], field: CustomField, *, actor: Actor, reason: str = "") -> CustomField:
    """In use again. Errors: NotAllowed; RuleViolated when another bears its title by now."""
    _require(ledger, field.unit, actor)
    if not field.is_retired:
        raise RuleViolated(_("这个字段正在使用。"), code="custom_field_in_use")
    problems = list(_title_problems(ledger, field))
    if problems:
        raise RuleViolated(code="bad_custom_field", problems={"title": problems})
    field.retired_at, field.ordinal = None, _next_ordinal(ledger, field.unit)
    field.revision += 1
    return _write(field, reason)


def move_field(ledger: Ledger[Any], field: CustomField, *, earlier: bool, actor: Actor) -> None:
    """One place earlier or later among those in use. Errors: NotAllowed."""
    _require(ledger, field.unit, actor)
    fields = [one for one in fields_of(ledger, field.unit) if not one.is_retired]
    keys = [one.pk for one in fields]
    if field.pk not in keys:
        return
    at = keys.index(field.pk)
    to = max(0, at - 1) if earlier else min(len(fields) - 1, at + 1)
    fields.insert(to, fields.pop(at))
    for ordinal, one in enumerate(fields, 1):
        if one.ordinal != ordinal:
            one.ordinal, one.revision = ordinal, one.revision + 1
            one.save(update_fields=["ordinal", "revision"])
    changed()
