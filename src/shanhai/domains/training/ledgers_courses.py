"""The ledgers of courses: classes, roster, days, attendance, exams, certificates."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shanhai.domains.labour.lines import keep_lines
from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, State, register

from .ledgers_workshops import SCHEME, Problems, own_problems
from .limits import age_problems, keep_seats, place_problems, seat_problems
from .models import Attendance, Certificate, ClassDay, ExamResult, Trainee, TrainingClass


def _counted(model: type[Any], path: str) -> Any:
    """How many rows of `model` belong to the outer row: parts of it."""
    rows = model._base_manager.filter(**{path: OuterRef("pk")}).exclude(state=State.VOIDED)
    found = rows.order_by().values(path).annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(found), 0, output_field=IntegerField())


def _present() -> Any:
    """How many of the outer day's class were there on it."""
    rows = Attendance._base_manager.filter(
        trainee__training_class=OuterRef("training_class"), held_on=OuterRef("held_on")
    )
    counted = rows.exclude(state=State.VOIDED).order_by().values("held_on").annotate(found=Count("pk"))
    return Coalesce(Subquery(counted.values("found")), 0, output_field=IntegerField())


@register
class TrainingClassLedger(Ledger[TrainingClass]):
    model = TrainingClass
    source = SCHEME
    columns = (
        "code",
        "name",
        "course",
        "trainer",
        "place",
        "opens_on",
        "closes_on",
        "places_offered",
        Column(
            "roster_size",
            label=_("花名册人数"),
            unit=_("人"),
            kind="integer",
            expression=_counted(Trainee, "training_class"),
        ),
        Column(
            "certified",
            label=_("取证人数"),
            unit=_("人"),
            kind="integer",
            expression=_counted(Certificate, "trainee__training_class"),
        ),
        Column("site", is_default=False),
        Column("pass_score", is_default=False),
        Column("certificate_months", is_default=False),
    )
    filters = ("course", "trainer", "opens_on", "closes_on")
    search = ("code", "name", "trainer__name", "site")
    ordering = ("-opens_on",)
    import_key = ("code",)
    fields = (
        "code",
        "name",
        "course",
        "trainer",
        "site",
        "opens_on",
        "closes_on",
        "places_offered",
        "pass_score",
        "certificate_months",
    )
    panels = (
        Fields(_("班级"), ("code", "name", "course", "trainer", "site", "places_offered")),
        Fields(_("起止与考核"), ("opens_on", "closes_on", "pass_score", "certificate_months")),
        Related("training.trainee", "training_class", ("person", "enrolled_on", "state"), _("花名册")),
        Related(
            "training.classday",
            "training_class",
            ("held_on", "topic", "hours", "state"),
            _("上课日"),
            order=("held_on",),
        ),
    )
    evidence_classes = (
        EvidenceClass("notice", _("开班通知")),
        EvidenceClass("roster", _("花名册")),
        EvidenceClass("photo", _("现场照片")),
    )
    menu_order = 40
    example = {
        "code": "YC2021-01",
        "name": "粤菜师傅初级班",
        "opens_on": "2021-05-10",
        "closes_on": "2021-05-21",
        "places_offered": "40",
        "pass_score": "60",
    }

    def validate(self, row: TrainingClass, previous: TrainingClass | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "trainer", _("请选择本方登记的主体。"))
        if row.closes_on < row.opens_on:
            problems["closes_on"] = [_("结业日期不能早于开班日期。")]
        if fewer := place_problems(row, previous):
            problems["places_offered"] = fewer
        return problems


@register
class TraineeLedger(Ledger[Trainee]):
    model = Trainee
    source = SCHEME
    columns = (
        "person",
        "person__identity_number",
        Column("person__place", label=_("户籍")),
        "person__category",
        "training_class",
        Column("training_class__course", label=_("培训项目")),
        "enrolled_on",
        Column(
            "days_present",
            label=_("签到天数"),
            unit=_("天"),
            kind="integer",
            expression=_counted(Attendance, "trainee"),
        ),
    )
    filters = ("training_class", "person__category", "training_class__course", "enrolled_on")
    search = ("person__name", "person__identity_number", "training_class__name", "training_class__code")
    ordering = ("-enrolled_on",)
    import_key = ("training_class", "person")
    fields = ("training_class", "person", "enrolled_on")
    panels = (
        Fields(_("学员"), ("training_class", "person", "enrolled_on")),
        Related("training.attendance", "trainee", ("held_on", "means", "state"), _("各日签到")),
        Related("training.examresult", "trainee", ("examined_on", "score", "state"), _("各次考核")),
        Related(
            "training.certificate",
            "trainee",
            ("number", "issued_on", "valid_to", "revoked_on", "state"),
            _("所获证书"),
        ),
    )
    evidence_classes = (EvidenceClass("form", _("报名表")),)
    menu_order = 45
    example = {"enrolled_on": "2021-05-06"}

    def validate(self, row: Trainee, previous: Trainee | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "person", _("请选择本方登记的人员。"))
        problems |= own_problems(row, "training_class", _("请选择本方的培训班。"))
        if row.enrolled_on > clock.today():
            problems["enrolled_on"] = [_("报名日期不能晚于今天。")]
        elif row.enrolled_on > row.training_class.closes_on:
            problems["enrolled_on"] = [_("报名日期不能晚于结业日期。")]
        if "person" not in problems and (young := age_problems(row, row.person, row.training_class.opens_on)):
            problems["person"] = young
        is_new = previous is None or previous.training_class_id != row.training_class_id
        if is_new and "training_class" not in problems and (full := seat_problems(row)):
            problems["training_class"] = full
        return problems

    def prefetch_for_validation(self, rows: Sequence[Trainee]) -> None:
        keep_lines(rows)
        keep_seats(rows)


