"""What documents say about labour figures, as dated rows: the grouping of destinations and the thresholds."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import DecimalField
from shanhai.kernel.walls.kinds import Public, Wall


class Destination(models.TextChoices):
    """Where a worker is employed, seen from the western county."""

    COUNTY = "county", _("县内")
    PROVINCE = "province", _("省内县外")
    PAIRED_CITY = "paired_city", _("东部结对市")
    PAIRED_PROVINCE = "paired_province", _("东部结对省其他市")
    ELSEWHERE = "elsewhere", _("其他省")


class OfficialGroup(models.TextChoices):
    """The three destinations of official notices, whose numbers sum to the total."""

    EAST = "east", _("东部结对省")
    NEARBY = "nearby", _("西部省内就近")
    OTHER = "other", _("其他地区")


class DestinationGroup(DatedRule):
    """Which official group a destination counts in, and from when."""

    destination = models.CharField(_("就业地"), max_length=15, choices=Destination.choices)
    group = models.CharField(_("归类"), max_length=6, choices=OfficialGroup.choices)

    WALL: ClassVar[Wall] = Public("groups of a policy, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("就业地归类")
        ordering: ClassVar = ["destination", "valid_from"]
        constraints: ClassVar = [one_at_a_time("labour_destinationgroup_destination_days", "destination")]

    def __str__(self) -> str:
        return f"{self.get_destination_display()} → {self.get_group_display()}"


class Threshold(DatedRule):
    """A number some document or practice sets for labour rules."""

    class Code(models.TextChoices):
        STABLE_MONTHS = "stable_months", _("稳定就业至少月数")
        HIGH_WAGE = "high_wage", _("月工资核对线（元）")
        LOW_WAGE = "low_wage", _("月工资最低可信数（元）")
        CONTACT_DAYS = "contact_days", _("多少天没有联系列入核查")
        LEAST_AGE = "least_age", _("最低就业年龄（周岁）")
        WORK_AGE_UNTIL = "work_age_until", _("劳动年龄上限（周岁，不含）")
        WARN_IDLE_DAYS = "warn_idle_days", _("离岗多少天没有再就业预警")
        WARN_HOME_DAYS = "warn_home_days", _("返乡多少天没有再就业预警")
        WARN_UNPAID_MONTHS = "warn_unpaid_months", _("连续几个月没有工资预警")
        WARN_TROUBLE_DAYS = "warn_trouble_days", _("诉求逾期多少天预警")
        WARN_CLUSTER = "warn_cluster", _("一家单位多少人离岗预警")
        WARN_CLUSTER_DAYS = "warn_cluster_days", _("集中离岗看多少天以内")
        WARN_ORDER_DAYS = "warn_order_days", _("停止招聘后多少天以内预警")
        WARN_RED_TIMES = "warn_red_times", _("达到预警线几倍为红色")

    code = models.CharField(_("项目"), max_length=20, choices=Code.choices)
    value = DecimalField(_("数值"), max_digits=12, decimal_places=2)

    WALL: ClassVar[Wall] = Public("thresholds of a policy, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("劳务规则数值")
        ordering: ClassVar = ["code", "valid_from"]
        constraints: ClassVar = [one_at_a_time("labour_threshold_code_days", "code")]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.value.normalize():f}"
