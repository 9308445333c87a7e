"""Demonstration policies 演示 of the western county: drafted, verified, released; and last year's incomes."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Sharing, Side
from shanhai.registers.seeding import Filed, Seeding, morning

from .actions import release_policy
from .claim_seed import seed_claims
from .models import IncomeRecord, Policy, PolicyTerm
from .push_seed import seed_pushes
from .texts import digest_of, terms_of, text_of
from .visit_seed import seed_visits

OPENED = date(2021, 1, 12)
SINCE = date(2021, 1, 1)
RELEASED = date(2021, 2, 1)
INCOMES = 2400
DOCUMENT = "演示文件，非真实政策"
#: Of each policy: code, name, audience, length, by, times; then its terms: number, kind, fact, operator,
#: value, options, threshold, clause. Amounts are demonstration values.
type _Term = tuple[int, str, str, str, str | None, str, str | None, str]
POLICIES: tuple[tuple[tuple[str, ...], tuple[_Term, ...]], ...] = (
    (
        ("YS01", "演示：跨省务工一次性交通补贴", "worker", "year", "income", ""),
        (
            (
                1,
                "condition",
                "destination",
                "one_of",
                None,
                "东部结对市、东部结对省其他市、其他省",
                None,
                "跨省务工",
            ),
            (2, "condition", "months", "at_least", "3", "", None, "本年在岗满 3 个月"),
            (3, "condition", "wage_proof", "is", None, "", None, "有工资发放记录"),
            (4, "amount", "", "", "500", "", "10000", "上年人均纯收入 10000 元及以上的，每人每年 500 元"),
            (5, "amount", "", "", "1000", "", None, "上年人均纯收入低于 10000 元的，每人每年 1000 元"),
        ),
    ),
    (
        ("YS02", "演示：脱贫人口稳岗补助", "worker", "month", "", ""),
        (
            (1, "condition", "category", "one_of", None, "脱贫人口、监测对象", None, "脱贫人口或监测对象"),
            (2, "condition", "in_post", "is", None, "", None, "当月在岗"),
            (3, "condition", "months", "at_least", "3", "", None, "本年在岗满 3 个月"),
            (4, "condition", "contract", "is", None, "", None, "签订劳动合同，或者参加社会保险"),
            (4, "condition", "insured", "is", None, "", None, "签订劳动合同，或者参加社会保险"),
            (5, "amount", "", "", "200", "", None, "每人每月 200 元"),
            (6, "deadline", "", "", "60", "", None, "次月起 60 天内申领"),
        ),
    ),
    (
        ("YS03", "演示：吸纳脱贫劳动力就业补贴", "employer", "year", "", "ex_poor_workers"),
        (
            (
                1,
                "condition",
                "ex_poor_workers",
                "at_least",
                "3",
                "",
                None,
                "吸纳脱贫人口和监测对象 3 人及以上",
            ),
            (2, "condition", "insured_workers", "at_least", "1", "", None, "依法参加社会保险"),
            (3, "amount", "", "", "5000", "", None, "每吸纳一人 5000 元"),
            (4, "cap", "", "", "50", "", None, "每个单位每年不超过 50 人"),
        ),
    ),
    (
        ("YS04", "演示：新招用脱贫劳动力一次性补贴", "employer", "year", "", "new_ex_poor"),
        (
            (1, "condition", "new_ex_poor", "at_least", "1", "", None, "本年新招用脱贫人口和监测对象"),
            (2, "amount", "", "", "1000", "", None, "每新招用一人一次性 1000 元"),
            (3, "deadline", "", "", "90", "", None, "次年 90 天内申领"),
        ),
    ),
)


def seed(ctx: Seeding) -> None:
    policies = [_policy(ctx, told) for told, _terms in POLICIES]
    ctx.file(Filed(policy, OPENED) for policy in policies)
    for policy, (_told, terms) in zip(policies, POLICIES, strict=True):
        ctx.file(Filed(_term(policy, term), OPENED) for term in terms)
    ctx.file(_incomes(ctx))
    manager = ctx.actors["mt_coordinator", "coordinator"]
    with ctx.acting(manager, morning(RELEASED)):
        for policy in policies:
            _release(policy, manager)
    seed_claims(ctx, policies[1], policies[2])
    seed_pushes(ctx, policies[1], policies[2])
    seed_visits(ctx)


def _release(policy: Policy, manager: Any) -> None:
    assert manager.allows(Verb.MANAGE, Policy.ledger_key())  # noqa: S101 -- the demonstration's own
    stored = Policy.objects.get(pk=policy.pk)
    digest = digest_of(text_of(stored, terms_of(stored)))
    release_policy(policy.pk, digest=digest, note="演示：首次发布", actor=manager)


def _policy(ctx: Seeding, told: tuple[str, ...]) -> Policy:
    code, name, audience, length, by, times = told
    return Policy(
        **_own(ctx),
        code=code,
        name=name,
        recipients=audience,
        period_kind=length,
        amount_by=by,
        amount_times=times,
        legal_basis=DOCUMENT,
    )


def _term(policy: Policy, told: _Term) -> PolicyTerm:
    number, kind, fact, operator, value, options, threshold, clause = told
    return PolicyTerm(
        side=policy.side,
        owner_unit=policy.owner_unit,
        place=policy.place,
        policy=policy,
        number=number,
        kind=kind,
        fact=fact,
        operator=operator,
        value=None if value is None else Decimal(value),
        choices_text=options,
        threshold=None if threshold is None else Decimal(threshold),
        wording=clause,
        legal_basis=DOCUMENT,
        valid_from=SINCE,
    )


def _own(ctx: Seeding) -> dict[str, Any]:
    unit = ctx.units["mt_labour"]
    return {"side": Side.WEST, "owner_unit": unit, "place": unit.place}


def _incomes(ctx: Seeding) -> Iterator[Filed]:
    """What last year's survey found of most households of workers; of the others nobody knows yet."""
    chance = ctx.random("benefits", "incomes")
    for number, person in enumerate(ctx.people[Side.WEST][: ctx.count(INCOMES)]):
        row = IncomeRecord(
            side=person.side,
            owner_unit=person.owner_unit,
            place=person.place,
            sharing=Sharing.PRIVATE,
            person=person,
            period="2020",
            income=Decimal(chance.randrange(620_000, 1_900_000)) / 100,
            basis="演示：上年入户核算",
        )
        yield Filed(row, date(2021, 1, 18) + timedelta(days=number % 5))
