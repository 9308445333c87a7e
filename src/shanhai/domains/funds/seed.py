"""The demonstration year of funds: agreements, transfers, projects, payments, and a year's defects."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from shanhai.engines.values import Period, PeriodKind, split_exactly
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place
from shanhai.registers.seeding import Filed, Seeding

from . import seed_chain
from .assets import seed as assets_seed
from .models import AidAgreement, Contract, Payment, Project, Stage, TransferReceived
from .progress_seed import seed_progress
from .seed_contracts import contracts
from .step_seed import seed_steps

PROJECTS, PAYMENTS = 60, 400
#: Agreed amounts. Unit: yuan.
AGREEMENTS = (
    ("2020", "斗湄协〔2020〕1号", "36000000", date(2020, 10, 16), Side.EAST),
    ("2021", "斗湄协〔2021〕1号", "40000000", date(2021, 4, 20), Side.EAST),
    ("2021", "斗湄协〔2021〕2号", "5000000", date(2021, 7, 8), Side.WEST),
)
#: Supplements that one side has verified and the other has still to confirm: they do not count yet.
UNCONFIRMED = (
    ("2021", "斗湄协〔2021〕3号", "2000000", date(2021, 9, 8), Side.EAST),
    ("2021", "斗湄协〔2021〕4号", "1500000", date(2021, 9, 13), Side.WEST),
)
#: Agreement → (source, amount, day). 2020 came in full; 2021 is still short of what was agreed.
TRANSFERS = {
    "斗湄协〔2020〕1号": (
        ("province", "12000000", date(2020, 10, 28)),
        ("city", "10000000", date(2020, 11, 12)),
        ("district", "8000000", date(2020, 11, 26)),
        ("district", "6000000", date(2020, 12, 10)),
    ),
    "斗湄协〔2021〕1号": (
        ("province", "13000000", date(2021, 5, 11)),
        ("city", "9000000", date(2021, 5, 28)),
        ("city", "4000000", date(2021, 6, 18)),
        ("district", "6000000", date(2021, 6, 30)),
        ("district", "3500000", date(2021, 8, 12)),
    ),
    "斗湄协〔2021〕2号": (("district", "2500000", date(2021, 8, 27)),),
}
#: What eastern vouchers say otherwise: the day of one, and one that the west has not entered.
OTHER_DAY, NOT_ENTERED = "YZ-2021-003", ("YZ-2021-007", "district", "1500000", date(2021, 9, 15))
OWNERS = {
    Project.Kind.INDUSTRY: ("mt_farming", ("茶叶加工厂", "辣椒基地", "冷链仓储", "食用菌大棚", "茶园改造")),
    Project.Kind.CONSUMPTION: ("mt_industry", ("农产品展销中心", "电商服务站")),
    Project.Kind.LABOUR: ("mt_labour", ("帮扶车间", "技能培训")),
    Project.Kind.ENVIRONMENT: ("mt_coordinator", ("人居环境整治", "污水处理", "户厕改造")),
    Project.Kind.FACILITIES: ("mt_housing", ("村组道路", "村卫生室", "便民桥", "饮水管网")),
    Project.Kind.PARK: ("mt_farming", ("现代农业产业园道路", "产业园育苗中心")),
    Project.Kind.TALENT: ("mt_education", ("教师研修", "远程教室")),
}
KIND_WEIGHTS = (22, 8, 6, 9, 9, 4, 2)
#: Stage, physical progress from and to, and how much of the budget is paid about then (per cent).
STAGES_OLD = ((Stage.ACCEPTED, 100, 95), (Stage.AUDITED, 100, 97), (Stage.HANDED_OVER, 100, 100))
STAGES_NEW = (
    (Stage.POOLED, 0, 0),
    (Stage.TENDERING, 0, 20),
    (Stage.STARTED, 25, 40),
    (Stage.BUILDING, 50, 55),
    (Stage.BUILDING, 65, 70),
    (Stage.BUILDING, 80, 78),
    (Stage.COMPLETED, 100, 92),
    (Stage.COMPLETED, 100, 95),
)
BUILT = 100  # per cent
RETURNED_EVERY = 29
STARTED, YEAR_2021 = date(2020, 10, 20), date(2021, 5, 6)


@dataclass
class Work:
    """A project with the share of its budget that is paid. Unit: per cent."""

    project: Project
    approved_on: date
    paid_share: int
    payments: int = 0


@dataclass(frozen=True)
class Due:
    """One payment of a project. Unit: yuan."""

    work: Work
    step: int
    amount: Decimal
    day: date

    @property
    def kind(self) -> Payment.Kind:
        if self.step == 0:
            return Payment.Kind.ADVANCE
        is_last = self.step == self.work.payments - 1
        is_built = self.work.project.progress == BUILT
        return Payment.Kind.ACCEPTANCE if is_last and is_built else Payment.Kind.PROGRESS


def seed(ctx: Seeding) -> None:
    agreements = _agreements(ctx)
    transfers = list(_transfers(ctx, agreements))
    ctx.file(transfers)
    works = _works(ctx, agreements)
    reached = {w.project.code: (Stage(w.project.stage), w.project.progress) for w in works}
    for work in works:
        work.project.stage, work.project.progress = Stage.POOLED, Decimal(0)
    ctx.file(Filed(work.project, work.approved_on) for work in works)
    for month in Period.between(STARTED, ctx.today, PeriodKind.MONTH):
        _advance(ctx, works, reached, month)
    signed = contracts(ctx, ((work.project, work.approved_on) for work in works))
    ctx.file(_payments(ctx, works, signed))
    assets_seed.seed(ctx)
    _project_papers(ctx, works)
    approved = [(work.project, work.approved_on) for work in works]
    seed_steps(ctx, approved)
    seed_progress(ctx, approved)
    booked = [one.row for one in transfers if isinstance(one.row, TransferReceived)]
    seed_chain.seed(ctx, booked, [work.project for work in works], signed)


def _agreements(ctx: Seeding) -> dict[str, AidAgreement]:
    """One row of both sides for each document, kept by one of the coordinators, by number."""
    found: dict[str, AidAgreement] = {}
    filed = []
    partners = {Side.EAST: ctx.places["520328"], Side.WEST: ctx.places["440403"]}
    for period, number, amount, signed_on, side in (*AGREEMENTS, *UNCONFIRMED):
        unit = _coordinators(ctx)[side]
        row = AidAgreement(
            side=side,
            owner_unit=unit,
            place=unit.place,
            sharing=Sharing.JOINT,
            period=period,
            number=number,
            partner=partners[side],
            partner_unit=_coordinators(ctx)[side.other],
            amount=Decimal(amount),
            signed_on=signed_on,
            clause="财政援助资金不低于协议数",
        )
        found[number] = row
        state = State.AWAITING if number in {one[1] for one in UNCONFIRMED} else State.VERIFIED
        filed.append(Filed(row, signed_on + timedelta(days=1), state, signed_on + timedelta(days=3)))
        text = ("年度协作协议", number, f"金额 {amount} 元")
        ctx.attach(row, "agreement", f"{number}协议文本", text, signed_on)
    ctx.file(filed)
    return found


def _coordinators(ctx: Seeding) -> dict[Side, Unit]:
    return {Side.EAST: ctx.units["dm_coordinator"], Side.WEST: ctx.units["mt_coordinator"]}


def _transfers(ctx: Seeding, agreements: dict[str, AidAgreement]) -> Iterator[Filed]:
    """The same vouchers as they left the eastern treasury and reached the western one."""
    for number, transfers in TRANSFERS.items():
        year = agreements[number].period
        for level, amount, day in transfers:
            serial = sum(
                1 for one in TRANSFERS for t in TRANSFERS[one] if t[2] <= day and t[2].year == day.year
            )
            voucher = f"YZ-{year}-{serial:03}"
            for side in Side:
                yield _transfer(ctx, side, agreements[number], voucher, level=level, amount=amount, day=day)
    voucher, level, amount, day = NOT_ENTERED
    agreement = agreements["斗湄协〔2021〕2号"]
    yield _transfer(ctx, Side.EAST, agreement, voucher, level=level, amount=amount, day=day)


def _transfer(
    ctx: Seeding, side: Side, agreement: AidAgreement, voucher: str, *, level: str, amount: str, day: date
) -> Filed:
    unit = ctx.units["dm_finance" if side is Side.EAST else "mt_finance"]
    is_early = side is Side.EAST and voucher == OTHER_DAY
    row = TransferReceived(
        side=side,
        owner_unit=unit,
        place=_coordinators(ctx)[side].place,
        period=agreement.period,
        agreement=agreement,
        voucher_number=voucher,
        source_level=level,
        amount=Decimal(amount),
        received_on=day - timedelta(days=4) if is_early else day,
    )
    label = "拨付凭证" if side is Side.EAST else "到账回单"
    ctx.attach(row, "slip", f"{label}-{voucher}", (label, voucher, f"金额 {amount} 元", f"日期 {day}"), day)
    state = State.SUBMITTED if day > date(2021, 9, 1) else State.VERIFIED
    return Filed(row, day + timedelta(days=3), state)


def _works(ctx: Seeding, agreements: dict[str, AidAgreement]) -> list[Work]:
    """A third of the projects are of 2020 and done, the others of 2021 at every stage."""
    rng = ctx.random("funds", "projects")
    total = ctx.count(PROJECTS, least=12)
    old = total * 2 // 5
    budgets = (
        *_budgets(rng, Decimal("35600000"), old),
        *_budgets(rng, Decimal("37400000"), total - old),
    )
    villages = [p for p in ctx.places.values() if p.side == Side.WEST and p.level == Place.Level.VILLAGE]
    works = []
    for number, budget in enumerate(budgets):
        year = "2020" if number < old else "2021"
        agreement = agreements[f"斗湄协〔{year}〕1号"]
        stages = STAGES_OLD if number < old else STAGES_NEW
        serial = number if number < old else number - old
        work = _work(ctx, rng, agreement, serial=serial, stages=stages, village=rng.choice(villages))
        work.project.budget = budget
        works.append(work)
    _spoil(works, old)
    return works


def _budgets(rng: random.Random, total: Decimal, parts: int) -> list[Decimal]:
    """Budgets of whole thousands that sum to the total."""
    weights = [rng.randrange(40, 200) for _ in range(parts)]
    return [part * 100_000 for part in split_exactly(total / 100_000, weights)]


def _work(
    ctx: Seeding,
    rng: random.Random,
    agreement: AidAgreement,
    *,
    serial: int,
    stages: Sequence[tuple[Stage, int, int]],
    village: Place,
) -> Work:
    kind = rng.choices(list(OWNERS), KIND_WEIGHTS)[0]
    unit, names = OWNERS[kind]
    stage, progress, paid = stages[serial % len(stages)]
    is_old = stages is STAGES_OLD
    approved_on = (STARTED if is_old else YEAR_2021) + timedelta(days=rng.randrange(20))
    people = rng.randrange(120, 1600)
    name = rng.choice(names)
    project = Project(
        side=Side.WEST,
        owner_unit=ctx.units[unit],
        place=village,
        period=agreement.period,
        code=f"MT-{agreement.period}-{serial + 1:03}",
        name=f"{village.parent or ''}{village}{name}项目",
        kind=kind,
        agreement=agreement,
        content=f"新建{name}一处，配套附属设施。",
        planned_start_on=approved_on + timedelta(days=25),
        planned_end_on=date(2021, 6, 30) if is_old else date(2021, 12, 31),
        stage=stage,
        progress=Decimal(progress),
        households=people // 4,
        people=people,
        ex_poor_people=people * rng.randrange(20, 60) // 100,
    )
    return Work(project, approved_on, paid)


def _spoil(works: Sequence[Work], old: int) -> None:
    """What an inspection would find: paid ahead of the work, built and not paid."""
    building = [work for work in works[old:] if work.project.stage in {Stage.STARTED, Stage.BUILDING}]
    for work in building[:2]:
        work.paid_share = int(work.project.progress) + 30
    for work in building[-1:]:
        work.paid_share = 10


def _advance(
    ctx: Seeding, works: Sequence[Work], reached: Mapping[str, tuple[Stage, Decimal]], month: Period
) -> None:
    """At the end of each month the units write down how far their projects have come."""
    day = min(month.end, ctx.today)
    moved: dict[str, list[Project]] = {}
    for work in works:
        last = date(2021, 7, 1) if work.project.period == "2020" else ctx.today
        elapsed = Fraction((day - work.approved_on).days, (last - work.approved_on).days)
        stage, progress = _position(*reached[work.project.code], elapsed)
        if elapsed >= Fraction(1, 10) and (stage, progress) != (work.project.stage, work.project.progress):
            work.project.stage, work.project.progress = stage, progress
            moved.setdefault(work.project.owner_unit.code, []).append(work.project)
    for code in sorted(moved):
        ctx.change(moved[code], ["stage", "progress"], day, f"{month.label}项目进度")


def _position(stage: Stage, progress: Decimal, elapsed: Fraction) -> tuple[Stage, Decimal]:
    """Stage and progress when so much of the time to the last known position has passed."""
    if elapsed >= 1 or not progress:
        return stage, progress
    so_far = Decimal(int(int(progress) * elapsed) // 5 * 5)
    return (Stage.BUILDING if so_far >= 20 else Stage.STARTED), so_far  # noqa: PLR2004 -- per cent


def _payments(ctx: Seeding, works: Sequence[Work], signed: Mapping[str, Contract]) -> Iterator[Filed]:
    """Payments of each project in equal steps from its start until today; the number of all is given."""
    rng = ctx.random("funds", "payments")
    paid = [work for work in works if work.paid_share]
    total = ctx.count(PAYMENTS, least=60)
    for number in range(total):
        paid[number % len(paid)].payments += 1
    dues = []
    for work in paid:
        amount = work.project.budget * work.paid_share / BUILT
        weights = [rng.randrange(6, 14) for _ in range(work.payments)]
        for step, part in enumerate(split_exactly(amount, weights)):
            dues.append(Due(work, step, part, _paid_on(ctx, work, step)))
    dues.sort(key=lambda due: (due.day, due.work.project.code, due.step))
    for number, due in enumerate(dues, 1):
        yield _payment(ctx, due, number, signed.get(due.work.project.code))


def _paid_on(ctx: Seeding, work: Work, step: int) -> date:
    first = work.approved_on + timedelta(days=30)
    last = date(2021, 7, 20) if work.project.period == "2020" else ctx.today - timedelta(days=3)
    return first + (last - first) * (step + 1) // work.payments


def _payment(ctx: Seeding, due: Due, number: int, contract: Contract | None) -> Filed:
    project, day = due.work.project, due.day
    voucher = f"BF-{day.year}-{number:04}"
    payee = contract.payee if contract else f"湄潭演示{number % 17 + 1}号建设有限公司"
    row = Payment(
        side=project.side,
        owner_unit=project.owner_unit,
        place=project.place,
        period=Period.of(day, PeriodKind.MONTH).code,
        project=project,
        contract=contract,
        voucher_number=voucher,
        kind=due.kind,
        amount=due.amount,
        paid_on=day,
        payee=payee,
    )
    lines = ("拨付凭证", voucher, f"项目：{project.name}", f"收款：{payee}", f"金额：{due.amount:,} 元")
    ctx.attach(row, "voucher", f"拨付凭证-{voucher}", lines, day + timedelta(days=1))
    entered_on = min(day + timedelta(days=2), ctx.today)
    if entered_on > ctx.today - timedelta(days=12):
        return Filed(row, entered_on, State.SUBMITTED if number % 5 else State.DRAFT)
    if number % RETURNED_EVERY == 1:
        return Filed(row, entered_on, State.RETURNED, reason="凭证金额与填报不一致，请核对。")
    return Filed(row, entered_on)


def _project_papers(ctx: Seeding, works: Sequence[Work]) -> None:
    """Approvals, notices, photographs of the site and acceptance reports."""
    for work in works:
        project, day = work.project, work.approved_on
        ctx.attach(project, "approval", f"批复-{project.code}", ("项目批复", project.code, project.name), day)
        ctx.attach(project, "notice", f"公示-{project.code}", ("项目公示", project.code, project.name), day)
        for step in range(1, int(project.progress) // 25 + 1):
            shown = (f"现场照片 {step}", project.name, project.code)
            taken_on = min(day + timedelta(days=30 * step), ctx.today)
            ctx.attach(project, "photo", f"现场照片-{project.code}-{step}", shown, taken_on)
        if project.progress == BUILT:
            lines = ("验收报告", project.code, project.name)
            ctx.attach(
                project,
                "acceptance",
                f"验收报告-{project.code}",
                lines,
                min(day + timedelta(days=240), ctx.today),
            )