@register
class ClassDayLedger(Ledger[ClassDay]):
    model = ClassDay
    source = SCHEME
    columns = (
        "training_class",
        "held_on",
        "topic",
        "hours",
        Column(
            "present",
            label=_("签到人数"),
            unit=_("人"),
            kind="integer",
            expression=_present(),
        ),
    )
    filters = ("training_class", "held_on")
    search = ("training_class__name", "training_class__code", "topic")
    ordering = ("-held_on",)
    import_key = ("training_class", "held_on")
    fields = ("training_class", "held_on", "topic", "hours")
    panels = (Fields(_("上课"), ("training_class", "held_on", "topic", "hours")),)
    evidence_classes = (EvidenceClass("sheet", _("签到表")), EvidenceClass("photo", _("现场照片")))
    menu_order = 50
    example = {"held_on": "2021-05-10", "topic": "食品安全与刀工", "hours": "8"}

    def validate(self, row: ClassDay, previous: ClassDay | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "training_class", _("请选择本方的培训班。"))
        if not row.training_class.opens_on <= row.held_on <= row.training_class.closes_on:
            problems["held_on"] = [_("上课日期不在开班和结业日期之内。")]
        return problems


@register
class AttendanceLedger(Ledger[Attendance]):
    model = Attendance
    source = SCHEME
    columns = (
        "trainee",
        Column("trainee__person__identity_number", label=_("身份证号")),
        Column("trainee__training_class", label=_("培训班")),
        "held_on",
        "means",
    )
    filters = ("held_on", "means", "trainee__training_class")
    search = ("trainee__person__name", "trainee__person__identity_number", "trainee__training_class__name")
    ordering = ("-id",)
    import_key = ("trainee", "held_on")
    fields = ("trainee", "held_on")
    evidence_classes = (EvidenceClass("sheet", _("签到表")),)
    menu_order = 55
    example = {"held_on": "2021-05-10"}

    def validate(self, row: Attendance, previous: Attendance | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "trainee", _("请选择本方的学员。"))
        held = row.trainee.training_class
        if not held.opens_on <= row.held_on <= held.closes_on:
            problems["held_on"] = [_("上课日期不在开班和结业日期之内。")]
        elif row.held_on > clock.today():
            problems["held_on"] = [_("还没有到上课日期。")]
        return problems


@register
class ExamResultLedger(Ledger[ExamResult]):
    model = ExamResult
    source = SCHEME
    columns = (
        "trainee",
        Column("trainee__person__identity_number", label=_("身份证号")),
        Column("trainee__training_class", label=_("培训班")),
        "examined_on",
        "score",
    )
    filters = ("examined_on", "score", "trainee__training_class")
    search = ("trainee__person__name", "trainee__person__identity_number", "trainee__training_class__name")
    ordering = ("-examined_on",)
    import_key = ("trainee", "examined_on")
    fields = ("trainee", "examined_on", "score")
    evidence_classes = (EvidenceClass("paper", _("成绩单")),)
    menu_order = 60
    example = {"examined_on": "2021-05-21", "score": "86"}

    def validate(self, row: ExamResult, previous: ExamResult | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "trainee", _("请选择本方的学员。"))
        if row.examined_on > clock.today():
            problems["examined_on"] = [_("考核日期不能晚于今天。")]
        elif row.examined_on < row.trainee.training_class.opens_on:
            problems["examined_on"] = [_("考核日期不能早于开班日期。")]
        return problems


@register
class CertificateLedger(Ledger[Certificate]):
    model = Certificate
    source = SCHEME
    columns = (
        "number",
        "trainee",
        Column("trainee__person__identity_number", label=_("身份证号")),
        Column("trainee__training_class", label=_("培训班")),
        "issued_on",
        "valid_to",
        "revoked_on",
    )
    filters = ("issued_on", "valid_to", "revoked_on", "trainee__training_class")
    search = ("number", "trainee__person__name", "trainee__person__identity_number")
    ordering = ("-issued_on",)
    import_key = ("number",)
    fields = ("number", "trainee", "issued_on", "valid_to")
    panels = (
        Fields(_("证书"), ("number", "trainee")),
        Fields(_("效力"), ("issued_on", "valid_to", "revoked_on")),
    )
    evidence_classes = (EvidenceClass("copy", _("证书复印件")),)
    menu_order = 65
    example = {
        "number": "YC2021-01-0001",
        "issued_on": "2021-05-28",
        "valid_to": "2024-05-27",
    }

    def validate(self, row: Certificate, previous: Certificate | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "trainee", _("请选择本方的学员。"))
        if row.issued_on > clock.today():
            problems["issued_on"] = [_("发证日期不能晚于今天。")]
        elif row.issued_on < row.trainee.training_class.opens_on:
            problems["issued_on"] = [_("发证日期不能早于开班日期。")]
        if row.valid_to and row.valid_to < row.issued_on:
            problems["valid_to"] = [_("有效期不能早于发证日期。")]
        return problems
