"""Which rules stand in the book, what each is known by, what it says, and who may change it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shanhai.kernel.dated import DatedRule, Desk
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import text_of_value
from shanhai.kernel.surfaces.fields import resolve_field
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.authority import RULES, is_member, require

#: What coordinators manage; administrators of security look after the rules of the installation.
COOPERATION = "rulebook.cooperation"
_RIGHTS = {
    Desk.COOPERATION: (Verb.MANAGE, COOPERATION),
    Desk.INSTALLATION: (Verb.ADMINISTER, RULES),
}
_DATES = frozenset({"id", "valid_from", "valid_to", "source"})


@dataclass(frozen=True)
class Rule:
    """A kind of rule: one model of dated rows."""

    model: type[DatedRule]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def chapter(self) -> str:
        if self.model.DESK is Desk.INSTALLATION:
            return _("全系统")
        return str(self.model._meta.app_config.verbose_name)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Fields that rules of this kind are known by; of rules equal in them one holds at a time."""
        (only,) = [one for one in self.model._meta.constraints if isinstance(one, ExclusionConstraint)]
        return tuple(field for field, _operator in only.expressions if isinstance(field, str))

    @cached_property
    def said(self) -> tuple[str, ...]:
        """Fields of what a rule says, in the order of the model."""
        names = [field.name for field in self.model._meta.concrete_fields]
        return tuple(name for name in names if name not in _DATES and name not in self.key)

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.key, *self.said)

    def field(self, name: str) -> "models.Field[Any, Any]":
        return cast("models.Field[Any, Any]", self.model._meta.get_field(name))

    def heading(self, name: str) -> str:
        return str(self.field(name).verbose_name)

    def texts(self, row: models.Model) -> dict[str, str]:
        """Values as texts, from which `values` makes them again."""
        fields = {name: self.field(name) for name in self.fields}
        return {
            name: "" if getattr(row, field.attname) is None else field.value_to_string(row)
            for name, field in fields.items()
        }

    def values(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """Of the fields that have a text. Errors: ValidationError by field for a text that is no value."""
        return {
            self.field(name).attname: self._value(name, texts[name]) for name in self.fields if name in texts
        }

    def _value(self, name: str, text: str) -> Any:
        field = self.field(name)
        try:
            return None if text == "" and field.null else field.to_python(text)
        except ValidationError as wrong:
            raise ValidationError({name: wrong.messages}) from None

    def among(self, texts: Mapping[str, str]) -> models.QuerySet[Any]:
        """Rows equal in what they are known by, the first first. Errors: as `values`."""
        known_by = self.values({name: texts.get(name, "") for name in self.key})
        rows: models.QuerySet[Any] = self.model.objects.filter(**known_by)
        return rows.order_by("valid_from")

    def name_of(self, row: DatedRule) -> str:
        """By what a rule is known, in words; "" where there is one at a time of the whole kind."""
        return "·".join(filter(None, (in_words(row, name) for name in self.key)))

    def sides(self, actor: Actor) -> frozenset[Side]:
        """For which sides `actor` may ask for a change, and decide on those of others."""
        verb, what = _RIGHTS[self.model.DESK]
        return frozenset(grant.side for grant in actor.grants_for(verb, what))


def in_words(row: DatedRule, name: str) -> str:
    """A value as a reader takes it: numbers without the zeros behind them."""
    value, known = getattr(row, name), row.choices_of(name)
    if known:
        return str(known.get(value, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return text_of_value(resolve_field(type(row), name), value)


def book() -> Iterator[Rule]:
    """All kinds of rules, by chapters as they are installed; those of the installation last."""
    found = [model for model in apps.get_models() if issubclass(model, DatedRule)]
    for desk in (Desk.COOPERATION, Desk.INSTALLATION):
        yield from (Rule(model) for model in found if model.DESK is desk)


def rule_of(label: str) -> Rule:
    """Errors: NotVisible."""
    found = next((rule for rule in book() if rule.label == label), None)
    if found is None:
        raise NotVisible(_("没有这种规定。"))
    return found


def may_change_some(actor: Actor) -> bool:
    return any(actor.grants_for(verb, what) for verb, what in _RIGHTS.values())


def reader(request: HttpRequest) -> Actor:
    """Errors: NotAllowed."""
    actor = actor_of(request)
    require(is_member(actor))
    return actor
