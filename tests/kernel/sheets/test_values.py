import datetime
from decimal import Decimal

import pytest

from kernel.sheets.examples import DESTINATION, IDENTITY, NAME, SKILLS, WAGE
from shanhai.engines.values import Period
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.problems import CellProblem
from shanhai.kernel.sheets.values import format_value, parse_cell

PEOPLE = SheetColumn("people", "人数", Kind.INTEGER, unit="人", minimum=0, maximum=100_000)
FUND = SheetColumn("fund", "资金", Kind.MONEY, unit="万元")
SHARE = SheetColumn("share", "占比", Kind.DECIMAL, unit="%", decimals=1)
DAY = SheetColumn("day", "日期", Kind.DATE)
QUARTER = SheetColumn("quarter", "所属期", Kind.PERIOD)
POOR = SheetColumn("poor", "脱贫户", Kind.BOOLEAN)
TRADES = SheetColumn("trades", "技能", Kind.MULTI_CHOICE, choices=SKILLS)
DIVISION = SheetColumn("division", "区划代码", Kind.CODE, length=6)
VILLAGE = SheetColumn("village", "所在村", Kind.REFERENCE)
REMARK = SheetColumn("remark", "备注", Kind.LONG_TEXT)


def problem(column: SheetColumn, raw: object) -> CellProblem:
    found = parse_cell(column, raw)  # type: ignore[arg-type]
    assert isinstance(found, CellProblem), found
    return found


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (12, 12),
        (12.0, 12),
        ("12", 12),
        (" 1,234 ", 1234),
        ("１２３４", 1234),
        ("1，234", 1234),
        ("1 234", 1234),
        ("3万", 30_000),
        ("1.5万", 15_000),
        ("30人", 30),
        ("0.3万人", 3_000),
        ("12.0", 12),
        (-0.0, 0),
    ],
)
def test_whole_numbers_are_read_as_people_write_them(raw: object, value: int) -> None:
    assert parse_cell(PEOPLE, raw) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (12.5, "decimals"),
        ("12.5", "decimals"),
        ("三十", "not_a_number"),
        ("约30", "not_a_number"),
        ("30户", "unit"),
        ("1,23", "not_a_number"),
        ("1.2E+05", "scientific"),
        ("—", "not_a_number"),
        (True, "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        (1e300, "rounded"),
        (10**400, "too_large"),
        ("9" * 5000, "too_large"),
        (-1, "too_small"),
        (100_001, "too_great"),
        (datetime.date(2021, 1, 1), "became_date"),
        ("#DIV/0!", "formula_error"),
    ],
)
def test_what_is_no_whole_number_is_refused_with_its_reason(raw: object, code: str) -> None:
    assert problem(PEOPLE, raw).code == code


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (0.1 + 0.2, "0.30"),
        (4500, "4500.00"),
        (4500.5, "4500.50"),
        (1.1 * 3, "3.30"),
        ("¥4,500.50", "4500.50"),
        ("￥４５００", "4500.00"),
        ("4500元", "4500.00"),
        ("0.45万元", "4500.00"),
        ("1.5亿", "150000000.00"),
        ("−12.50", "-12.50"),
        (".5", "0.50"),
        ("1.500", "1.50"),
    ],
)
def test_amounts_are_exact(raw: object, value: str) -> None:
    wage = SheetColumn("wage", "月工资", Kind.MONEY, unit="元")
    amount = parse_cell(wage, raw)  # type: ignore[arg-type]
    assert str(amount) == value


def test_an_amount_with_parts_of_a_cent_is_refused_and_not_rounded() -> None:
    assert "12.345" in problem(WAGE, 12.345).message
    assert problem(WAGE, "12.345").code == "decimals"
    assert problem(WAGE, "0." + "0" * 40 + "1").code == "too_large"


def test_a_scale_written_into_a_column_of_that_scale_is_refused() -> None:
    assert problem(FUND, "3万").code == "unit"
    assert problem(FUND, "30000元").code == "unit"
    assert parse_cell(FUND, "3万元") == Decimal("3.00")
    assert parse_cell(SHARE, "12.5％") == Decimal("12.5")


