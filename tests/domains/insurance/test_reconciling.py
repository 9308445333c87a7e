"""A hospital's month is held against ours: in total, row by row, decided; files go both ways unchanged."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.imports.conftest import book_of
from shanhai.domains.insurance import interface, reconciling
from shanhai.domains.insurance.actions import reverse_settlement, settle_visit
from shanhai.domains.insurance.models import Reconciliation, SettlementDifference
from shanhai.kernel import context
from shanhai.kernel.errors import NotVisible, RuleViolated

from .conftest import visit

SUMS = ("medfee_sumamt", "inscp_scp_amt", "fund_pay_sumamt", "psn_part_amt", "maf_pay")
yuan = st.integers(-10_000_00, 10_000_00).map(lambda fen: Decimal(fen) / 100)


@st.composite
def national(draw: Any, number: str = "S1") -> dict[str, Any]:
    """A settlement whose identities hold, with items that are not ours too."""
    items = {name: draw(yuan) for name in interface.FUND_ITEMS}
    out = {name: draw(yuan) for name in ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt")}
    own = {name: draw(yuan) for name in ("acct_pay", "acct_mulaid_pay", "psn_cash_pay")}
    hospital, fund, patient = draw(yuan), sum(items.values()), sum(own.values())
    total = fund + patient + hospital
    return {
        "setl_id": number,
        "mdtrt_id": "V1",
        "setl_time": draw(st.dates(date(2020, 1, 1), date(2029, 12, 31))),
        "insu_admdvs": "520328",
        "insutype": "390",
        "act_pay_dedc": draw(yuan),
        "medfee_sumamt": total,
        "inscp_scp_amt": total - sum(out.values()),
        "fund_pay_sumamt": fund,
        "psn_part_amt": patient,
        "hosp_part_amt": hospital,
        **items,
        **out,
        **own,
    }


@settings(max_examples=25, deadline=None)
@given(st.lists(national(), min_size=1, max_size=4), st.booleans())
def test_what_is_written_is_read_back_and_does_not_differ(rows: list[dict[str, Any]], is_csv: bool) -> None:
    known = {f"S{number}": row | {"setl_id": f"S{number}"} for number, row in enumerate(rows)}
    content = interface.written(interface.SETTLEMENTS, known.values(), "说明", is_csv=is_csv)
    found = interface.read(content, interface.SETTLEMENTS)
    assert (found.wrong, found.rows) == ([], known)
    assert interface.differences(known, found.rows) == []


@settings(max_examples=40, deadline=None)
@given(
    national(),
    st.sampled_from(["medfee_sumamt", "inscp_scp_amt", "fund_pay_sumamt", "psn_part_amt", "maf_pay"]),
)
def test_a_sum_that_is_off_by_a_fen_is_told(row: dict[str, Any], name: str) -> None:
    assert not list(interface.broken_identities(row))
    told = list(interface.broken_identities(row | {name: row[name] + Decimal("0.01")}))
    assert told and all("请核对" in one for one in told)


def test_a_wrong_file_is_told_row_by_row() -> None:
    line = {
        "setl_id": "S1",
        "mdtrt_id": "V1",
        "setl_time": "2021-08-12",
        "insu_admdvs": "520328",
        "insutype": "390",
        "medfee_sumamt": 100,
        "fulamt_ownpay_amt": 10,
        "overlmt_selfpay": 0,
        "preselfpay_amt": 0,
        "inscp_scp_amt": 90,
        "hifp_pay": 60,
        "fund_pay_sumamt": 60,
        "psn_part_amt": 40,
        "acct_pay": 0,
        "psn_cash_pay": 40,
    }
    lines = [
        line,
        line,
        line | {"setl_id": "S3", "psn_cash_pay": 41},
        line | {"setl_id": "S4", "acct_pay": "很多"},
    ]
    found = interface.read(book_of({"结算": lines}), interface.SETTLEMENTS)
    assert list(found.rows) == ["S1"]
    told = [str(one) for one in found.wrong]
    assert any("第 3 行" in one and "前面已经有一行" in one for one in told)
    assert any("第 4 行：psn_part_amt 写的是 40.00，按式应为 41.00" in one for one in told)
    assert any("第 5 行" in one and "acct_pay" in one for one in told)


@pytest.fixture
def month(example: Any, as_actor: Any) -> Reconciliation:
    """Two settlements of September, and the hospital's statement of it: one settlement of its own more."""
    other = visit(example, "ZY2", date(2021, 8, 13), date(2021, 8, 20))
    with as_actor("alice") as alice:
        settle_visit(example.visit.pk, actor=alice, row_version=1)
        second = settle_visit(other.pk, actor=alice, row_version=1)
    fund = Decimal(30_672) + second.pool + second.serious + second.assistance
    with context.unscoped("test"):
        return Reconciliation.objects.create(
            hospital=example.hospital,
            period="2021-09",
            told_count=3,
            told_fee=Decimal(84_100),
            told_fund=fund + 60,
            told_patient=84_100 - fund - 60,
            sharing="private",
            **example.east,
        )


