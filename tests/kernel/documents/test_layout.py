import pytest

from shanhai.kernel.documents.inline import line, row
from shanhai.kernel.documents.layout import (
    LANDSCAPE,
    OFFICIAL,
    POINTS_PER_MM,
    attachment_lines,
    body_and_close,
    em_width,
    masthead,
    signature_indents,
    table_grid,
    title_lines,
)
from shanhai.kernel.documents.model import Align, Column, Row, Signature, Table, Text

ROOM = OFFICIAL.text_width * POINTS_PER_MM


def test_the_text_area_is_that_of_the_standard():
    assert (OFFICIAL.text_width, OFFICIAL.text_height) == (156, 225)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于表彰的通报", ("关于表彰的通报",)),
        (
            "某某区东西部协作办公室关于2021年第三季度东西部协作工作开展情况的通报",
            ("某某区东西部协作办公室", "关于2021年第三季度", "东西部协作工作开展情况的通报"),
        ),
        ("甲的\n乙", ("甲的", "乙")),
    ],
)
def test_a_title_is_broken_behind_words(title, lines):
    assert title_lines(title, OFFICIAL) == lines


def test_no_title_line_splits_a_year_or_begins_with_a_closing_mark():
    for stem in range(1, 40):
        title = f"{'协' * stem}关于印发《2021年东西部协作工作要点（试行）》的通知"
        for part in title_lines(title, OFFICIAL)[1:]:
            assert part[0] not in "》）、，0123456789"


def test_title_lines_fit_the_page_whatever_their_length():
    for length in (1, 19, 20, 21, 40, 60, 130):
        lines = title_lines("协" * length, OFFICIAL)
        assert all(em_width(part) * 22 <= ROOM for part in lines)


def test_a_long_masthead_is_narrowed_to_one_line():
    short, long = masthead("区政府文件", OFFICIAL), masthead("某" * 30 + "文件", OFFICIAL)
    assert (short.size, short.scale) == (48, 100)
    assert long.scale < 100
    assert em_width("某" * 30 + "文件") * long.size * long.scale / 100 <= ROOM


def test_columns_fill_the_line_and_leave_figures_whole(bulletin):
    tables = [block for block in bulletin.blocks if isinstance(block, Table)]
    for table in tables:
        grid = table_grid(table, OFFICIAL)
        assert sum(grid.widths) == pytest.approx(156)


def test_a_crowded_table_takes_smaller_type(figure):
    wide = tuple(Column(line("指标"), Align.RIGHT, "万元") for _ in range(6))
    cells = row(*(figure(1234567890, "万元") for _ in range(6)))
    grid = table_grid(Table(wide, (cells,)), OFFICIAL)
    assert grid.size < 12
    assert all(width * POINTS_PER_MM >= em_width("1,234,567,890") * grid.size for width in grid.widths)


CELLS = ("BF-2021-0060", "2021-09-21", "1,228,112.76", "2021年12月", "进度款", "湄潭演示10号建设有限公司")


def test_codes_dates_and_amounts_written_as_text_stay_whole_and_so_do_short_words():
    columns = tuple(Column(line("列"), Align.LEFT) for _ in CELLS)
    grid = table_grid(Table(columns, (tuple_row(CELLS),)), LANDSCAPE)
    for room, text in list(zip(grid.rooms, CELLS, strict=True))[:-1]:
        assert em_width(text) <= room, text


def test_a_code_too_long_for_any_line_is_broken_and_leaves_room_to_the_others():
    texts = ("x" * 200, "2021-09-21")
    columns = tuple(Column(line("列"), Align.LEFT) for _ in texts)
    grid = table_grid(Table(columns, (tuple_row(texts),)), OFFICIAL)
    assert grid.size == 12 and em_width(texts[1]) <= grid.rooms[1]


def tuple_row(texts):
    return Row(tuple((Text(text),) for text in texts))


def test_the_signer_stands_centred_over_the_date():
    (right,), day = signature_indents(("区协作办",), "2021年9月24日")
    assert day == 4
    assert right + em_width("区协作办") / 2 == pytest.approx(day + em_width("2021年9月24日") / 2)


def test_a_long_signer_moves_the_date_inward_and_stays_on_the_page():
    (right,), day = signature_indents(("某" * 24,), "2021年9月24日")
    assert right >= 0
    assert day > 4


def test_the_attachment_note_stands_between_body_and_signature(bulletin):
    body, close = body_and_close(bulletin)
    assert [type(block) for block in close] == [Signature]
    assert not any(isinstance(block, Signature) for block in body)
    assert attachment_lines(bulletin) == ("附件：1. 逾期事项清单", "　　　2. 两地差异对照表")
