"""A register of workers as towns send it: twenty columns, two of them sealed."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.walls.kinds import Public, Wall
from shanhai.registers.parties.fields import IdentityNumberField, PhoneField


class Worker(LedgerModel):
    """One worker; `place` is the household registration."""

    class Sex(models.TextChoices):
        MALE = "male", "男"
        FEMALE = "female", "女"

    class Category(models.TextChoices):
        ORDINARY = "ordinary", "一般农户"
        OUT_OF_POVERTY = "out_of_poverty", "脱贫人口"
        MONITORED = "monitored", "监测对象"

    class Education(models.TextChoices):
        PRIMARY = "primary", "小学及以下"
        JUNIOR = "junior", "初中"
        SENIOR = "senior", "高中（中专）"
        COLLEGE = "college", "大专及以上"

    class Wish(models.TextChoices):
        EAST = "east", "东部务工"
        PROVINCE = "province", "省内务工"
        COUNTY = "county", "县内就业"

    identity_number = IdentityNumberField("身份证号")
    name = models.CharField("姓名", max_length=40)
    sex = models.CharField("性别", max_length=6, choices=Sex.choices)
    ethnicity = models.CharField("民族", max_length=20)
    phone = PhoneField("联系电话", blank=True)
    household = models.CharField("户编号", max_length=20, blank=True, default="")
    category = models.CharField("人员类别", max_length=14, choices=Category.choices)
    is_relocated = models.BooleanField("易地搬迁", default=False)
    education = models.CharField("文化程度", max_length=8, choices=Education.choices, blank=True, default="")
    skill = models.CharField("技能", max_length=40, blank=True, default="")
    wish = models.CharField("就业意愿", max_length=8, choices=Wish.choices, blank=True, default="")
    left_on = models.DateField("外出日期")
    returned_on = models.DateField("返乡日期", null=True, blank=True)
    employer = models.CharField("用工单位", max_length=80, blank=True, default="")
    city = models.CharField("务工城市", max_length=40, blank=True, default="")
    post = models.CharField("工种", max_length=40, blank=True, default="")
    wage = MoneyField("月工资", null=True, blank=True)
    is_insured = models.BooleanField("参保", default=False)
    note = models.CharField("备注", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "基准务工人员"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identity_number_index", "side"],
                name="people_worker_unique",
                violation_error_message="该方已登记过这个身份证号。",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("left_on")),
                name="people_worker_dates",
                violation_error_message="返乡日期不能早于外出日期。",
            ),
        ]


class PlainRate(models.Model):
    """Of the settlement benchmark: what its service looks up for every claim."""

    hospital_level = models.SmallIntegerField(unique=True)

    WALL: ClassVar[Wall] = Public("figures of a benchmark, nobody's")
    objects: ClassVar[models.Manager[Any]] = models.Manager()


class PlainYear(models.Model):
    """Of the settlement benchmark: a person's year, locked for every claim. Unit: fen."""

    person = models.IntegerField()
    year = models.SmallIntegerField()
    counted = models.JSONField(default=list)
    paid = models.JSONField(default=list)
    claims = models.IntegerField(default=0)

    WALL: ClassVar[Wall] = Public("figures of a benchmark, nobody's")
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "year"], name="people_year_unique")
        ]


class PlainClaim(models.Model):
    """Of the settlement benchmark: a bill and what was paid of it. Unit: fen."""

    total = models.BigIntegerField()
    own_pay = models.BigIntegerField()
    over_price = models.BigIntegerField()
    pre_pay = models.BigIntegerField()
    paid = models.JSONField(default=list)
    patient = models.BigIntegerField(default=0)

    WALL: ClassVar[Wall] = Public("figures of a benchmark, nobody's")
    objects: ClassVar[models.Manager[Any]] = models.Manager()
