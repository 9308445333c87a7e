"""One vocabulary of row life: draft → submitted → verified or returned; voided, never deleted (design 14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .permissions import Verb


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已报")
    VERIFIED = "verified", _("已核")
    RETURNED = "returned", _("退回")
    VOIDED = "voided", _("作废")


#: States in which the owner may still change values.
EDITABLE = (State.DRAFT, State.RETURNED)


@dataclass(frozen=True)
class Transition:
    """One step of row life.

    `verb` is what a role must grant; `four_eyes` refuses the person who submitted the row.
    """

    name: str
    label: Any
    sources: Sequence[State]
    target: State
    verb: Verb
    needs_reason: bool = False
    four_eyes: bool = False
    #: Whether the step is taken in a locked period too: it settles what was filed and changes no value.
    passes_lock: bool = False
    #: What the row's people should understand the step to mean; shown beside the button.
    hint: Any = ""


SUBMIT = Transition(
    "submit", _("提交"), EDITABLE, State.SUBMITTED, Verb.SUBMIT, hint=_("提交后由核实人审核。")
)
WITHDRAW = Transition(
    "withdraw", _("撤回"), (State.SUBMITTED,), State.DRAFT, Verb.SUBMIT, hint=_("核实前可以撤回修改。")
)
VERIFY = Transition(
    "verify",
    _("核实"),
    (State.SUBMITTED,),
    State.VERIFIED,
    Verb.VERIFY,
    four_eyes=True,
    passes_lock=True,
)
RETURN = Transition(
    "return",
    pgettext_lazy("step", "退回"),  # the state has the same word in Chinese
    (State.SUBMITTED, State.VERIFIED),
    State.RETURNED,
    Verb.VERIFY,
    needs_reason=True,
)
VOID = Transition(
    "void",
    _("作废"),
    EDITABLE,
    State.VOIDED,
    Verb.VOID,
    needs_reason=True,
    hint=_("作废后不再计入，仍可查。"),
)


@dataclass(frozen=True)
class Amending:
    """What an accepted amendment does to the state of a row that is not edited as usual."""

    label: Any
    source: State
    target: State
    #: Whether it takes a locked period to amend in this state.
    needs_lock: bool


#: A reported row is amended only where it can no longer be withdrawn.
AMENDING: tuple[Amending, ...] = (
    Amending(_("更正"), State.VERIFIED, State.VERIFIED, needs_lock=False),
    Amending(_("更正作废"), State.VERIFIED, State.VOIDED, needs_lock=False),
    Amending(_("更正"), State.SUBMITTED, State.SUBMITTED, needs_lock=True),
    Amending(_("更正作废"), State.SUBMITTED, State.VOIDED, needs_lock=True),
)

TRANSITIONS: tuple[Transition, ...] = (SUBMIT, WITHDRAW, VERIFY, RETURN, VOID)
BY_NAME = {transition.name: transition for transition in TRANSITIONS}


def possible(state: str) -> list[Transition]:
    """Transitions that leave `state`, before asking who may make them."""
    return [transition for transition in TRANSITIONS if state in transition.sources]
