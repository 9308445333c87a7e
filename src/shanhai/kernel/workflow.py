"""One vocabulary of row life: draft → submitted → verified or returned; voided, never deleted (design 14).

Rows of joint ledgers wait for the counterpart between their own side's verification and being verified
(ADR 0022).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .permissions import Party, Verb


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已报")
    #: Of joint rows only: verified by the own side, not yet confirmed by the other.
    AWAITING = "awaiting", _("待对方确认")
    VERIFIED = "verified", _("已核")
    RETURNED = "returned", _("退回")
    VOIDED = "voided", _("作废")


#: States in which the owner may still change values.
EDITABLE = (State.DRAFT, State.RETURNED)


@dataclass(frozen=True)
class Transition:
    """One step of row life.

    `verb` is what a role must grant, with a reach over the party's unit; `four_eyes` refuses whoever has
    signed the row before.
    """

    name: str
    label: Any
    sources: Sequence[State]
    target: State
    verb: Verb
    #: Who of the two sides takes it: those of the row's unit, or of the counterpart it names.
    party: Party = Party.OWN
    needs_reason: bool = False
    #: Whether the required papers must be there.
    needs_evidence: bool = False
    four_eyes: bool = False
    #: Whether the step is taken in a locked period too: it settles what was filed and changes no value.
    passes_lock: bool = False
    #: What the step signs: `verified` writes when into `verified_at`, and who into the second column.
    moment: str = ""
    person: str = ""
    #: Columns the step empties: signatures that no longer stand, a reason that was met.
    clears: Sequence[str] = ()
    #: What the row's people should understand the step to mean; shown beside the button.
    hint: Any = ""

    @property
    def is_main(self) -> bool:
        """Whether it leads on: a signature, neither a way back nor an end."""
        return bool(self.moment)


SUBMIT = Transition(
    "submit",
    _("提交"),
    EDITABLE,
    State.SUBMITTED,
    Verb.SUBMIT,
    moment="submitted_at",
    person="submitted_by",
    clears=("return_reason",),
    hint=_("提交后由核实人审核。"),
)
WITHDRAW = Transition(
    "withdraw",
    _("撤回"),
    (State.SUBMITTED,),
    State.DRAFT,
    Verb.SUBMIT,
    clears=("submitted_at", "submitted_by"),
    hint=_("核实前可以撤回修改。"),
)
VERIFY = Transition(
    "verify",
    _("核实"),
    (State.SUBMITTED,),
    State.VERIFIED,
    Verb.VERIFY,
    needs_evidence=True,
    four_eyes=True,
    passes_lock=True,
    moment="verified_at",
)
RETURN = Transition(
    "return",
    pgettext_lazy("step", "退回"),  # the state has the same word in Chinese
    (State.SUBMITTED, State.VERIFIED),
    State.RETURNED,
    Verb.VERIFY,
    needs_reason=True,
    clears=("verified_at",),
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

CONFIRM = Transition(
    "confirm",
    _("确认"),
    (State.AWAITING,),
    State.VERIFIED,
    Verb.VERIFY,
    party=Party.COUNTERPART,
    four_eyes=True,
    passes_lock=True,
    moment="confirmed_at",
    person="confirmed_by",
    hint=_("确认后为双方认可的记录，只能更正。"),
)
#: The other government is not held by a calendar of ours: it sends back in a locked period too.
DECLINE = Transition(
    "decline",
    _("退回对方"),
    (State.AWAITING,),
    State.RETURNED,
    Verb.VERIFY,
    party=Party.COUNTERPART,
    needs_reason=True,
    passes_lock=True,
    clears=("verified_at", "verified_by"),
)


@dataclass(frozen=True)
class Amending:
    """What an accepted amendment does to the state of a row that is not edited as usual."""

    label: Any
    source: State
    target: State
    #: Whether it takes a locked period to amend in this state.
    needs_lock: bool
    #: Whether either side proposes, and the other must confirm what the proposing one has verified.
    needs_both: bool = False


@dataclass(frozen=True)
class Life:
    """The steps that rows of a ledger know, and how those that are not edited as usual are amended."""

    steps: tuple[Transition, ...]
    amending: tuple[Amending, ...]

    @property
    def by_name(self) -> dict[str, Transition]:
        return {step.name: step for step in self.steps}

    def possible(self, state: str) -> list[Transition]:
        """Steps that leave `state`, before asking who may take them."""
        return [step for step in self.steps if state in step.sources]

    def ways(self, state: str) -> list[Amending]:
        """How a row in `state` is amended."""
        return [one for one in self.amending if one.source == state]

    @property
    def states(self) -> tuple[State, ...]:
        """States that a row can be in, in their order."""
        reached = {State.DRAFT} | {step.target for step in self.steps}
        return tuple(state for state in State if state in reached)


def _amended(source: State, *, needs_lock: bool, needs_both: bool = False) -> tuple[Amending, ...]:
    ways = {"needs_lock": needs_lock, "needs_both": needs_both}
    return (
        Amending(_("更正"), source, source, **ways),
        Amending(_("更正作废"), source, State.VOIDED, **ways),
    )


#: A reported row is amended only where it can no longer be withdrawn.
PLAIN = Life(
    (SUBMIT, WITHDRAW, VERIFY, RETURN, VOID),
    (*_amended(State.VERIFIED, needs_lock=False), *_amended(State.SUBMITTED, needs_lock=True)),
)
#: Rows that both sides sign: what one side has verified is verified when the other confirms it.
JOINT = Life(
    (
        SUBMIT,
        replace(
            WITHDRAW,
            sources=(State.SUBMITTED, State.AWAITING),
            clears=("submitted_at", "submitted_by", "verified_at", "verified_by"),
            hint=_("对方确认前可以撤回修改。"),
        ),
        replace(
            VERIFY,
            target=State.AWAITING,
            person="verified_by",
            hint=_("核实后交对方确认才算数。"),
        ),
        replace(RETURN, sources=(State.SUBMITTED,)),
        CONFIRM,
        DECLINE,
        VOID,
    ),
    (
        *_amended(State.VERIFIED, needs_lock=False, needs_both=True),
        *_amended(State.SUBMITTED, needs_lock=True),
        *_amended(State.AWAITING, needs_lock=True),
    ),
)
