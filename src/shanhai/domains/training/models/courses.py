"""Courses: the class, its roster, its days and who came, exams, certificates."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField, DecimalField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.planned import NONE_PLANNED, Planned
from shanhai.kernel.within import Within
from shanhai.registers.parties.fields import CheckCodeField
from shanhai.registers.parties.models import Body, Person

_SCORE = (MinValueValidator(0), MaxValueValidator(100))


class Course(models.TextChoices):
    """The projects courses belong to: three of Guangdong, the fourth of the text of 2023, and two more."""

    CUISINE = "cuisine", _("粤菜师傅")
    TECHNICIAN = "technician", _("广东技工")
    DOMESTIC = "domestic", _("南粤家政")
    CRAFTSMAN = "craftsman", _("乡村工匠")
    LEADER = "leader", _("致富带头人")
    ONLINE_SALES = "online_sales", _("电子商务")
    OTHER = "other", _("其他培训")


class TrainingClass(LedgerModel):
    """培训班 — a course held once, from a day to a day."""

    reference_field: ClassVar[str] = "code"
    name_field: ClassVar[str] = "name"

    code = models.CharField(_("班级编号"), max_length=20)
    name = models.CharField(_("班级名称"), max_length=80)
    course = models.CharField(_("培训项目"), max_length=12, choices=Course.choices)
    trainer = models.ForeignKey(
        Body, verbose_name=_("培训机构"), on_delete=models.PROTECT, related_name="training_classes"
    )
    site = models.CharField(_("培训地点"), max_length=80, blank=True, default="")
    opens_on = models.DateField(_("开班日期"))
    closes_on = models.DateField(_("结业日期"))
    places_offered = CountField(_("计划人数"), unit=_("人"))
    pass_score = DecimalField(
        _("合格分数"), max_digits=5, decimal_places=2, default=60, unit=_("分"), validators=_SCORE
    )
    certificate_months = models.PositiveSmallIntegerField(
        _("证书有效月数"), null=True, blank=True, help_text=_("长期有效的留空。")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("培训班")
        ordering: ClassVar = ["-opens_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="training_trainingclass_side_code_unique",
                violation_error_message=_("该方已有这个班级编号。"),
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="training_trainingclass_days_check",
                violation_error_message=_("结业日期不能早于开班日期。"),
            ),
        ]


class Trainee(LedgerModel):
    """学员 — one person on the roster of one class."""

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True

    training_class = models.ForeignKey(
        TrainingClass, verbose_name=_("培训班"), on_delete=models.PROTECT, related_name="trainees"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="trainings"
    )
    enrolled_on = models.DateField(_("报名日期"))

    WITHIN: ClassVar = (
        Within("training_class", "places_offered", _("请核对花名册，或先改计划人数。"), amount=""),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("学员")
        ordering: ClassVar = ["-enrolled_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["training_class", "person"],
                name="training_trainee_class_person_unique",
                violation_error_message=_("该人员已在这个班的花名册上。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def reference_text(self) -> str:
        return f"{self.training_class.code} {self.person.reference_text()}"

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Trainees by «class code identity number»."""
        wanted = {text: parts_of(text) for text in texts}
        classes = TrainingClass.resolve_references({code for code, _rest in wanted.values()}, planned)
        people = Person.resolve_references({rest for _code, rest in wanted.values()}, planned)
        keys = {person.pk for person in people.values()}
        rows = cls.objects.live().filter(person__in=keys, training_class__in=[c.pk for c in classes.values()])
        known = {(row.training_class_id, row.person_id): row for row in planned.joined(rows, person_id=keys)}
        found = {}
        for text, (code, rest) in wanted.items():
            if code in classes and rest in people:
                row = known.get((classes[code].pk, people[rest].pk))
                if row is not None:
                    found[text] = row
        return found


