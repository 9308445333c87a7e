"""Bulletins with charts as Word: ours, each figure bound and read back, against plain docxtpl.

Both get the same figures and draw the same bars. Ours also proves that ratios follow from their parts; the
rival fills a template and proves nothing. Drafting from the database is not part of it: see `indicators`.
"""

import hashlib
import io
import json
import random
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
from docxtpl import DocxTemplate

from shanhai.kernel.documents.charts import bar
from shanhai.kernel.documents.follows import check_follows
from shanhai.kernel.documents.inline import line, recognise
from shanhai.kernel.documents.model import (
    Align,
    Column,
    Document,
    Heading,
    Imprint,
    Kind,
    Number,
    Paragraph,
    RatioOf,
    Row,
    Signature,
    Table,
)
from shanhai.kernel.documents.numbers import format_number
from shanhai.kernel.documents.proved import proved_docx, proved_pdf

from .harness import Benchmark

_DAY = date(2021, 9, 24)
_ISSUER = "演示县乡村振兴局"
_TOWNS, _TABLES = 15, 4
_HEADS = ("镇（街道）", "年度目标", "累计", "完成率", "进度图")

#: One line of a table: name, target, done.
type Line = tuple[str, int, int]


def prepare(rows: int, folder: Path) -> Path:
    """Figures of so many bulletins, the same for every run, and the rival's template."""
    chance = random.Random(20210924)  # noqa: S311 -- data, not secrets
    told = [
        [
            [(f"演示{chr(0x7532 + n)}镇", aim := chance.randrange(50, 5000), chance.randrange(aim * 5 // 4))
             for n in range(_TOWNS)]
            for _table in range(_TABLES)
        ]
        for _bulletin in range(rows)
    ]  # fmt: skip
    path = folder / "figures.json"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    _template().save(str(folder / "template.docx"))
    return path


def _template() -> Any:
    word = docx.Document()
    for words in ("{{ issuer }}文件", "{{ number }}", "{{ title }}"):
        word.add_paragraph(words)
    word.add_paragraph("{%p for table in tables %}")
    word.add_paragraph("{{ table.heading }}")
    made = word.add_table(4, len(_HEADS))
    for cell, head in zip(made.rows[0].cells, _HEADS, strict=True):
        cell.text = head
    made.rows[1].cells[0].text = "{%tr for row in table.rows %}"
    for position, cell in enumerate(made.rows[2].cells):
        cell.text = f"{{{{ row[{position}] }}}}"
    made.rows[3].cells[0].text = "{%tr endfor %}"
    word.add_paragraph("{%p endfor %}")
    word.add_paragraph("{{ issuer }}")
    word.add_paragraph("{{ date }}")
    return word


def read(path: str | Path) -> list[list[list[Line]]]:
    found: list[list[list[Line]]] = json.loads(Path(path).read_text(encoding="utf-8"))
    return found


def _rate(aim: int, done: int) -> Decimal:
    return Decimal(done) / Decimal(aim) * 100


def document_of(number: int, tables: Sequence[Sequence[Line]]) -> Document:
    """A bulletin as the product composes it: headings, tables with bars, signature, imprint."""
    blocks: list[Any] = []
    for at, lines in enumerate(tables):
        blocks += [Heading(1, recognise("各镇（街道）完成情况")), _table(at, lines)]
    return Document(
        kind=Kind.BULLETIN,
        issuer=_ISSUER,
        title="关于东西部协作指标调度情况的通报",
        date=_DAY,
        number=f"演协调〔2021〕{number + 1}号",
        recipients=("各镇（街道）",),
        blocks=(
            Paragraph(recognise("现将调度情况通报如下。")),
            *blocks,
            Signature((_ISSUER,), _DAY),
        ),
        imprint=Imprint((), _ISSUER, _DAY),
    )


def _table(at: int, lines: Sequence[Line]) -> Table:
    sides = (Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT)
    columns = tuple(Column(line(head), side) for head, side in zip(_HEADS, sides, strict=True))
    rows = []
    for position, (name, aim, done) in enumerate(lines):
        key, rate = f"{at}.{position}", _rate(aim, done)
        ratio = RatioOf(f"{key}.done", f"{key}.aim")
        cells = (
            line(name),
            line(Number.of(aim, bind=f"{key}.aim")),
            line(Number.of(done, bind=f"{key}.done")),
            line(Number.of(rate, bind=f"{key}.rate", decimals=1, ratio_of=ratio)),
            line(bar(rate / 100)),
        )
        rows.append(Row(cells))
    return Table(columns, tuple(rows))


def ours(path: str) -> str:
    """Every bulletin as Word: ratios checked, written, figures read back."""
    told, files = read(path), []
    began = time.perf_counter()
    for number, tables in enumerate(told):
        document = document_of(number, tables)
        if wrong := check_follows(document):
            raise RuntimeError(str(wrong[0]))
        files.append(proved_docx(document))
    return _told(files, time.perf_counter() - began)


def rival(path: str) -> str:
    """Every bulletin through docxtpl, the template read anew as it must be."""
    told, files = read(path), []
    template = str(Path(path).with_name("template.docx"))
    began = time.perf_counter()
    for number, tables in enumerate(told):
        word = DocxTemplate(template)
        word.render(_context(number, tables))
        out = io.BytesIO()
        word.save(out)
        files.append(out.getvalue())
    return _told(files, time.perf_counter() - began)


def _context(number: int, tables: Sequence[Sequence[Line]]) -> dict[str, Any]:
    return {
        "issuer": _ISSUER,
        "number": f"演协调〔2021〕{number + 1}号",
        "title": "关于东西部协作指标调度情况的通报",
        "date": f"{_DAY.year}年{_DAY.month}月{_DAY.day}日",
        "tables": [
            {"heading": "各镇（街道）完成情况", "rows": [_texts(*one) for one in lines]} for lines in tables
        ],
    }


def _texts(name: str, aim: int, done: int) -> tuple[str, ...]:
    rate = _rate(aim, done)
    return (
        name,
        format_number(aim),
        format_number(done),
        format_number(rate, decimals=1),
        bar(rate / 100),
    )


def _told(files: Sequence[bytes], took: float) -> str:
    """What stands in the tables of all files, bars included; the imprint of ours is no table of figures."""
    digest = hashlib.sha256()
    for content in files:
        for table in docx.Document(io.BytesIO(content)).tables:
            if len(table.columns) == len(_HEADS):
                for element in table._tbl.iter("{*}tc"):
                    words = "".join(text.text or "" for text in element.iter("{*}t"))
                    digest.update(f"{words}\n".encode())
    return json.dumps({"result": f"{len(files)}: {digest.hexdigest()[:16]}", "stages": {"word": took}})


def parts(data: Path) -> dict[str, Any]:
    """The PDF of the first bulletins, read back as well, counted up to all."""
    told = read(data)
    first = told[:5]
    began = time.perf_counter()
    for number, tables in enumerate(first):
        proved_pdf(document_of(number, tables))
    took = time.perf_counter() - began
    return {"pdf_s": round(took * len(told) / len(first), 2), "pdf_written": len(first)}


DOCUMENTS = Benchmark(
    name="documents",
    says="带图表的通报：每个数绑定、比例核验、写出后读回，对直接套模板",
    rival_name="docxtpl 套同样的表和进度图（不绑定、不核验）",
    default_rows=100,
    prepare=prepare,
    ours="shanhai.ops.bench.documents:ours",
    rival="shanhai.ops.bench.documents:rival",
    parts=parts,
)
