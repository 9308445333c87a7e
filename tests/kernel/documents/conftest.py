"""One bulletin with every kind of block and some seventy figures, and one plain table."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest

from shanhai.kernel.documents.inline import compose, line, number_headings, row
from shanhai.kernel.documents.model import (
    Align,
    Attachment,
    Block,
    Code,
    Column,
    Date,
    Document,
    Heading,
    Imprint,
    Kind,
    List,
    Number,
    Ordinal,
    Paragraph,
    Signature,
    Table,
)

DAY = datetime.date(2021, 9, 24)
UNITS = (
    "白鹭镇",
    "青山镇",
    "渔湾街道",
    "区人力资源和社会保障局（区就业服务中心）",
    "石桥镇",
    "云岭乡",
    "东港街道",
)

type Figure = Callable[..., Number]


@pytest.fixture
def figure() -> Figure:
    """Makes figures with a bind of their own: fig-1, fig-2, …"""
    count = 0

    def make(
        value: Decimal | int | None, unit: str = "", decimals: int | None = None, name: str = ""
    ) -> Number:
        nonlocal count
        count += 1
        return Number.of(value, bind=f"fig-{count}", unit=unit, decimals=decimals, name=name)

    return make


@pytest.fixture
def bulletin(figure: Figure) -> Document:
    blocks: list[Block] = [
        Paragraph(
            compose("根据《东西部协作方案》（协作组〔2021〕3号），现将2021年第三季度情况通报如下。", {})
        ),
        Heading(1, line("劳务协作"), slot="劳务协作"),
        _labour(figure),
        Heading(2, line("主要做法"), slot="劳务协作"),
        List((line("压实责任。"), line("收集岗位", figure(5021, "个"), "。")), slot="劳务协作"),
        List((line("按月调度。"),), is_ordered=False),
        Heading(1, line("指标完成情况")),
        _indicators(figure),
        _ranking(figure),
        Signature(("某某区东西部协作办公室",), DAY),
    ]
    return Document(
        kind=Kind.BULLETIN,
        issuer="某某区东西部协作办公室",
        number="协作办〔2021〕8号",
        title="某某区东西部协作办公室关于2021年第三季度东西部协作工作开展情况的通报",
        recipients=("各镇（街道）", "区直有关单位"),
        date=DAY,
        blocks=number_headings(blocks),
        attachments=(
            Attachment("逾期事项清单", (Paragraph(line("逾期共", figure(25, "件"), "。")),)),
            Attachment("两地差异对照表"),
        ),
        imprint=Imprint(("区委办公室", "区政府办公室"), "某某区东西部协作办公室", datetime.date(2021, 9, 26)),
        labels=("演示数据",),
    )


def _labour(figure: Figure) -> Paragraph:
    parts = {
        "帮助": figure(1284, "人", name="LAB-1"),
        "脱贫": figure(933, "人", name="LAB-2"),
        "完成": figure(Decimal("102.72"), "%", 1, name="LAB-3"),
        "增长": figure(Decimal("-3.25"), "%", 1),
    }
    words = "截至2021年9月24日，帮助就业{帮助}，其中脱贫人口{脱贫}，完成年度任务的{完成}，同比增长{增长}。"
    return Paragraph(compose(words, parts), slot="劳务协作")


def _indicators(figure: Figure) -> Table:
    columns = (
        Column(line("指标")),
        Column(line("目标"), Align.RIGHT),
        Column(line(Date("2021年"), "累计"), Align.RIGHT, "万元"),
        Column(line("完成率"), Align.RIGHT, "%"),
    )
    rows = [
        row(
            line(Code(f"FUN-{index}"), " 财政援助资金（含社会帮扶）"),
            figure(index * 1111, "人"),
            figure(index * Decimal("12345.678"), "万元", 2),
            figure(Decimal(index) / 3 * 10, "%", 1),
        )
        for index in range(1, 11)
    ]
    total = row(
        "合计", figure(61105, "人"), figure(Decimal("679012.29"), "万元", 2), figure(None, "%"), is_total=True
    )
    notes = (line("注：零目标不计算完成率，共", figure(2, "项"), "。"),)
    caption = line(Ordinal("表1"), " 主要指标完成情况")
    return Table(columns, (*rows, total), caption, notes, slot="指标")


def _ranking(figure: Figure) -> Table:
    columns = (
        Column(line("名次"), Align.CENTER),
        Column(line("单位")),
        *(Column(line(name), Align.RIGHT, "件") for name in ("应报", "已报", "已核")),
    )
    rows = [
        row(Ordinal(str(index)), unit, *(figure(20 - index, "件") for _ in range(3)))
        for index, unit in enumerate(UNITS, start=1)
    ]
    return Table(columns, tuple(rows), line(Ordinal("表2"), " 责任单位报送情况"))


@pytest.fixture
def task_table() -> Document:
    columns = (
        *(Column(line("序号"), Align.CENTER), Column(line("任务")), Column(line("牵头单位"))),
        *(Column(line("责任单位")), Column(line("完成时限"), Align.CENTER)),
    )
    rows = [
        row(
            Ordinal(str(index)),
            "建立劳务协作工作站。" * (1 + index % 3),
            UNITS[3],
            "、".join(UNITS),
            Date("2021年12月31日"),
        )
        for index in range(1, 31)
    ]
    return Document(
        kind=Kind.TABLE,
        issuer="某某区乡村振兴局",
        title="重点任务责任分工表",
        date=DAY,
        is_landscape=True,
        blocks=(Table(columns, tuple(rows)),),
    )
