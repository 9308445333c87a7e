"""The declaration of a ledger: what is true of its presentation. What is true of the data is on the model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Expression, QuerySet

from .by_number import Purpose
from .rows import LedgerModel
from .scope import Sharing, Side
from .workflow import JOINT, PLAIN, Life, Transition

if TYPE_CHECKING:
    from shanhai.engines.values import PeriodKind

    from .scope import Actor


@dataclass(frozen=True)
class Column:
    """A column that is more than a field of the model.

    `name` may follow a relation (`worker__name`); with `expression` it is computed in the database and
    read-only.
    """

    name: str
    #: Header; required with `expression`, otherwise taken from the field.
    label: Any = ""
    unit: Any = ""
    #: Computed in the query, hence sortable and exported like a stored column.
    expression: Expression | None = None
    #: `kind` of the value when computed: text, integer, decimal, money, date, percent, boolean.
    kind: str = ""
    #: Template of one cell, for a truly special column; context: `row`, `value`, `column`.
    template: str = ""
    #: Shown in the list by default; a hidden column can be chosen by the user and is always exported by
    #: choice.
    is_default: bool = True


@dataclass(frozen=True)
class EvidenceClass:
    """A kind of paper a row may carry, such as 合同 or 工资流水."""

    code: str
    label: Any
    #: Whether a row may be verified without it.
    is_required: bool = False


@dataclass(frozen=True)
class Fields:
    """Panel: a group of fields of the row. Without names: every field not in another group."""

    title: Any = ""
    names: Sequence[str] = ()


@dataclass(frozen=True)
class Related:
    """Panel: rows of another ledger that point at this row by `field`, in `order`, newest first without."""

    ledger: str
    field: str
    columns: Sequence[str] = ()
    title: Any = ""
    order: Sequence[str] = ("-id",)


@dataclass(frozen=True)
class Template:
    """Panel with a template of the domain's own. Context: `row`, `ledger`, `actor`."""

    template: str
    title: Any = ""


Panel = Fields | Related | Template


