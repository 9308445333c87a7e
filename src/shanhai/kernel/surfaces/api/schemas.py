"""Schemas of a ledger's rows, made from its resolved columns."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from ninja import Schema
from pydantic import Field, TypeAdapter, ValidationError, create_model

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve

from .bodies import Sent

_TYPES: dict[Kind, Any] = {
    Kind.INTEGER: int,
    Kind.DECIMAL: Decimal,
    Kind.MONEY: Decimal,
    Kind.BOOLEAN: bool,
    Kind.DATE: date,
}


_CUSTOM = "自定义字段：字段代号 → 值；有哪些见 fields/。列表里只有显示的列；筛选、排序、选列写 custom_代号。"
_CUSTOM_VALUES: Any = (
    dict[str, Any],
    Field(default_factory=dict, description="填报单位的自定义字段：字段代号 → 值，空值清除；不说的不变。"),
)


class Reference(Schema):
    """A row that another row names. `id` is null where the reader may not see it."""

    id: str | None
    text: str


class StepBody(Sent):
    """One step of row life."""

    row_version: int = Field(description="读到的行版本；已被他人改动时返回 409。")
    reason: str = Field("", description="退回和作废必须写明原因。", max_length=500)


class ConfirmBody(Sent):
    """What an import is confirmed by."""

    digest: str = Field(description="核对结果的摘要；与现状不符时重新核对，不写入。")


class AmendBody(Sent):
    """Why the rows that can only be amended are to change."""

    reason: str = Field(
        description="更正原因；plan.amendable 里的行各成一条更正，结果在 plan.amended。", max_length=500
    )


class MappingBody(Sent):
    """What the headings of a file mean that are none of a ledger's."""

    mapping: dict[str, str] = Field(
        default_factory=dict, description="文件的表头 → 本台账的列名（见字段说明）；不说的列不导入。"
    )
    others: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="文件里还有别的台账的工作表时：台账 → 它的 mapping。"
    )


_MAPPING = TypeAdapter(dict[str, str | dict[str, str]])


def read_mappings(ledger: Ledger[Any], text: str) -> dict[str, dict[str, str]]:
    """`mapping` as a field of an upload's form, by ledger. Errors: RuleViolated when it is no such JSON."""
    if not text:
        return {}
    try:
        given = _MAPPING.validate_json(text)
    except ValidationError as error:
        sentence = "mapping 应是 JSON 对象：文件的表头 → 列名；别的台账的写成 台账 → 这样的对象。"
        raise RuleViolated(sentence, code="bad_mapping") from error
    others = {key: meant for key, meant in given.items() if isinstance(meant, dict)}
    own = {heading: meant for heading, meant in given.items() if isinstance(meant, str)}
    return {key: others[key] for key in others if key in registry} | ({ledger.key: own} if own else {})


class ImportPartAnswer(Schema):
    """What an upload holds for one ledger."""

    ledger: str
    mapping: dict[str, str] = Field(description="已用的列的对应：文件的表头 → 列名。")
    headings: list[dict[str, Any]] = Field(
        description="不是该台账的表头，各带位置、样例和猜测；状态为 mapping 时须先回答。"
    )
    plan: dict[str, Any] = Field(description="核对结果：counts、problems、differences 等。")
    result: dict[str, Any] = Field(description="写入结果：created、updated、counted 等。")


class ImportAnswer(Schema):
    """An upload on its way: what it would do, and what it did."""

    id: str
    state: str
    digest: str = Field(description="整个文件的核对结果的摘要，确认时带上。")
    counts: dict[str, int] = Field(description="各台账合计的行数：total、new、changed、same、wrong。")
    parts: list[ImportPartAnswer] = Field(description="文件里的各个台账，按写入的先后。")
    result: dict[str, Any] = Field(description="各台账合计的写入结果。")
    job_state: str | None = Field(description="大文件的后台任务：queued、running、done、failed、cancelled。")
    message: str


def row_schema(ledger: Ledger[Any]) -> type[Schema]:
    """A row as it is read. Columns that were not asked for are absent."""
    resolved = resolve(ledger)
    columns = {column.name: column for column in (*resolved.columns, *resolved.fields)}
    fields: dict[str, Any] = {name: (_read_type(c), Field(None, **_told(c))) for name, c in columns.items()}
    return create_model(
        f"{_name(ledger)}Row",
        __base__=Schema,
        id=(str, Field(description="系统编号")),
        row_version=(int, Field(description="行版本；修改时须带上")),
        custom=(dict[str, Any], Field(default_factory=dict, description=_CUSTOM)),
        **fields,
    )


def list_schema(ledger: Ledger[Any], row: type[Schema]) -> type[Schema]:
    """A page of rows."""
    return create_model(
        f"{_name(ledger)}Page",
        __base__=Schema,
        items=(list[row], Field(description="本页各行")),  # type: ignore[valid-type]
        rows=(int, Field(description="符合筛选的行数")),
        is_exact=(bool, Field(description="行数是否为准确值；超过 10,000 行时为否")),
        next=(str | None, Field(description="下一页的地址")),
        previous=(str | None, Field(description="上一页的地址")),
    )


def create_schema(ledger: Ledger[Any]) -> type[Schema]:
    """Values of a new row."""
    fields = {column.name: _written(column, column.is_required) for column in writable(ledger)}
    return create_model(f"{_name(ledger)}New", __base__=Sent, custom=_CUSTOM_VALUES, **fields)


def patch_schema(ledger: Ledger[Any]) -> type[Schema]:
    """Values to change, and the version they were read at."""
    fields = {column.name: _written(column, False) for column in writable(ledger)}
    version: Any = (int, Field(description="读到的行版本；已被他人改动时返回 409。"))
    return create_model(
        f"{_name(ledger)}Change", __base__=Sent, row_version=version, custom=_CUSTOM_VALUES, **fields
    )


def writable(ledger: Ledger[Any]) -> list[ResolvedColumn]:
    return [column for column in resolve(ledger).fields if column.is_editable]


def query_parameters(ledger: Ledger[Any], names: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Parameters of a list, for the document: they are read by the filters themselves."""
    text = {"type": "array", "items": {"type": "string"}}
    return [{"name": name, "in": "query", "description": told, "schema": text} for name, told in names]


def _name(ledger: Ledger[Any]) -> str:
    return f"{ledger.app_label.title()}{ledger.model._meta.object_name}"


def _read_type(column: ResolvedColumn) -> Any:
    if column.is_reference:
        return Reference | None
    if isinstance(column.model_field, models.DateTimeField):
        return str | None
    return _TYPES.get(column.kind, str) | None


def _written(column: ResolvedColumn, is_required: bool) -> Any:
    """Type and default of a value that is written; dates, periods and references are texts as in a file."""
    kind = str if column.kind is Kind.DATE else _TYPES.get(column.kind, str)
    if is_required and column.name != "owner_unit":
        return (kind, Field(**_told(column)))
    return (kind | None, Field(None, **_told(column)))


def _told(column: ResolvedColumn) -> dict[str, Any]:
    parts = [column.heading, str(column.help), column.source]
    if column.is_sensitive:
        parts.append("读出时已隐去")
    if column.is_reference:
        parts.append("写入时填系统编号、编号或名称")
    told: dict[str, Any] = {"description": "；".join(filter(None, parts))}
    if column.choices:
        codes = [code for code, _label in column.choices if code]
        told["json_schema_extra"] = {"enum": [*codes, None]}
    return told