@pytest.mark.parametrize(
    "raw",
    [
        datetime.date(2021, 3, 2),
        datetime.datetime(2021, 3, 2, 8, 30),  # noqa: DTZ001 - cells have no zone
        44257,
        44257.5,
        "44257",
        20210302,
        20210302.0,
        "20210302",
        "2021-03-02",
        "2021-3-2",
        "2021.3.2",
        "2021/3/2",
        "2021年3月2日",
        "２０２１年３月２日",
        "2021 年 3 月 2 日",
        "2021/3/2 0:00:00",
        "2021-03-02T08:30:00",
    ],
)
def test_days_are_read_as_people_and_excel_write_them(raw: object) -> None:
    assert parse_cell(DAY, raw) == datetime.date(2021, 3, 2)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2021/13/01", "not_a_date"),
        ("2021-02-30", "not_a_date"),
        ("2021年3月", "no_day"),
        ("2021.3", "no_day"),
        (2021, "no_day"),
        ("202103", "no_day"),
        ("21.3.2", "short_year"),
        ("3/2/2021", "year_last"),
        ("去年", "not_a_date"),
        (datetime.date(1899, 12, 31), "out_of_range"),
        (True, "not_a_date"),
        (1e300, "not_a_date"),
        (float("nan"), "not_a_date"),
        (-5, "not_a_date"),
    ],
)
def test_what_could_be_two_days_or_none_is_refused(raw: object, code: str) -> None:
    found = problem(DAY, raw)
    assert found.code == code
    assert "2021-03-02" in found.message or code == "out_of_range"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2021Q3", "2021Q3"),
        ("2021年三季度", "2021Q3"),
        ("2021年第三季度", "2021Q3"),
        ("2021年第3季度", "2021Q3"),
        ("2021年3季度", "2021Q3"),
        ("2021三季度", "2021Q3"),
        ("2021-09", "2021-09"),
        ("2021.9", "2021-09"),
        ("2021/09", "2021-09"),
        ("2021年9月", "2021-09"),
        ("２０２１年９月份", "2021-09"),
        ("202109", "2021-09"),
        (202109, "2021-09"),
        (2021.9, "2021-09"),
        (2021.12, "2021-12"),
        (datetime.date(2021, 9, 1), "2021-09"),
        (44440, "2021-09"),
        ("2021", "2021"),
        ("2021年", "2021"),
        ("2021年度", "2021"),
        (2021, "2021"),
    ],
)
def test_periods_are_read_as_people_and_excel_write_them(raw: object, code: str) -> None:
    assert parse_cell(QUARTER, raw) == Period.parse(code)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (2021.1, "ambiguous"),
        (datetime.date(2021, 9, 15), "too_precise"),
        ("2021Q5", "not_a_period"),
        ("2021年13月", "not_a_period"),
        ("本季度", "not_a_period"),
        (True, "not_a_period"),
        (1e300, "not_a_period"),
    ],
)
def test_what_is_no_period_is_refused(raw: object, code: str) -> None:
    assert problem(QUARTER, raw).code == code


def test_yes_and_no_have_many_signs() -> None:
    assert all(parse_cell(POOR, raw) is True for raw in ("是", "√", "1", 1, 1.0, "有", True, "Ｙ", " 是 "))
    assert all(parse_cell(POOR, raw) is False for raw in ("否", "×", "0", 0, 0.0, "无", False, "N"))
    assert problem(POOR, "也许").code == "not_a_boolean"


def test_a_choice_is_found_by_label_or_code_in_any_width() -> None:
    assert parse_cell(DESTINATION, " 县 内") == "in_county"
    assert parse_cell(DESTINATION, "IN_COUNTY") == "in_county"
    graded = SheetColumn("grade", "等级", Kind.CHOICE, choices=(("1", "A级"), ("2", "B级")))
    assert parse_cell(graded, "Ａ级") == "1"
    assert parse_cell(graded, 2.0) == "2"


def test_a_wrong_choice_is_answered_with_the_nearest_one_or_the_list() -> None:
    assert problem(DESTINATION, "东部结对城市").message.endswith("您是不是要填：东部结对市？")
    assert problem(DESTINATION, "结对市").message.endswith("您是不是要填：东部结对市？")
    assert "县内、省内县外、东部结对市、其他省" in problem(DESTINATION, "火星").message


