"""The ledgers of funds and projects."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import DecimalField, ExpressionWrapper, F
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.declare import (
    Column,
    EvidenceClass,
    Fields,
    Ledger,
    Related,
    Sharing,
    Side,
    register,
)
from shanhai.kernel.workflow import EDITABLE

from . import (
    asset_care_ledgers,  # noqa: F401  (importing registers)
    asset_ledgers,  # noqa: F401  (importing registers)
    disposal_ledgers,  # noqa: F401  (importing registers)
    distribution_ledgers,  # noqa: F401  (importing registers)
    ledgers_allotment,  # noqa: F401  (importing registers)
    ledgers_budget,  # noqa: F401  (importing registers)
    ledgers_contracts,  # noqa: F401  (importing registers)
    progress_ledgers,  # noqa: F401  (importing registers)
    screening,
    step_ledgers,  # noqa: F401  (importing registers)
)
from .models import AidAgreement, Payment, Project, Stage, StageMove, TransferReceived
from .parts import SCHEME, sum_of, year_problems

PAID = sum_of(Payment, "project", Side.WEST)
PAID_SHARE = Round(
    ExpressionWrapper(PAID * 100 / F("budget"), output_field=DecimalField(max_digits=12, decimal_places=2)),
    1,
    output_field=DecimalField(max_digits=12, decimal_places=1),
)
#: As the west received it: the east keeps the same money as it left.
ARRIVED = sum_of(TransferReceived, "agreement", Side.WEST)


@register
class AidAgreementLedger(Ledger[AidAgreement]):
    model = AidAgreement
    source = SCHEME
    columns = (
        "number",
        "period",
        "partner",
        "partner_unit",
        "amount",
        Column("arrived", label=_("已到账"), unit=_("元"), kind="money", expression=ARRIVED),
        "signed_on",
        Column("clause", is_default=False),
    )
    filters = ("amount", "signed_on")
    search = ("number", "clause")
    ordering = ("-signed_on",)
    import_key = ("number",)
    fields = ("period", "number", "partner", "partner_unit", "amount", "signed_on", "clause")
    panels = (
        Fields(),
        Related(
            "funds.transferreceived",
            "agreement",
            ("voucher_number", "side", "source_level", "amount", "received_on", "state"),
            _("到账"),
        ),
        Related("funds.project", "agreement", ("code", "name", "budget", "stage", "progress"), _("协作项目")),
    )
    period_kind = PeriodKind.YEAR
    sharing = Sharing.JOINT
    counterpart = "partner_unit"
    evidence_classes = (EvidenceClass("agreement", _("协议文本"), is_required=True),)
    menu_order = 10
    example = {
        "period": "2021",
        "number": "斗湄协〔2021〕1号",
        "amount": "40000000",
        "signed_on": "2021-04-20",
    }

    def validate(self, row: AidAgreement, previous: AidAgreement | None) -> Mapping[str, Sequence[Any]]:
        problems = year_problems(row)
        if row.signed_on > clock.today():
            problems["signed_on"] = [_("签订日期不能晚于今天。")]
        if not hasattr(row, "registered_by"):
            self.prefetch_for_validation([row])
        if row.registered_by - {row.side}:  # type: ignore[attr-defined]
            problems["number"] = [_("这份协议已由对方登记，请确认对方的那一条，不要重复登记。")]
        return problems

    def prefetch_for_validation(self, rows: Sequence[AidAgreement]) -> None:
        filed = AidAgreement.objects.reported().filter(number__in={row.number for row in rows})
        sides: dict[str, set[str]] = {}
        for number, side in filed.values_list("number", "side"):
            sides.setdefault(number, set()).add(side)
        for row in rows:
            row.registered_by = sides.get(row.number, set())  # type: ignore[attr-defined]


@register
class TransferReceivedLedger(Ledger[TransferReceived]):
    model = TransferReceived
    source = SCHEME
    columns = (
        "voucher_number",
        "period",
        "agreement",
        "source_level",
        "amount",
        "received_on",
        Column("note", is_default=False),
    )
    filters = ("source_level", "received_on", "amount", "agreement")
    search = ("voucher_number", "agreement__number", "note")
    ordering = ("-received_on",)
    import_key = ("voucher_number",)
    fields = ("period", "voucher_number", "agreement", "source_level", "amount", "received_on", "note")
    period_kind = PeriodKind.YEAR
    evidence_classes = (
        EvidenceClass("slip", _("到账回单或拨付凭证"), is_required=True),
        EvidenceClass("document", _("指标文")),
    )
    reconcile_key = ("voucher_number",)
    reconcile_fields = ("amount", "received_on")
    menu_order = 20
    example = {
        "period": "2021",
        "voucher_number": "YZ-2021-001",
        "amount": "5000000",
        "received_on": "2021-06-18",
    }

    def validate(
        self, row: TransferReceived, previous: TransferReceived | None
    ) -> Mapping[str, Sequence[Any]]:
        problems = year_problems(row)
        if row.received_on > clock.today():
            problems["received_on"] = [_("到账日期不能晚于今天。")]
        return problems


@register
class ProjectLedger(Ledger[Project]):
    model = Project
    source = SCHEME
    columns = (
        "name",
        "code",
        "kind",
        "place",
        Column("owner_unit", is_default=False),
        "stage",
        "budget",
        Column("paid", label=_("已拨付"), unit=_("元"), kind="money", expression=PAID),
        Column("paid_share", label=_("拨付率"), unit="%", kind="decimal", expression=PAID_SHARE),
        "progress",
        Column("planned_start_on", is_default=False),
        "planned_end_on",
        Column("households", is_default=False),
        Column("people", is_default=False),
        Column("ex_poor_people", is_default=False),
    )
    filters = ("kind", "stage", "budget", "progress", "planned_end_on", "agreement")
    search = ("code", "name", "content")
    ordering = ("code",)
    import_key = ("code",)
    fields = (
        "period",
        "code",
        "name",
        "kind",
        "agreement",
        "content",
        "account_code",
        "budget",
        "planned_start_on",
        "planned_end_on",
        "latitude",
        "longitude",
        "stage",
        "progress",
        "households",
        "people",
        "ex_poor_people",
    )
    panels = (
        Fields(_("项目"), ("code", "name", "kind", "agreement", "content", "account_code", "budget")),
        Fields(
            _("进度"), ("stage", "progress", "planned_start_on", "planned_end_on", "latitude", "longitude")
        ),
        Fields(_("受益"), ("households", "people", "ex_poor_people")),
        Related("funds.projectfunding", "project", ("line", "amount", "state"), _("资金来源")),
        Related(
            "funds.contract",
            "project",
            ("number", "name", "payee", "tender", "amount", "signed_on", "state"),
            _("合同"),
        ),
        Related(
            "funds.payment",
            "project",
            ("voucher_number", "kind", "amount", "paid_on", "payee", "state"),
            _("资金拨付"),
        ),
        Related(
            "funds.milestone", "project", ("name", "weight", "due_on", "done_on"), _("项目节点"), ("due_on",)
        ),
        Related("funds.benefitlink", "project", ("kind", "households", "people", "promised"), _("联农带农")),
    )
    period_kind = PeriodKind.YEAR
    evidence_classes = (
        EvidenceClass("approval", _("批复文件"), is_required=True),
        EvidenceClass("photo", _("现场照片")),
        EvidenceClass("acceptance", _("验收报告")),
        EvidenceClass("notice", _("公示材料")),
    )
    sides = (Side.WEST,)
    menu_order = 30
    example = {"period": "2021", "code": "MT-2021-001", "name": "演示村茶叶加工厂", "budget": "3000000"}

    def validate(self, row: Project, previous: Project | None) -> Mapping[str, Sequence[Any]]:
        problems = year_problems(row)
        if row.ex_poor_people > row.people:
            problems["ex_poor_people"] = [_("脱贫人口不能多于受益人数。")]
        if previous and previous.stage != row.stage and row.state in EDITABLE:
            problems["stage"] = [_("项目阶段不能直接改，请报送后在“项目流程”里办理。")]
        elif (
            previous
            and previous.stage != row.stage
            and row.stage not in self._next_stages(row, previous.stage)
        ):
            problems["stage"] = [
                _("项目不能从“%(old)s”直接到“%(new)s”。")
                % {"old": Stage(previous.stage).label, "new": Stage(row.stage).label}
            ]
        return problems

    def warn(self, row: Project) -> Mapping[str, Sequence[Any]]:
        if not hasattr(row, "neighbours"):
            self.prefetch_for_validation([row])
        found = screening.objections([row], row.neighbours)  # type: ignore[attr-defined]
        return {"name": [one.sentence for one in found]} if found else {}

    def prefetch_for_validation(self, rows: Sequence[Project]) -> None:
        moves, around = allowed_moves(), screening.neighbours(rows)
        for row in rows:
            row.allowed_moves, row.neighbours = moves, around  # type: ignore[attr-defined]

    def _next_stages(self, row: Project, stage: str) -> frozenset[str]:
        moves: Mapping[str, frozenset[str]] = getattr(row, "allowed_moves", None) or allowed_moves()
        return moves.get(stage, frozenset())


def allowed_moves() -> dict[str, frozenset[str]]:
    """Stage → stages that may follow it today."""
    moves: dict[str, set[str]] = {}
    for stage, following in StageMove.objects.in_force(clock.today()).values_list("stage", "next_stage"):
        moves.setdefault(stage, set()).add(following)
    return {stage: frozenset(following) for stage, following in moves.items()}
