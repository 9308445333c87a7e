"""A document survives being stored: equal again, equal bytes, equal hash."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from shanhai.kernel.documents.inline import line, recognise
from shanhai.kernel.documents.inline import row as cells
from shanhai.kernel.documents.model import (
    Align,
    Attachment,
    Column,
    Document,
    Heading,
    Imprint,
    Kind,
    List,
    Number,
    Paragraph,
    Signature,
    Table,
)
from shanhai.kernel.documents.stored import canonical, digest, dump, load

DAY = datetime.date(2021, 9, 24)
FIGURE = Number.of(Decimal("4681.5"), bind="one", unit="人", decimals=0, name="LAB-1")
TABLE = Table(
    (Column(line("指标")), Column(line("数"), Align.RIGHT, "人")),
    (cells("就业", FIGURE), cells("空", Number.of(None, bind="two"), is_total=True)),
    caption=recognise("表1 情况"),
    notes=(line("注"),),
    slot="指标",
)
DOCUMENT = Document(
    kind=Kind.BULLETIN,
    issuer="某局",
    title="关于2021年\n第三季度的通报",
    date=DAY,
    number="某〔2021〕3号",
    recipients=("甲", "乙"),
    labels=("演示数据",),
    blocks=(
        Heading(1, line("总体情况")),
        Paragraph(
            (*recognise("截至2021年9月30日，按〔2021〕3号，第三期"), FIGURE), is_flush=True, slot="总体"
        ),
        List((line("其一"), line(FIGURE)), is_ordered=False),
        TABLE,
        Signature(("某局",), DAY),
    ),
    attachments=(Attachment("附表", (TABLE,)), Attachment("另附")),
    imprint=Imprint(("丙",), "某局", DAY),
)


def test_a_stored_document_is_the_document() -> None:
    assert load(dump(DOCUMENT)) == DOCUMENT
    assert canonical(load(dump(DOCUMENT))) == canonical(DOCUMENT)


@pytest.mark.parametrize(
    "other",
    [
        replace(DOCUMENT, number="某〔2021〕4号"),
        replace(DOCUMENT, blocks=DOCUMENT.blocks[:-1]),
        replace(DOCUMENT, imprint=None),
        replace(DOCUMENT, recipients=("乙", "甲")),
    ],
)
def test_another_document_has_another_hash(other: Document) -> None:
    assert digest(other) != digest(DOCUMENT)
    assert load(dump(other)) == other