class Ledger[M: LedgerModel]:
    """One ledger.

    Every surface (list, form, detail, import, export, API, history, docs, tests) follows from it.

    Escapes, in this order: an attribute → a `Column` or panel object → override a hook below → `pages.py`.
    """

    #: The model whose rows these are. Required. [ledger.E001]
    model: ClassVar[type[LedgerModel]]
    #: Clause of the scheme or norm the ledger rests on. Required, shown in the page head and the docs.
    #: [ledger.E002]
    source: ClassVar[str] = ""
    #: Columns of the list and of exports, in order: field names, paths over relations, or `Column`s.
    #: [ledger.E003]
    columns: ClassVar[Sequence[str | Column]] = ()
    #: Fields offered as filters, in order: field names or `Column` names. Default: those of `columns` that
    #: can be filtered.
    filters: ClassVar[Sequence[str]] = ()
    #: Text fields (paths allowed) the search box looks into; sealed fields match whole values only.
    #: [ledger.E004]
    search: ClassVar[Sequence[str]] = ()
    #: Order of the list: field names with optional leading minus. `id` is appended to make it total.
    #: [ledger.E005]
    ordering: ClassVar[Sequence[str]] = ("-id",)
    #: Fields that tell whether a line of a file is a row already there. A unique constraint must cover them.
    #: [ledger.E006]
    import_key: ClassVar[Sequence[str]] = ()
    #: Fields a form and a file carry, in order. Default: every editable field of the model. [ledger.E007]
    fields: ClassVar[Sequence[str]] = ()
    #: Fields that may be changed for many rows at once. Default: choices, dates and units among `fields`.
    #: [ledger.E007]
    bulk_fields: ClassVar[Sequence[str]] = ()
    #: Panels of the detail page. Default: one `Fields()`. [ledger.E008]
    panels: ClassVar[Sequence[Panel]] = (Fields(),)
    #: Kind of the period a row belongs to; None for rows that belong to no period (a register of stations).
    period_kind: ClassVar["PeriodKind | None"] = None
    #: Papers a row may carry; verification asks for the required ones. Default: none demanded, any may be
    #: attached.
    evidence_classes: ClassVar[Sequence[EvidenceClass]] = ()
    #: Sharing of a new row. Rows of a joint ledger count when the other side has confirmed them (ADR 0022).
    sharing: ClassVar[Sharing] = Sharing.SHARED
    #: Field of a joint ledger that names the unit of the other side which confirms; the model derives from
    #: `JointLedgerModel`. [ledger.E012]
    counterpart: ClassVar[str] = ""
    #: Which sides keep this ledger. Default: both.
    sides: ClassVar[Sequence[Side]] = (Side.EAST, Side.WEST)
    #: Fields by which a row of one side is matched to the other side's row. Empty: not reconciled.
    #: [ledger.E009]
    reconcile_key: ClassVar[Sequence[str]] = ()
    #: Fields whose differences the two sides see; nothing else of the other side's row is shown.
    #: [ledger.E009]
    reconcile_fields: ClassVar[Sequence[str]] = ()
    #: Earlier labels of fields, by their name: files made from an older template are still understood.
    #: [ledger.E010]
    former_labels: ClassVar[Mapping[str, Sequence[str]]] = {}
    #: References to people that may be named by the whole number although another unit keeps them → for what.
    #: [ledger.E013]
    asks_by_number: ClassVar[Mapping[str, Purpose]] = {}
    #: Place among the chapter's ledgers in the menu.
    menu_order: ClassVar[int] = 100
    #: Names of all fields that `validate` and `warn` look at, where they look at no reference, sealed value
    #: or `previous`: lines of a file that agree in them are judged once. Default: each by itself.
    #: [ledger.E011]
    rule_fields: ClassVar[Sequence[str]] = ()
    #: Values of the example line of the import template, by field name; the docs show them too.
    example: ClassVar[Mapping[str, str]] = {}

    def __init__(self) -> None:
        self.key = self.model._meta.label_lower
        self.app_label = self.model._meta.app_label
        self.slug = self.model._meta.model_name or ""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key}>"

    def is_kept_by(self, actor: "Actor") -> bool:
        """Whether a side the actor belongs to files this ledger; others at most read what is shared."""
        return not actor.sides.isdisjoint(self.sides)

    @property
    def is_joint(self) -> bool:
        """Whether a row belongs to both sides and is signed by both."""
        return self.sharing == Sharing.JOINT

    @property
    def life(self) -> Life:
        """The steps its rows know."""
        return JOINT if self.is_joint else PLAIN

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    def rows_with_units(self) -> "QuerySet[M]":
        """Rows in the reader's scope, with the units and the place that a decision on them looks at."""
        rows: QuerySet[M] = self.model._default_manager.select_related(*self._decisive)
        return rows

    def locked(self, visible: "QuerySet[M]") -> "QuerySet[M]":
        """The same rows locked, each still to be judged; related ones as `rows_with_units`.

        Shape: `visible` is within the reader's scope. What the reader may see and not change is locked too:
        behind the wall it would be left out without a word (ADR 0020), so it is read by the name of all rows.
        """
        rows: QuerySet[Any] = self.model._base_manager.select_related(*self._decisive)
        chosen = rows.filter(pk__in=visible.order_by().values("pk"))
        return chosen.select_for_update(of=("self",)).order_by("pk")

    @property
    def _decisive(self) -> tuple[str, ...]:
        return "owner_unit", "place", *([self.counterpart] if self.is_joint else [])

    # Hooks: override in a ledger when attributes do not reach.

    def queryset(self, rows: "QuerySet[M]") -> "QuerySet[M]":
        """Rows as the list wants them (`select_related`, annotations); never widens the scope."""
        return rows

    def initial(self, actor: "Actor") -> dict[str, Any]:
        """Values a new form starts with, beside the unit, side and period the kernel fills."""
        return {}

    def validate(self, row: M, previous: M | None) -> Mapping[str, Sequence[Any]]:
        """Rules over the values of one row: field name ("" for the row) → sentences.

        Runs for every row of a file: look things up in `prefetch_for_validation`, not here.
        """
        return {}

    def warn(self, row: M) -> Mapping[str, Sequence[Any]]:
        """Plausibility: what looks wrong but may be right; shown, never refused."""
        return {}

    def step_refusal(self, row: M, transition: Transition) -> str:
        """Why a step of row life is closed to this row by its standing in the chapter's own work; "" if not.

        Runs for every row of a bulk step: looks at the row and what it was loaded with alone.
        """
        return ""

    def offers_step(self, row: M, transition: Transition) -> bool:
        """Whether the row's page offers this open step; not where the chapter's own form takes it along."""
        return True

    def prefetch_for_validation(self, rows: Sequence[M]) -> None:
        """Load at once, for all `rows` of a file or bulk edit, what `validate` and `warn` look at."""
