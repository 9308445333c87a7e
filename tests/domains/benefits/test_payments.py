"""From approved claims to money that arrived: notice, list, the bank's return, and back."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.domains.benefits import claim_actions, notice_actions, payment_actions
from shanhai.domains.benefits.claim_rules import Step
from shanhai.domains.benefits.models import (
    BankReturn,
    Claim,
    ClawBack,
    Holiday,
    PayeeAccount,
    PaymentLine,
    PaymentList,
    Policy,
    PublicNotice,
)
from shanhai.domains.benefits.notice_documents import document_of, workbook_of
from shanhai.domains.benefits.payment_rules import Told, last_day, problems_of
from shanhai.kernel import context
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.timeline import timeline

AUGUST = "2021-08"
AUTUMN = {
    date(2021, 9, 18): True,
    date(2021, 9, 20): False,
    date(2021, 9, 21): False,
    date(2021, 9, 26): True,
}
AMOUNTS = (Decimal(1000), Decimal(500))


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2021, 9, 13), 5, date(2021, 9, 17)),
        (date(2021, 9, 16), 5, date(2021, 9, 23)),  # Saturday worked, Monday and Tuesday off
        (date(2021, 9, 18), 1, date(2021, 9, 18)),
        (date(2021, 9, 19), 1, date(2021, 9, 22)),
        (date(2021, 9, 23), 3, date(2021, 9, 26)),
    ],
)
def test_working_days_go_by_the_arranged_holidays(start: date, days: int, last: date) -> None:
    assert last_day(start, days, AUTUMN) == last


def test_a_return_says_where_what_and_how() -> None:
    sent = {"A1": Decimal("1000.00"), "A2": Decimal("500.00")}
    told = [
        Told(2, "A1", Decimal("1000.01"), "成功"),
        Told(3, "A3", Decimal(1), "失败"),
        Told(4, "A2", Decimal(500), "在途"),
    ]
    said = "\n".join(problems_of(told, sent, Decimal(1500)))
    assert "第 2 行 A1：金额 1000.01 元，应为 1000.00 元" in said
    assert "第 3 行 A3：不在本批次" in said and "“在途”读不懂" in said and "成功合计" in said
    assert not list(problems_of([Told(2, "A1", Decimal(1000), "成功")], sent, Decimal(1000)))
    twice = [Told(2, "A1", Decimal(1000), "成功"), Told(3, "A1", Decimal(1000), "成功")]
    assert "不止一行" in next(problems_of(twice, sent, Decimal(2000)))


@pytest.fixture
def way(in_force: Policy, people: Any, whose: Any, cast: Any) -> SimpleNamespace:
    """Two approved claims, accounts, the holidays of the autumn, a notice and two lists."""
    who = {**whose, "submitted_by": "x"}
    with context.unscoped("test"):
        claims = [
            Claim.objects.create(
                policy=in_force, person=person, number=f"A{place}", benefit_period=AUGUST,
                place=cast.yongxing, applied_on=date(2021, 9, 1), standing="approved", amount=amount,
                approved_by="z", subject_index=person.identity_number_index, **who,
            )
            for place, (person, amount) in enumerate(zip(people[:2], AMOUNTS, strict=True))
        ]  # fmt: skip
        for place, person in enumerate(people[:2]):
            number = f"62280000000000{place:05}"
            PayeeAccount.objects.create(person=person, bank_name="演示行", account_number=number, **who)
        for day, is_worked in AUTUMN.items():
            Holiday.objects.create(name="中秋节", day=day, is_worked=is_worked, legal_basis="演示", **who)
        notice = PublicNotice.objects.create(
            number="G1", policy=in_force, benefit_period=AUGUST, notice_from=date(2021, 9, 13),
            objections_to="县人社局办公室", **who,
        )  # fmt: skip
        lists = [
            PaymentList.objects.create(number=f"F{one}", policy=in_force, listed_on=date(2021, 9, 20), **who)
            for one in range(2)
        ]
    return SimpleNamespace(policy=in_force, claims=claims, notice=notice, lists=lists)


def fresh(row: Any) -> Any:
    with context.unscoped("test"):
        return type(row).objects.get(pk=row.pk)


def version(row: Any) -> int:
    return int(fresh(row).row_version)


def put_up(way: SimpleNamespace, actor: Any) -> PublicNotice:
    return notice_actions.post_notice(way.notice.pk, actor=actor, row_version=version(way.notice))


def test_a_notice_runs_five_working_days_and_an_objection_stops_one_claim(
    way: SimpleNamespace, as_actor: Any
) -> None:
    with as_actor("wang") as actor:
        assert put_up(way, actor).notice_to == date(2021, 9, 17)
        assert [fresh(one).standing for one in way.claims] == ["noticed", "noticed"]
        claim_actions.decide_claim(
            way.claims[0].pk,
            step=Step.OBJECT,
            reason="反映在家",
            actor=actor,
            row_version=version(way.claims[0]),
        )
        notice_actions.close_notice(way.notice.pk, actor=actor, row_version=version(way.notice))
        assert [fresh(one).standing for one in way.claims] == ["objected", "payable"]


def test_a_notice_is_not_closed_early_nor_posted_without_holidays(
    way: SimpleNamespace, as_actor: Any
) -> None:
    with context.unscoped("test"):
        PublicNotice.objects.filter(pk=way.notice.pk).update(notice_from=date(2021, 9, 23))
    with as_actor("wang") as actor:
        put_up(way, actor)
        with pytest.raises(RuleViolated, match="期满后"):
            notice_actions.close_notice(way.notice.pk, actor=actor, row_version=version(way.notice))
    with context.unscoped("test"):
        PublicNotice.objects.filter(pk=way.notice.pk).update(
            notice_from=date(2022, 9, 23), notice_to=None, standing="drafted"
        )
        Claim.objects.update(standing="approved")
    with as_actor("wang") as actor, pytest.raises(RuleViolated, match="2022 年的节假日安排"):
        put_up(way, actor)


def test_no_byte_of_a_notice_tells_a_number_of_a_person(
    way: SimpleNamespace, as_actor: Any, sign_in: Any
) -> None:
    secret = [demo_identity(area=328, born_on=date(1990, 1, 1), serial=one) for one in (1, 2)]
    secret += ["6228000000000000000", "6228000000000000001"]
    with as_actor("wang") as actor:
        put_up(way, actor)
        notice = PublicNotice.objects.select_related("owner_unit", "policy", "place").get(pk=way.notice.pk)
        files = [write_docx(document_of(notice)), workbook_of(notice)]
    page = sign_in("wang").get(f"/benefits/publicnotice/{way.notice.pk}/shown/")
    texts = [page.content.decode()]
    for content in files:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    whole = "\n".join(texts)
    assert "演示1" in whole and "1,500.00" in whole
    for number in secret:
        assert number not in whole and number[:14] not in whole and number[-12:] not in whole
    assert f"/benefits/claim/{way.claims[0].pk}/" in texts[0]  # each number opens
    client = sign_in("wang")
    for name in ("shown.docx", "shown.xlsx"):
        assert client.get(f"/benefits/publicnotice/{way.notice.pk}/{name}").content[:2] == b"PK"


def payable(way: SimpleNamespace) -> None:
    with context.unscoped("test"):
        Claim.objects.filter(policy=way.policy).update(standing="payable")


def load(one: PaymentList, actor: Any) -> payment_actions.Loaded:
    return payment_actions.load_list(one.pk, actor=actor, row_version=version(one))


def back(one: PaymentList, told: list[Told], total: Decimal, actor: Any) -> BankReturn:
    return payment_actions.take_return(
        one.pk, told=told, name="盘.csv", total=total, actor=actor, row_version=version(one)
    )


def test_paid_failed_and_left_out_and_what_failed_goes_to_a_new_list(
    way: SimpleNamespace, as_actor: Any
) -> None:
    payable(way)
    with as_actor("wang") as actor:
        loaded = load(way.lists[0], actor)
        assert (loaded.total, fresh(way.lists[0]).list_total) == (1500, 1500)
        made = back(way.lists[0], [Told(2, "A0", Decimal(1000), "失败", "账号不符")], Decimal(0), actor)
        assert (made.failed_count, made.paid_total) == (1, 0)
        assert [fresh(one).standing for one in way.claims] == ["failed", "listed"]
        with pytest.raises(RuleViolated, match="不在本批次"):
            back(way.lists[0], [Told(2, "A0", Decimal(1000), "成功")], Decimal(1000), actor)
        back(way.lists[0], [Told(2, "A1", Decimal(500), "成功")], Decimal(500), actor)
        again = load(way.lists[1], actor)
        assert [line.claim.number for line in again.lines] == ["A0"]
        back(way.lists[1], [Told(2, "A0", Decimal(1000), "成功")], Decimal(1000), actor)
        assert [fresh(one).standing for one in way.claims] == ["paid", "paid"]
        with pytest.raises(RuleViolated, match="没有可装入"):
            payment_actions.load_list(_third(way).pk, actor=actor, row_version=1)


def _third(way: SimpleNamespace) -> PaymentList:
    with context.unscoped("test"):
        row = way.lists[0]
        return PaymentList.objects.create(
            number="F9", policy=way.policy, listed_on=date(2021, 9, 21), side=row.side,
            owner_unit_id=row.owner_unit_id, state="verified",
        )  # fmt: skip


def test_the_database_refuses_a_claim_in_two_lists(way: SimpleNamespace, as_actor: Any) -> None:
    payable(way)
    with as_actor("wang") as actor:
        load(way.lists[0], actor)
        with pytest.raises(IntegrityError), transaction.atomic():
            PaymentLine.objects.create(payment_list=way.lists[1], claim=way.claims[0], amount=1)


def test_without_an_account_nothing_is_listed(way: SimpleNamespace, as_actor: Any) -> None:
    payable(way)
    with context.unscoped("test"):
        PayeeAccount.objects.filter(person=way.claims[0].person).update(state="draft")
    with as_actor("wang") as actor:
        loaded = load(way.lists[0], actor)
    assert loaded.without_account == ["A0"] and [one.claim.number for one in loaded.lines] == ["A1"]


def test_the_banks_file_is_taken_on_the_page(way: SimpleNamespace, as_actor: Any, sign_in: Any) -> None:
    payable(way)
    client = sign_in("wang")
    base = f"/benefits/paymentlist/{way.lists[0].pk}/"
    client.post(f"{base}load/", {"row_version": 1})
    shown = client.get(base).content.decode()
    assert "1,500.00" in shown and "收回盘" in shown and "6228" not in shown
    wrong = io.BytesIO(
        "编号,交易金额,交易结果,失败原因\nA0,1000.00,成功,\nA1,500.00,失败,户名不符\n".encode("gb18030")
    )
    wrong.name = "盘.csv"
    sent = {"row_version": 2, "total": "1500", "file": wrong}
    refused = client.post(f"{base}return/", sent)
    assert refused.status_code == 422 and "相差" in refused.content.decode()
    wrong.seek(0)
    client.post(f"{base}return/", {**sent, "total": "1,000.00"})
    assert [fresh(one).standing for one in way.claims] == ["paid", "failed"]


def test_what_fits_nothing_is_shown_line_by_line_and_taken_away(
    way: SimpleNamespace, as_actor: Any, sign_in: Any
) -> None:
    payable(way)
    client = sign_in("wang")
    base = f"/benefits/paymentlist/{way.lists[0].pk}/"
    client.post(f"{base}load/", {"row_version": 1})
    file = io.BytesIO("编号,交易金额,交易结果\nA0,999.99,成功\nB7,5.00,成功\n".encode())
    file.name = "盘.csv"
    shown = client.post(f"{base}return/", {"only": "check", "file": file})
    text = shown.content.decode()
    assert shown.status_code == 200 and "只核对，没有收下" in text
    for said in ("应为 1000.00 元", "不在本批次等待回盘的名单里", "文件里没有这一笔"):
        assert said in text
    assert [fresh(one).standing for one in way.claims] == ["listed", "listed"]
    lines = json.dumps([[2, "A0", "999.99", "成功", ""]], ensure_ascii=False)
    book = client.post(f"{base}leftovers.xlsx", {"lines": lines})
    sheet = zipfile.ZipFile(io.BytesIO(book.content)).read("xl/worksheets/sheet1.xml").decode()
    assert book.content[:2] == b"PK" and "999.99" in sheet
    assert client.post(f"{base}leftovers.xlsx", {"lines": "["}).status_code == 422
    body = {"lines": [{"number": "A0", "amount": "1000.00", "result": "成功"}]}
    url = f"/api/v1/benefits/paymentlist/{way.lists[0].pk}/return/check/"
    told = client.post(url, body, content_type="application/json").json()["leftovers"]
    assert [(one["number"], one["why"]) for one in told] == [("A1", "absent")]


def test_a_claw_back_is_on_the_timeline(way: SimpleNamespace, people: Any, whose: Any, as_actor: Any) -> None:
    with context.unscoped("test"):
        Claim.objects.filter(policy=way.policy).update(standing="paid")
        ClawBack.objects.create(
            claim=way.claims[0], amount=200, found_on=date(2021, 9, 23), cause="已返乡", **whose
        )
    with as_actor("wang") as actor:
        told = [one.text for one in timeline(people[0], actor) if one.key == "benefits.clawback"]
    assert told == ["追回“交通补贴” 2021-08 200.00 元（已返乡）：待追回"]


def test_what_was_paid_too_much_is_claimed_back(
    way: SimpleNamespace, people: Any, as_actor: Any, sign_in: Any
) -> None:
    with context.unscoped("test"):
        Claim.objects.filter(policy=way.policy).update(standing="paid")
        people[1].employment_spells.update(destination="county")
    client = sign_in("wang")
    text = client.get(f"/benefits/policy/{way.policy.pk}/paying/?period={AUGUST}").content.decode()
    assert "应追回" in text and "按现有记录不再享受" in text
    digest = text.rsplit('name="digest" value="', 1)[1][:64]
    client.post(f"/benefits/policy/{way.policy.pk}/back/", {"period": AUGUST, "digest": digest})
    with as_actor("wang") as actor:
        row = ClawBack.objects.get()
        assert (row.claim_id, row.amount, row.standing) == (way.claims[1].pk, 500, "due")
        settled = payment_actions.settle_claw_back(
            row.pk, standing=ClawBack.Standing.RECOVERED, note="凭证 3 号", actor=actor, row_version=1
        )
        assert settled.standing == "recovered"
        row.claim, row.amount = Claim.objects.get(pk=way.claims[0].pk), Decimal(1001)
        problems = registry.get("benefits.clawback").validate(row, None)
        assert "不能超过" in str(problems["amount"][0])


OPS = st.lists(
    st.tuples(
        st.sampled_from(("load", "unload", "return", "wrong")),
        st.integers(0, 1),
        st.tuples(*[st.sampled_from(("成功", "失败", None))] * 2),
    ),
    max_size=9,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ops=OPS)
def test_no_sequence_pays_twice_or_too_much_or_loses_a_cent(
    way: SimpleNamespace, as_actor: Any, ops: list[Any]
) -> None:
    with as_actor("wang") as actor, transaction.atomic():
        Claim.objects.filter(policy=way.policy).update(standing="payable")
        for op, which, results in ops:
            try:
                with transaction.atomic():
                    _do(op, way.lists[which], results, actor)
            except RuleViolated:
                pass
            _hold(way)
        transaction.set_rollback(True)


def _do(op: str, one: PaymentList, results: Any, actor: Any) -> None:
    if op == "load":
        load(one, actor)
    elif op == "unload":
        payment_actions.unload_list(
            one.pk, actor=actor, row_version=PaymentList.objects.get(pk=one.pk).row_version
        )
    else:
        told = [
            Told(place + 2, f"A{place}", AMOUNTS[place] + (Decimal("0.01") if op == "wrong" else 0), result)
            for place, result in enumerate(results)
            if result
        ]
        back(one, told, sum((line.amount for line in told if line.is_paid), Decimal(0)), actor)


def _hold(way: SimpleNamespace) -> None:
    """What must be true whatever was done."""
    for claim in Claim.objects.filter(policy=way.policy):
        lines = list(PaymentLine.objects.filter(claim=claim))
        paid = [line for line in lines if line.result == "paid"]
        waiting = [line for line in lines if line.result == "waiting"]
        assert len(paid) + len(waiting) <= 1
        assert sum(line.amount for line in paid) <= claim.amount
        assert (claim.standing == "paid") is bool(paid) and (claim.standing == "listed") is bool(waiting)
    for one in PaymentList.objects.filter(policy=way.policy):
        lines = list(PaymentLine.objects.filter(payment_list=one).exclude(result="dropped"))
        assert one.list_total == sum(line.amount for line in lines) and one.claim_count == len(lines)
        told = sum(made.paid_total for made in BankReturn.objects.filter(payment_list=one))
        assert told == sum(line.amount for line in lines if line.result == "paid")
