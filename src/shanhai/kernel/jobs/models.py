"""Jobs as their requesters see them; the queue itself belongs to Procrastinate."""

import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from shanhai.kernel.scope import Actor, Narrowing
from shanhai.kernel.sealing import installed_keyring
from shanhai.kernel.walls.kinds import OfPerson, Wall

#: What the sealed part of the arguments is bound to.
ASKED = "kernel.job.asked"


class Job(models.Model):
    """One piece of long work. Not a record of business: rows it writes carry their own history."""

    class State(models.TextChoices):
        QUEUED = "queued", _("排队")
        RUNNING = "running", _("进行中")
        DONE = "done", _("完成")
        FAILED = "failed", _("未完成")
        CANCELLED = "cancelled", _("已取消")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("种类"), max_length=40)
    label = models.CharField(_("内容"), max_length=200)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("发起人"), on_delete=models.PROTECT, related_name="+"
    )
    arguments = models.JSONField(_("参数"), default=dict)
    #: The address of a list and what else may name a person's number: JSON, sealed; "" for nothing.
    asked = models.TextField(_("封存的参数"), blank=True, default="", editable=False)
    #: Its blind index, by which the same work asked for twice is known.
    asked_index = models.CharField(max_length=32, blank=True, default="", editable=False)
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(_("已处理"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    message = models.CharField(_("说明"), max_length=1000, blank=True, default="")
    #: What came of it: `text` and `url` for the reader, `path` and `name` of a file to download.
    #: `is_of_list`: the address goes on as it was asked.
    result = models.JSONField(_("结果"), default=dict)
    #: What the requester acted through, see `scope.Narrowing`; empty for the person themselves.
    through = models.JSONField(_("经由"), default=dict, editable=False)
    #: How often it was begun: a worker that dies leaves it to the next.
    attempts = models.PositiveSmallIntegerField(_("启动次数"), default=0)
    is_cancel_requested = models.BooleanField(_("请求取消"), default=False)
    created_at = models.DateTimeField(_("提交时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    WALL: ClassVar[Wall] = OfPerson("requester", "(SELECT kernel_wall_administers())")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("后台任务")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["requester", "-id"], name="kernel_job_requester")]

    def __str__(self) -> str:
        return self.label

    @property
    def is_running(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.RUNNING}

    @property
    def opened(self) -> dict[str, Any]:
        """The sealed part of the arguments. Errors: SealingError when its key is gone."""
        return dict(json.loads(installed_keyring().open(self.asked, ASKED))) if self.asked else {}

    def actor(self) -> Actor:
        """Who the job runs as, with the rights of this moment: what was taken away meanwhile is not used."""
        actor: Actor = self.requester.actor()
        return actor.narrowed(Narrowing.read(self.through)) if self.through else actor