class ClassDay(LedgerModel):
    """上课日 — a day on which a class meets; the sheet people sign."""

    training_class = models.ForeignKey(
        TrainingClass, verbose_name=_("培训班"), on_delete=models.PROTECT, related_name="days"
    )
    held_on = models.DateField(_("上课日期"))
    topic = models.CharField(_("课程内容"), max_length=80)
    hours = DecimalField(_("课时"), max_digits=4, decimal_places=1, unit=_("学时"), default=8)

    class Meta:
        verbose_name = verbose_name_plural = _("上课日")
        ordering: ClassVar = ["-held_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["training_class", "held_on"],
                name="training_classday_class_held_unique",
                violation_error_message=_("该班当日已有上课日。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class} {self.held_on}"

    def reference_text(self) -> str:
        return f"{self.training_class.code} {self.held_on}"

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Days by «class code day»."""
        wanted = {text: parts_of(text) for text in texts}
        classes = TrainingClass.resolve_references({code for code, _rest in wanted.values()}, planned)
        keys = {one.pk for one in classes.values()}
        rows = cls.objects.live().filter(training_class__in=keys)
        known = {
            (row.training_class_id, str(row.held_on)): row
            for row in planned.joined(rows, training_class_id=keys)
        }
        return {
            text: known[key]
            for text, (code, rest) in wanted.items()
            if code in classes and (key := (classes[code].pk, _day(rest))) in known
        }


def parts_of(text: str) -> tuple[str, str]:
    """What stands before the first space, and the rest."""
    first, _space, rest = text.strip().partition(" ")
    return first, rest.strip()


def _day(text: str) -> str:
    try:
        return str(date.fromisoformat(text))
    except ValueError:
        return ""


class Attendance(LedgerModel):
    """签到 — a trainee was there on a day: by their own telephone, or from the paper sheet."""

    is_personal: ClassVar[bool] = True

    class Means(models.TextChoices):
        SCAN = "scan", _("扫码")
        SHEET = "sheet", _("签到表")

    trainee = models.ForeignKey(
        Trainee, verbose_name=_("学员"), on_delete=models.PROTECT, related_name="attendances"
    )
    held_on = models.DateField(_("上课日期"))
    means = models.CharField(_("签到方式"), max_length=5, choices=Means.choices, default=Means.SHEET)

    class Meta:
        verbose_name = verbose_name_plural = _("签到")
        ordering: ClassVar = ["-held_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["trainee", "held_on"],
                name="training_attendance_trainee_held_unique",
                violation_error_message=_("该学员当日已签到。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee}·{self.held_on}"


class ExamResult(LedgerModel):
    """考核成绩 — what a trainee got on a day; the best counts."""

    is_personal: ClassVar[bool] = True

    trainee = models.ForeignKey(
        Trainee, verbose_name=_("学员"), on_delete=models.PROTECT, related_name="exam_results"
    )
    examined_on = models.DateField(_("考核日期"))
    score = DecimalField(_("考核分数"), max_digits=5, decimal_places=2, unit=_("分"), validators=_SCORE)

    class Meta:
        verbose_name = verbose_name_plural = _("考核成绩")
        ordering: ClassVar = ["-examined_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["trainee", "examined_on"],
                name="training_examresult_trainee_day_unique",
                violation_error_message=_("该学员当日已有考核成绩。"),
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=100),
                name="training_examresult_score_range",
                violation_error_message=_("考核分数在 0 到 100 之间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee}·{self.examined_on}"


class Certificate(LedgerModel):
    """培训证书 — what a trainee who passed was given; strangers prove it by number and check code."""

    is_personal: ClassVar[bool] = True

    trainee = models.ForeignKey(
        Trainee, verbose_name=_("学员"), on_delete=models.PROTECT, related_name="certificates"
    )
    number = models.CharField(_("证书编号"), max_length=40)
    issued_on = models.DateField(_("发证日期"))
    valid_to = models.DateField(_("证书有效期至"), null=True, blank=True, help_text=_("长期有效的留空。"))
    revoked_on = models.DateField(_("证书撤销日期"), null=True, blank=True)
    check_code = CheckCodeField(_("校验码"))

    class Meta:
        verbose_name = verbose_name_plural = _("培训证书")
        ordering: ClassVar = ["-issued_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="training_certificate_side_number_unique",
                violation_error_message=_("该方已有这个证书编号。"),
            ),
            models.UniqueConstraint(
                fields=["trainee"],
                name="training_certificate_trainee_unique",
                condition=Q(revoked_on__isnull=True) & ~Q(state="voided"),
                violation_error_message=_("该学员已有一张没有撤销的证书。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("issued_on")),
                name="training_certificate_days_check",
                violation_error_message=_("有效期不能早于发证日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee}·{self.number}"
