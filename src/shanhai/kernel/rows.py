"""The base of every ledger row, and the query set that applies the scope."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from . import context
from .by_number import Asked
from .errors import ScopeMissing
from .fields import PeriodField
from .history import known
from .leads import Leads
from .permissions import Verb
from .planned import NONE_PLANNED, Planned
from .scope import REPORTED_STATES, Actor, Sharing, Side, nothing, visible_rows
from .within import Within
from .workflow import State


class Recorded(models.Model):
    """A table whose every write is kept in history: `database.protect` puts the triggers on it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    #: Columns that history leaves out: bookkeeping, secrets that never change.
    HISTORY_OMITS: ClassVar[tuple[str, ...]] = ()
    #: Columns of which history tells only that they changed, such as password hashes.
    HISTORY_DIGESTS: ClassVar[tuple[str, ...]] = ()
    #: Whether a past day shows rows as they were. Trees, users and rights are always those of today.
    HISTORY_IS_SHOWN: ClassVar[bool] = True
    #: Whether rows are records themselves: the application may add to them and can change none.
    IS_APPENDED_ONLY: ClassVar[bool] = False

    class Meta:
        abstract = True


class LedgerQuerySet[M: models.Model](models.QuerySet[M, M]):
    """Rows of one ledger. Leaves the default manager already limited to what the actor may view."""

    def visible_to(self, actor: Actor, verb: Verb = Verb.VIEW) -> Self:
        return self.filter(visible_rows(actor, verb, self.model._meta.label_lower))

    def reported(self) -> Self:
        return self.filter(state__in=REPORTED_STATES)

    def live(self) -> Self:
        return self.exclude(state=State.VOIDED)


class LedgerManager[M: models.Model](models.Manager.from_queryset(LedgerQuerySet)):  # type: ignore[misc]
    """Fails closed: outside `context.acting` and `context.unscoped` a query raises."""

    def get_queryset(self) -> LedgerQuerySet[M]:
        rows: LedgerQuerySet[M] = super().get_queryset()
        current = context.current()
        if current is None:
            raise ScopeMissing(self.model._meta.label)
        if current.is_unscoped:
            return rows
        if not current.actor.grants:
            return rows.filter(nothing())
        return self._visible_now_too(rows.visible_to(current.actor), current.actor)

    def _visible_now_too(self, rows: LedgerQuerySet[M], actor: Actor) -> LedgerQuerySet[M]:
        """Of the past nobody sees a row that is not theirs to see today."""
        if known.known_on() is None:
            return rows
        reached = visible_rows(actor, Verb.VIEW, self.model._meta.label_lower)
        present = known.of_present(self.model._base_manager.filter(reached))
        return rows.filter(pk__in=present.values("pk"))


class LedgerModel(Recorded):
    """A row of a ledger: whose it is, when it counts, where it stands in its life.

    Values true of the data (label, unit, source, constraint) are declared on the subclass; what is true of
    the presentation is declared on its `Ledger`.
    """

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    owner_unit = models.ForeignKey(
        settings.SHANHAI_UNIT_MODEL, verbose_name=_("填报单位"), on_delete=models.PROTECT, related_name="+"
    )
    place = models.ForeignKey(
        settings.SHANHAI_PLACE_MODEL,
        verbose_name=_("所在地"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    period = PeriodField(_("所属期"), blank=True, default="")
    state = models.CharField(
        _("状态"), max_length=9, choices=State.choices, default=State.DRAFT, editable=False
    )
    sharing = models.CharField(_("共享"), max_length=7, choices=Sharing.choices, default=Sharing.SHARED)
    row_version = models.PositiveIntegerField(_("行版本"), default=1, editable=False)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True, editable=False)
    submitted_by = models.CharField(_("提交人"), max_length=120, blank=True, default="", editable=False)
    verified_at = models.DateTimeField(_("核实时间"), null=True, blank=True, editable=False)
    return_reason = models.CharField(_("退回原因"), max_length=500, blank=True, default="", editable=False)
    import_id = models.UUIDField(_("导入批次"), null=True, blank=True, editable=False, db_index=True)
    extra = models.JSONField(_("自定义列"), default=dict, blank=True, editable=False)

    objects: ClassVar[Any] = LedgerManager()

    #: Names of the columns above, for code that treats them apart from a ledger's own fields.
    KERNEL_FIELDS: ClassVar[tuple[str, ...]] = (
        "id",
        "side",
        "owner_unit",
        "place",
        "period",
        "state",
        "sharing",
        "row_version",
        "submitted_at",
        "submitted_by",
        "verified_at",
        "return_reason",
        "import_id",
        "extra",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        if self.name_field:
            return str(getattr(self, self.name_field))
        return f"{self._meta.verbose_name} {str(self.pk)[-6:]}"

    #: Name of the text field by which people call a row (`name`), if there is one.
    name_field: ClassVar[str] = ""

    #: Fields that say who somebody is beside the name and sealed ones, see `erasing`.
    identifying: ClassVar[tuple[str, ...]] = ()

    #: How a row leads to the person and the body it is about, for accounts bound to one (`leads`).
    leads_to: ClassVar[Leads] = {}

    #: What its rows together never exceed, see `within`: the database holds it.
    WITHIN: ClassVar[tuple[Within, ...]] = ()

    @classmethod
    def ledger_key(cls) -> str:
        return cls._meta.label_lower

    #: Name of the text field by which other rows, files and the API refer to a row (`code`), if there is one.
    reference_field: ClassVar[str] = ""

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Rows referred to by `texts`: text → row. A text that names no visible row is left out."""
        name, wanted = cls.reference_field, set(texts)
        if not name:
            return {}
        rows = planned.joined(cls._default_manager.filter(**{f"{name}__in": wanted}), **{name: wanted})
        return {getattr(row, name): row for row in rows}

    @classmethod
    def may_ask_by_number(cls, asked: Asked, actor: Actor) -> bool:
        """Whether `found_by_number` is open to the reader today."""
        return False

    @classmethod
    def found_by_number(cls, texts: Iterable[str], asked: Asked, actor: Actor) -> dict[str, Any]:
        """Rows that other units keep, by whole numbers and for a purpose (ADR 0050); recorded one by one."""
        return {}

    @classmethod
    def held_by_ticket(cls, key: Any, asked: Asked, actor: Actor) -> Any:
        """The row of a ticket that was given for `found_by_number`; None where the right has ended since."""
        return None

    @classmethod
    def why_not_by_number(cls, text: str, asked: Asked, actor: Actor) -> str:
        """What to say where `found_by_number` gave nothing; "" where the reader has no such right."""
        return ""

    @classmethod
    def why_no_reference(cls, text: str) -> str:
        """A sentence when `text` could name no row of any side, whatever is stored; else "".

        What it says of a person never repeats the text.
        """
        return ""

    def reference_text(self) -> str:
        """What a file writes to refer to this row; `resolve_references` reads it back."""
        return str(getattr(self, self.reference_field)) if self.reference_field else str(self)


class JointLedgerModel(LedgerModel):
    """A row that belongs to both governments: who signed it on either side, and when (ADR 0022).

    The unit of the other side is a field of the subclass; its ledger names it as `counterpart`.
    """

    verified_by = models.CharField(_("核实人"), max_length=120, blank=True, default="", editable=False)
    confirmed_at = models.DateTimeField(_("对方确认时间"), null=True, blank=True, editable=False)
    confirmed_by = models.CharField(_("对方确认人"), max_length=120, blank=True, default="", editable=False)

    class Meta:
        abstract = True