def their_file(month: Reconciliation, **changes: Any) -> bytes:
    """Ours, with a settlement that we have not and a field that we have otherwise."""
    rows = reconciling.national(reconciling.settlements_of(month))
    third = rows["ZY1-1"] | {
        "setl_id": "ZY9-1",
        "mdtrt_id": "ZY9",
        "medfee_sumamt": Decimal(100),
        "hifp_pay": Decimal(60),
        "fund_pay_sumamt": Decimal(60),
        "psn_part_amt": Decimal(40),
        "psn_cash_pay": Decimal(40),
        "inscp_scp_amt": Decimal(100),
        **dict.fromkeys(("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt"), Decimal(0)),
        **dict.fromkeys(("hifmi_pay", "maf_pay", "act_pay_dedc"), Decimal(0)),
    }
    rows["ZY1-1"] = rows["ZY1-1"] | {"setl_time": date(2021, 9, 1), **changes}
    return interface.written(interface.SETTLEMENTS, [*rows.values(), third], "医院")


def test_the_hospitals_file_is_compared_and_every_difference_decided(
    month: Reconciliation, client_of: Any, as_actor: Any
) -> None:
    alice, url = client_of("alice"), reverse("insurance:check_reconciliation", args=[month.pk])
    assert "不符" in alice.get(url).content.decode()
    with as_actor("alice"):
        content = their_file(month)
    sent = SimpleUploadedFile("医院.xlsx", content)
    answer = alice.post(reverse("insurance:compare_file", args=[month.pk]), {"file": sent}, follow=True)
    shown = answer.content.decode()
    assert "已比对，差异 2 条。" in shown and "ZY9-1" in shown and "只有医院有" in shown
    api = f"/api/v1/insurance/reconciliation/{month.pk}/"
    told = alice.get(f"{api}check/").json()
    found = {(one["number"], one["kind"], one["field"]) for one in told["differences"]}
    assert found == {("ZY1-1", "differs", "setl_time"), ("ZY9-1", "only_there", "")}
    assert list(told["totals"][0].values()) == ["人次", "3", "2"]
    key = next(one["id"] for one in told["differences"] if one["number"] == "ZY1-1")
    form = {"difference": key, "decision": "keep", "reason": "医院系统晚一天"}
    alice.post(reverse("insurance:decide_difference", args=[month.pk]), form)
    with as_actor("alice") as actor:
        again = reconciling.compare_file(month.pk, content, actor=actor)  # what was decided stays decided
        assert {one.number: one.resolution for one in again} == {"ZY1-1": "keep", "ZY9-1": ""}
        with pytest.raises(RuleViolated, match="请写明处理理由"):
            reconciling.decide_difference(month.pk, again[1].pk, decision="keep", reason=" ", actor=actor)
    with as_actor("bob") as bob, pytest.raises(NotVisible):
        reconciling.compare_file(month.pk, content, actor=bob)
    with context.unscoped("test"):
        assert SettlementDifference.objects.filter(SettlementDifference.OPEN).count() == 1


def test_a_difference_that_a_later_file_does_not_show_is_gone(month: Reconciliation, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        reconciling.compare_file(month.pk, their_file(month), actor=alice)
        rows = interface.read(their_file(month), interface.SETTLEMENTS).rows
        rows["ZY1-1"] = {**rows["ZY1-1"], "setl_time": date(2021, 9, 20)}
        left = reconciling.compare_file(
            month.pk, interface.written(interface.SETTLEMENTS, rows.values(), "改"), actor=alice
        )
        assert [one.theirs for one in left if one.number == "ZY1-1"] == ["2021-09-20"]
        assert month.differences.exclude(gone_on=None).get().theirs == "2021-09-01"


def test_a_file_that_is_not_the_hospitals_total_is_refused(month: Reconciliation, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        mine = interface.written(
            interface.SETTLEMENTS, reconciling.national(reconciling.settlements_of(month)).values(), "本方"
        )
        with pytest.raises(RuleViolated, match="人次：文件合计 2，医院所报 3"):
            reconciling.compare_file(month.pk, mine, actor=alice)
        with pytest.raises(RuleViolated):
            reconciling.compare_file(month.pk, b"no table", actor=alice)


def test_what_was_taken_back_in_the_month_and_is_not_in_the_file_is_no_difference(
    month: Reconciliation, example: Any, as_actor: Any
) -> None:
    with as_actor("alice") as alice:
        content = their_file(month)
        third = visit(example, "ZY3", date(2021, 8, 21), date(2021, 8, 22))
        settle_visit(third.pk, actor=alice, row_version=1)
        reverse_settlement(third.pk, reason="退费", actor=alice, row_version=1)
        found = reconciling.compare_file(month.pk, content, actor=alice)
    assert {one.number for one in found} == {"ZY1-1", "ZY9-1"}


def test_our_own_month_leaves_as_a_file_that_is_right(month: Reconciliation, client_of: Any) -> None:
    alice = client_of("alice")
    for form in ("xlsx", "csv"):
        page = alice.get(reverse("insurance:check_reconciliation", args=[month.pk]), {"format": form})
        api = alice.get(f"/api/v1/insurance/reconciliation/{month.pk}/settlement-file/?format={form}")
        for content in (page.content, api.content):
            found = interface.read(BytesIO(content).getvalue(), interface.SETTLEMENTS)
            assert (found.wrong, sorted(found.rows)) == ([], ["ZY1-1", "ZY2-1"])
            assert found.rows["ZY1-1"]["insu_admdvs"] == "520328"
