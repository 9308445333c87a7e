"""Files of banks and treasuries are read without losing a line and held against the books."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.funds import statements
from shanhai.domains.funds.models import TransferReceived
from shanhai.domains.funds.statements import line_of, read_mt940
from shanhai.kernel import context

TEXT = """{1:F01BANK}
:20:STMT210630
:25:6228480000000000
:28C:00001/001
:60F:C210601CNY1000,00
:61:2106030603C400,00NTRFYZ-2021-001//B1
:86:东西部协作
 财政援助
:61:210605D150,5NTRFBF-2021-0001
:61:210606RC1,00NMSC退回
:62F:C210630CNY1248,50
-}"""


def test_a_statement_is_read_with_its_balances() -> None:
    found = read_mt940(TEXT)
    told = [(one.row, one.day, one.amount, one.reference, one.text) for one in found.lines]
    assert told == [
        (6, date(2021, 6, 3), Decimal("400.00"), "YZ-2021-001", "东西部协作 财政援助"),
        (9, date(2021, 6, 5), Decimal("-150.50"), "BF-2021-0001", ""),
        (10, date(2021, 6, 6), Decimal("-1.00"), "退回", ""),
    ]
    assert (found.opening, found.closing, list(found.problems)) == (Decimal(1000), Decimal("1248.50"), [])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1248,50", "1248,51", "与期末 1248.51 元相差 0.01 元，文件可能缺行。"),
        ("D150,5", "X150,5", "第 9 行 :61:210605X150,5NTRFBF-2021-0001 读不懂"),
        ("C210630CNY1248,50", "1248.50", "第 11 行 :62F:1248.50 余额读不懂。"),
        (":28C:", ":99Z:", "第 4 行 :99Z: 不认识，没有读入。"),
    ],
)
def test_what_cannot_be_read_or_does_not_add_up_is_told(old: str, new: str, told: str) -> None:
    assert any(told in one for one in read_mt940(TEXT.replace(old, new)).problems)


@given(st.lists(st.tuples(st.integers(1, 10**9), st.booleans()), min_size=1, max_size=20))
def test_every_entry_of_a_text_is_read_or_told(entries: list[tuple[int, bool]]) -> None:
    lines = [f":61:210603{'C' if is_in else 'D'}{cents // 100},{cents % 100:02}NTRFX{n}"
             for n, (cents, is_in) in enumerate(entries)]  # fmt: skip
    total = sum(cents if is_in else -cents for cents, is_in in entries)
    closing = f"{'C' if total >= 0 else 'D'}210630CNY{abs(total) // 100},{abs(total) % 100:02}"
    text = "\n".join([":60F:C210601CNY0,00", *lines, f":62F:{closing}"])
    found = read_mt940(text)
    assert found.total * 100 == total
    assert len(found.lines) == len(entries)
    assert not found.problems


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"credit": Decimal(5)}, Decimal(5)),
        ({"debit": Decimal(5)}, Decimal(-5)),
        ({"amount": Decimal(5), "sign": "借"}, Decimal(-5)),
        ({"amount": Decimal(5), "sign": "贷"}, Decimal(5)),
        ({"amount": Decimal(-5)}, Decimal(-5)),
        ({"amount": Decimal(5), "sign": "？"}, "第 3 行借贷标志读不懂，没有读入。"),
        ({"credit": Decimal(1), "debit": Decimal(1)}, "第 3 行收入和支出都有金额，没有读入。"),
        ({}, "第 3 行没有金额，没有读入。"),
    ],
)
def test_common_forms_of_tables_are_read(values: dict[str, Any], told: Any) -> None:
    found = line_of(3, {"day": date(2021, 6, 3), **values})
    assert (found if isinstance(found, str) else found.amount) == told


def test_a_text_without_such_tags_is_no_statement() -> None:
    assert not statements.is_mt940("交易日期,收入")


def upload(text: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("流水.txt", text.encode())}


def test_a_file_is_held_against_the_books_and_leftovers_of_both_are_shown(cast: Any, sign_in: Any) -> None:
    with context.unscoped("test"):
        for voucher, amount, day in (("YZ2021001", "400", 3), ("YZ-2021-009", "88", 20)):
            TransferReceived.objects.create(
                side="west",
                owner_unit=cast.mt_coordinator,
                state="verified",
                period="2021",
                voucher_number=voucher,
                source_level="city",
                amount=Decimal(amount),
                received_on=date(2021, 6, day),
            )
    text = TEXT.replace("C210606RC1,00", "").replace(":61:210605D", ":61:210628D")
    browser = sign_in("wang")
    page = browser.post("/funds/statement/check/", upload(text)).content.decode()
    assert "对上 1 笔，没有对上 3 笔。" in page
    assert "台账有，流水没有" in page
    answer = browser.post("/api/v1/funds/statement/", upload(text)).json()
    assert sorted(one["fit"] for one in answer["matches"]) == [
        "equal",
        "only_received",
        "only_received",
        "only_sent",
    ]
    table = "交易日期,收入,支出,凭证号,摘要\n2021-06-04,400.00,,YZ2021001,援助\n,5,,,\n"
    page = browser.post("/funds/statement/check/", upload(table)).content.decode()
    assert "对上 1 笔，没有对上 0 笔。" in page
    assert "第 3 行没有日期，没有读入。" in page
    assert browser.post("/funds/statement/check/", upload("甲乙丙")).status_code == 422
    xlsx = browser.post("/funds/statement/check/", {**upload(table), "format": "xlsx"})
    assert "流水核对" in xlsx.headers["Content-Disposition"] or xlsx.status_code == 200
