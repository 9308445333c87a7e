"""docs/ledgers.md: every ledger with its fields, units and clause, and every indicator."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Party
from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve
from shanhai.kernel.workflow import JOINT, PLAIN, Life, State

HEAD = """# 台账与指标 Ledgers and indicators

本页由声明生成（`make sync`），不要手改。列名后的括号是单位；“必填”指提交前须填。
"""


def text() -> str:
    """The whole document."""
    return "\n".join([HEAD, *_row_life(), *_chapters(), *_indicators()])


def _row_life() -> Iterator[str]:
    yield "## 一行的一生\n"
    yield from _life(PLAIN)
    yield "更正由一人提出、另一人核实；已报的记录只在锁定期内更正。\n"
    yield "### 两地共有的一行\n"
    yield "由一方填报、双方签认；指标里只计一次，两边各自看到同一条。\n"
    yield from _life(JOINT)
    yield "已核的记录双方都可以提出更正：提出方核实后，还要对方确认才生效。\n"


def _life(life: Life) -> Iterator[str]:
    yield from _diagram(life)
    yield "| 步骤 | 从 | 到 | 谁办 | 岗位权限 | 须写原因 | 须他人办理 | 锁定期内可办 |"
    yield "|---|---|---|---|---|---|---|---|"
    for step in life.steps:
        sources = "、".join(str(State(state).label) for state in step.sources)
        party = "本方" if step.party is Party.OWN else "对方"
        answers = " | ".join(_yes(one) for one in (step.needs_reason, step.four_eyes, step.passes_lock))
        target = State(step.target).label
        yield f"| {step.label} | {sources} | {target} | {party} | `{step.verb}` | {answers} |"
    yield ""


def _diagram(life: Life) -> Iterator[str]:
    """The states and steps as a mermaid diagram."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in life.states:
        yield f'    state "{state.label}" as {state.value}'
    yield f"    [*] --> {State.DRAFT.value}"
    for step in life.steps:
        for source in step.sources:
            yield f"    {State(source).value} --> {State(step.target).value}: {step.label}"
    for one in life.amending:
        yield f"    {State(one.source).value} --> {State(one.target).value}: {one.label}"
    yield "```\n"


def _chapters() -> Iterator[str]:
    for label, ledgers in registry.by_app().items():
        yield f"## {apps.get_app_config(label).verbose_name}\n"
        for ledger in ledgers:
            yield from _ledger(ledger)


def _ledger(ledger: Ledger[Any]) -> Iterator[str]:
    yield f"### {ledger.label} `{ledger.key}`\n"
    yield f"依据：{ledger.source}。{_key(ledger)}{_both(ledger)}\n"
    yield "| 列 | 字段 | 类型 | 必填 | 说明 |"
    yield "|---|---|---|---|---|"
    for column in resolve(ledger).fields:
        cells = (column.heading, f"`{column.name}`", _kind(column), _yes(column.is_required), _note(column))
        yield f"| {' | '.join(cells)} |"
    yield ""
    if ledger.evidence_classes:
        papers = "、".join(
            f"{paper.label}{'（核实前必备）' if paper.is_required else ''}"
            for paper in ledger.evidence_classes
        )
        yield f"佐证：{papers}。\n"


def _key(ledger: Ledger[Any]) -> str:
    if not ledger.import_key:
        return ""
    columns = {column.name: column for column in resolve(ledger).fields}
    labels = [str(columns[name].label) if name in columns else name for name in ledger.import_key]
    return f"文件按“{'＋'.join(labels)}”认行。"


def _both(ledger: Ledger[Any]) -> str:
    if not ledger.is_joint:
        return ""
    label = next(c.label for c in resolve(ledger).fields if c.name == ledger.counterpart)
    return f"两地共有，由“{label}”确认。"


def _kind(column: ResolvedColumn) -> str:
    if column.related is not None:
        return f"{column.related._meta.verbose_name}（引用）"
    return Kind(column.kind).label


def _note(column: ResolvedColumn) -> str:
    parts = [str(column.help)] if column.help else []
    if column.choices:
        parts.append("、".join(str(label) for _, label in column.choices))
    if column.is_sensitive:
        parts.append("加密存储，处处掩码")
    if column.source:
        parts.append(f"依据 {column.source}")
    return "；".join(parts).replace("|", "\\|").replace("\n", " ")


def _indicators() -> Iterator[str]:
    yield "## 指标\n"
    yield "| 代码 | 名称 | 单位 | 方向 | 依据 | 口径起 |"
    yield "|---|---|---|---|---|---|"
    for indicator in indicators:
        yield (
            f"| {indicator.code} | {indicator.name} | {indicator.unit} | {indicator.direction.label} "
            f"| {indicator.clause} | {indicator.valid_from} |"
        )
    yield ""


def _yes(value: bool) -> str:
    return "是" if value else ""
