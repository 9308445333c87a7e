"""A new rule as it was given, by the page or through the API: read, and judged field by field."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Side

from .filed import owed_ledgers
from .models import ObligationRule
from .rules import groups_of, managed_sides, problems_of, units_of

_YEAR = 366


class RuleForm(forms.Form):
    """A new rule as it was typed. Units and groups are those of one side."""

    ledger = forms.ChoiceField(label=gettext_lazy("台账"))
    due_days = forms.IntegerField(
        label=gettext_lazy("期末后多少天截止"),
        min_value=-_YEAR,
        max_value=_YEAR,
        initial=5,
        help_text=gettext_lazy("0 为期末当天；负数为期末之前，例如年度台账填 -184 即 6 月 30 日。"),
    )
    open_days = forms.IntegerField(
        label=gettext_lazy("期初后多少天开放填报"),
        min_value=-_YEAR,
        max_value=_YEAR,
        required=False,
        help_text=gettext_lazy("0 为期初当天；负数为期初之前；留空则随时可填。"),
    )
    lock_days = forms.IntegerField(
        label=gettext_lazy("截止后多少天锁定"),
        min_value=0,
        max_value=_YEAR,
        required=False,
        help_text=gettext_lazy("锁定后已报的只能更正，补报须由统筹部门重开；留空则不锁定。"),
    )
    minimum_rows = forms.IntegerField(
        label=gettext_lazy("至少行数"), min_value=1, max_value=100_000, initial=1
    )
    valid_from = forms.DateField(
        label=gettext_lazy("从哪天起"),
        help_text=gettext_lazy("期末在这一天或以后的各期都要报；同一台账同一单位以后设的规则为准。"),
    )
    source = forms.CharField(
        label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("文件名称或文号、条款。")
    )
    groups = forms.MultipleChoiceField(label=gettext_lazy("单位组"), required=False)
    units = forms.MultipleChoiceField(label=gettext_lazy("单位"), required=False)

    def __init__(self, side: Side, actor: Actor, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"valid_from": clock.today().isoformat()})
        self.side = side
        self.all_units = {str(unit.pk): unit for unit in units_of(side, clock.today())}
        self.all_groups = {group.key: group for group in groups_of(side, clock.today())}
        self._offer("ledger", [(one.key, _ledger_choice(one)) for one in _manageable(actor, side)])
        self._offer("units", [(key, str(unit)) for key, unit in self.all_units.items()])
        self._offer("groups", [(key, group.label) for key, group in self.all_groups.items()])

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def rule(self) -> ObligationRule:
        """The unsaved rule. Shape: the form is valid."""
        given = self.cleaned_data
        kind = registry.get(given["ledger"]).period_kind
        return ObligationRule(
            ledger=given["ledger"],
            side=self.side,
            frequency=kind or "",
            due_days=given["due_days"],
            open_days=given["open_days"],
            lock_days=given["lock_days"],
            minimum_rows=given["minimum_rows"],
            valid_from=given["valid_from"],
            source=given["source"].strip(),
        )

    def bound_units(self) -> list[Any]:
        """Units chosen one by one and through groups, each once, in the order of the tree."""
        chosen = set(self.cleaned_data["units"])
        for key in self.cleaned_data["groups"]:
            chosen |= {str(pk) for pk in self.all_groups[key].unit_ids}
        return [unit for key, unit in self.all_units.items() if key in chosen]

    def problems(self) -> dict[str, list[str]]:
        """By field, in words; empty when the rule may be saved."""
        if not self.is_valid():
            return {name: [str(text) for text in texts] for name, texts in self.errors.items()}
        return problems_of(self.rule(), self.bound_units())


def _manageable(actor: Actor, side: Side) -> list[Any]:
    return [
        ledger
        for ledger in owed_ledgers()
        if side in ledger.sides
        and any(grant.side == side for grant in actor.grants_for(Verb.MANAGE, ledger.key))
    ]


def _ledger_choice(ledger: Any) -> str:
    return _("%(ledger)s（按%(kind)s）") % {"ledger": ledger.label, "kind": ledger.period_kind.label}


def asked_side(actor: Actor, side: str | None) -> Side:
    """The side a rule is for: the one asked for if the actor manages it, else the first that is.

    Errors: NotAllowed.
    """
    sides = managed_sides(actor)
    if not sides:
        raise NotAllowed
    return next((one for one in sides if one == side), sides[0])
