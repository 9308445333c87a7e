"""Amendments: what is to change in one row, why, who proposed it and who decided."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import PeriodField
from shanhai.kernel.permissions import Party
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import BesideRow, Wall


class Amendment(Recorded):
    """A change of one locked row. It touches the row when it is accepted, never before."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待核实")
        #: Of joint rows: verified by the side that proposes, not yet confirmed by the other.
        AWAITING = "awaiting", _("待对方确认")
        ACCEPTED = "accepted", _("已生效")
        REFUSED = "refused", _("未同意")
        WITHDRAWN = "withdrawn", _("已收回")

    OPEN: ClassVar = (State.PROPOSED, State.AWAITING)

    ledger = models.CharField(_("台账"), max_length=80)
    row_id = models.UUIDField(_("行"))
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    owner_unit = models.ForeignKey(
        settings.SHANHAI_UNIT_MODEL, verbose_name=_("填报单位"), on_delete=models.PROTECT, related_name="+"
    )
    period = PeriodField(_("所属期"), blank=True, default="")
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.PROPOSED)
    #: Columns of the row that differ, as the database writes them in JSON; sealed values stay sealed.
    before = models.JSONField(_("更正前"))
    after = models.JSONField(_("更正后"))
    reason = models.CharField(_("更正原因"), max_length=500)
    proposed_at = models.DateTimeField(_("提出时间"))
    proposed_by = models.CharField(_("提出人"), max_length=120)
    #: Who of the two sides proposes: `Party.COUNTERPART` only of a joint row.
    party = models.CharField(max_length=11, default=Party.OWN.value)
    #: Verification by the side that proposes, where the other has to confirm.
    agreed_at = models.DateTimeField(_("提出方核实时间"), null=True, blank=True)
    agreed_by = models.CharField(_("提出方核实人"), max_length=120, blank=True, default="")
    decided_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    handled_by = models.CharField(_("办理人"), max_length=120, blank=True, default="")
    decision = models.CharField(_("办理意见"), max_length=500, blank=True, default="")

    WALL: ClassVar[Wall] = BesideRow()

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("更正")
        ordering: ClassVar = ["-proposed_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["row_id", "-proposed_at"], name="kernel_amendment_row"),
            models.Index(fields=["state", "ledger", "decided_at"], name="kernel_amendment_state"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["row_id"],
                condition=Q(state__in=("proposed", "awaiting")),
                name="kernel_amendment_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {str(self.row_id)[-6:]}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def decided_by_party(self) -> Party:
        """Who verifies or confirms it: the side that proposes, then the other."""
        return Party(self.party).other if self.agreed_at else Party(self.party)

    @property
    def is_voiding(self) -> bool:
        """Whether the row is to be voided rather than changed."""
        return bool(self.after.get("state") == "voided")
