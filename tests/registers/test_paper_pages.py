"""A report on its page: numbers as Word has them, the sum of all beneath."""

from decimal import Decimal

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.registers.paper_pages import draw_table
from shanhai.registers.papers import PaperRow, PaperTable

COLUMNS = (
    SheetColumn("name", "项目", Kind.TEXT),
    SheetColumn("paid", "拨付", Kind.MONEY, unit="元"),
    SheetColumn("rate", "进度", Kind.DECIMAL, unit="%", decimals=0),
    SheetColumn("pieces", "笔数", Kind.INTEGER),
)


def _texts(cells: list[dict[str, str]]) -> list[str]:
    return [cell["text"] for cell in cells]


def test_every_number_of_a_column_has_the_same_places() -> None:
    rows = [PaperRow(("甲", 0, Decimal("40.00"), 1200)), PaperRow(("乙", Decimal("1234.5"), 100, None))]
    drawn = draw_table(PaperTable("", COLUMNS, rows))
    assert [_texts(row["cells"]) for row in drawn["rows"]] == [
        ["甲", "0.00", "40", "1,200"],
        ["乙", "1,234.50", "100", "—"],
    ]


def test_the_sum_stands_beneath_and_what_is_not_summed_is_empty() -> None:
    total = PaperRow(("合计", Decimal("7"), None, 2), is_total=True)
    drawn = draw_table(PaperTable("", COLUMNS, [PaperRow(("甲", Decimal("7"), 5, 2)), total]))
    assert len(drawn["rows"]) == 1
    assert _texts(drawn["totals"]) == ["合计", "7.00", "", "2"]