def test_several_choices_are_one_value_however_they_are_ticked() -> None:
    assert parse_cell(TRADES, "焊接；缝纫") == parse_cell(TRADES, "缝纫、焊接、 缝纫") == ("sew", "weld")
    assert problem(TRADES, "缝纫、飞行").code == "not_a_choice"


def test_an_identity_number_stays_text_with_a_capital_x() -> None:
    assert parse_cell(IDENTITY, "99999919920202123x") == "99999919920202123X"
    assert parse_cell(IDENTITY, "９９９９９９１９９２０２０２１２３Ｘ") == "99999919920202123X"
    assert parse_cell(IDENTITY, "999999 19920202 123X") == "99999919920202123X"
    assert parse_cell(IDENTITY, 999999900101123) == "999999900101123"


@pytest.mark.parametrize(
    "raw", [999999199001011234, 9.99999199001011e17, "9.99999E+17", "9.99999199001011Ｅ＋17"]
)
def test_an_identity_number_that_excel_has_rounded_is_refused_with_the_remedy(raw: object) -> None:
    found = problem(IDENTITY, raw)
    assert found.code == "rounded"
    assert "文本" in found.message


def test_a_masked_identity_number_is_never_imported() -> None:
    assert problem(IDENTITY, "999999********1234").code == "masked"


def test_a_code_that_lost_its_zeros_is_told_with_what_it_may_have_been() -> None:
    found = problem(DIVISION, 52328.0)
    assert found.code == "leading_zeros"
    assert "052328" in found.message
    assert parse_cell(DIVISION, "０52328") == "052328"
    assert problem(DIVISION, "52328").code == "length"
    assert problem(DIVISION, datetime.date(2021, 3, 2)).code == "became_date"


def test_text_keeps_everything_but_what_nobody_sees() -> None:
    assert parse_cell(NAME, "\ufeff　张\u200b三\t") == "张三"
    assert parse_cell(NAME, "𠮷田\n三") == "𠮷田 三"
    assert parse_cell(REMARK, " 第一行\r\n第二行\t尾 ") == "第一行\n第二行\t尾"
    assert parse_cell(NAME, "\uf900 O'Neil 👨‍👩‍👧") == "\uf900 O'Neil 👨‍👩‍👧"
    assert parse_cell(NAME, 13800000000.0) == "13800000000"
    assert problem(NAME, "字" * 41).code == "too_long"


def test_the_apostrophe_of_an_export_is_undone_and_no_other() -> None:
    assert parse_cell(NAME, "'=1+1") == "=1+1"
    assert parse_cell(NAME, "''=1+1") == "'=1+1"
    assert parse_cell(NAME, "'好'") == "'好'"
    assert parse_cell(NAME, "'s-Hertogenbosch") == "'s-Hertogenbosch"


def test_a_place_path_may_be_written_in_either_width() -> None:
    assert parse_cell(VILLAGE, "湄潭县 ／永兴镇/ 中华村") == "湄潭县/永兴镇/中华村"


def test_an_empty_cell_is_nothing_unless_it_must_be_filled() -> None:
    assert parse_cell(WAGE, None) is None
    assert parse_cell(WAGE, " \u3000") is None
    assert problem(NAME, "").code == "required"


def test_the_value_of_a_sensitive_cell_stands_in_no_message() -> None:
    secret = SheetColumn("account", "账户余额", Kind.MONEY, sensitive=True)
    for raw in ("12.345", "abcd", 12.345, "1234567贝"):
        assert str(raw)[-4:] not in problem(secret, raw).message
    card = SheetColumn("card", "卡号", Kind.CODE, length=19, sensitive=True)
    assert "622848" not in problem(card, 622848001).message


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        (PEOPLE, 1234, "1234"),
        (WAGE, Decimal("4500"), "4500.00"),
        (DAY, datetime.date(2021, 3, 2), "2021-03-02"),
        (QUARTER, Period.parse("2021Q3"), "2021年第三季度"),
        (POOR, False, "否"),
        (DESTINATION, "paired", "东部结对市"),
        (DESTINATION, "no_longer_offered", "no_longer_offered"),
        (TRADES, ("sew", "weld"), "缝纫、焊接"),
        (REMARK, None, ""),
    ],
)
def test_a_value_is_written_in_one_way(column: SheetColumn, value: object, text: str) -> None:
    assert format_value(column, value) == text  # type: ignore[arg-type]
