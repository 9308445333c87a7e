"""What one person asks for and another decides on: who, when, why, on either side of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .rows import Recorded


class DecidedByAnother(Recorded):
    """Asked for by one account, handled by another; a subclass says in `state` what became of it.

    Errors: that the two are not one is a constraint of each subclass, by the states it knows.
    """

    reason = models.CharField(_("理由"), max_length=200)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("申请人"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("申请时间"))
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("办理人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    decision = models.CharField(_("办理意见"), max_length=200, blank=True, default="")

    HISTORY_IS_SHOWN: ClassVar[bool] = False

    class Meta:
        abstract = True
