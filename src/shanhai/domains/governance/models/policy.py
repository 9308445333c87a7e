"""What a year must bring at least, as dated rules."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.walls.kinds import Public, Wall


class YearlyRule(DatedRule):
    """年度要求 — how often, or within how many days."""

    class Code(models.TextChoices):
        HEAD_VISITS = "head_visits", _("党政主要负责同志每年实地互访至少（次）")
        COUNTY_MEETINGS = "county_meetings", _("县级联席会议每年至少（次）")
        SIGN_DAYS = "sign_days", _("会议纪要双方签认期限（天）")
        NOTICE_DAYS = "notice_days", _("年底前多少天开始提示（天）")

    code = models.CharField(_("年度要求事项"), max_length=15, choices=Code.choices)
    least = models.PositiveSmallIntegerField(_("要求数值"))

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("requirements of a document, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("年度要求")
        ordering: ClassVar = ["code", "valid_from"]
        constraints: ClassVar = [one_at_a_time("governance_yearlyrule_code_days", "code")]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.least}"


class SupervisionRule(DatedRule):
    """督办规则数值 — when a light turns, and what repeated reds lead to."""

    class Code(models.TextChoices):
        YELLOW_DAYS = "yellow_days", _("距期限多少天以内亮黄灯（天）")
        PLAN_SHARE = "plan_share", _("低于应达进度此比例亮黄灯（%）")
        REPLY_DAYS = "reply_days", _("督办单回复期限（天）")
        TALK_REDS = "talk_reds", _("一年内几次红灯应约谈（次）")
        SCORE_RED = "score_red", _("每次红灯扣分（分）")
        SCORE_SENT_BACK = "score_sent_back", _("每次退回重办扣分（分）")
        SCORE_ESCALATE = "score_escalate", _("每次升级督办扣分（分）")
        SCORE_TALK = "score_talk", _("每次约谈扣分（分）")
        SCORE_PROBLEM = "score_problem", _("督查每发现一个问题扣分（分）")
        SCORE_PRAISE = "score_praise", _("每次表扬加分（分）")

    code = models.CharField(_("督办规则事项"), max_length=15, choices=Code.choices)
    value = models.PositiveSmallIntegerField(_("规则数值"))

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("lights of a practice, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("督办规则数值")
        ordering: ClassVar = ["code", "valid_from"]
        constraints: ClassVar = [one_at_a_time("governance_supervisionrule_code_days", "code")]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.value}"
