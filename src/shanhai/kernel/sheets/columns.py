"""What one column of a spreadsheet holds: what templates, reading, writing and marking agree on."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

type Bound = int | Decimal | datetime.date

#: Between the values of a multi-choice cell; no label may contain it.
CHOICE_SEPARATOR = "、"


class ColumnError(ValueError):
    """A declaration that cannot work; read by a developer, never by a user."""


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    PERIOD = "period"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    IDENTITY = "identity"
    CODE = "code"
    REFERENCE = "reference"

    @property
    def label(self) -> str:
        """What a clerk reads in the guide sheet."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    Kind.TEXT: "文字",
    Kind.LONG_TEXT: "文字（可换行）",
    Kind.INTEGER: "整数",
    Kind.DECIMAL: "数字",
    Kind.MONEY: "金额",
    Kind.DATE: "日期",
    Kind.PERIOD: "报告期",
    Kind.BOOLEAN: "是或否",
    Kind.CHOICE: "选一项",
    Kind.MULTI_CHOICE: "可选多项",
    Kind.IDENTITY: "证件号码（文本格式）",
    Kind.CODE: "编码（文本格式）",
    Kind.REFERENCE: "名称（须与系统中一致）",
}

NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY})
CHOICES = frozenset({Kind.CHOICE, Kind.MULTI_CHOICE})
_DEFAULT_DECIMALS = 2
_MOST_DECIMALS = 9  # with 18 digits before the point, Decimal stays exact


@dataclass(frozen=True, slots=True, eq=False)  # hashed for every choice cell: by identity
class SheetColumn:
    """One column: its name in the program, its heading, and what its cells may hold.

    Shape: `choices` are (code, label) pairs; `length` is the exact length of a code, by which lost leading
    zeros are found; `aliases` are further headings that people use; `source` is the clause the column rests
    on; `example` is written as a clerk would type it; `width` is in characters; a `hidden` column is written
    but folded away in workbooks.
    Unit: `unit` is what the numbers count (元, 人, 亩) and stands in the heading; `decimals` defaults to 2.
    Errors: ColumnError for a declaration that contradicts itself.
    """

    name: str
    label: str
    kind: Kind
    unit: str | None = None
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    max_length: int | None = None
    decimals: int | None = None
    minimum: Bound | None = None
    maximum: Bound | None = None
    help: str = ""
    example: str = ""
    sensitive: bool = False
    width: int | None = None
    length: int | None = None
    aliases: tuple[str, ...] = ()
    source: str = ""
    hidden: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))
        if bool(self.choices) != (self.kind in CHOICES):
            raise ColumnError(f"{self.name}: choices belong to choice columns, and they need some")
        if any(CHOICE_SEPARATOR in label for _, label in self.choices if self.kind is Kind.MULTI_CHOICE):
            raise ColumnError(f"{self.name}: a label contains the separator {CHOICE_SEPARATOR}")
        if self.decimals is not None and self.kind not in {Kind.DECIMAL, Kind.MONEY}:
            raise ColumnError(f"{self.name}: decimals belong to decimal and money columns")
        if not 0 <= self.places <= _MOST_DECIMALS:
            raise ColumnError(f"{self.name}: decimals go from 0 to {_MOST_DECIMALS}")

    @property
    def header(self) -> str:
        """The heading as we write it: 月工资（元）, with * in front where the cell must be filled."""
        unit = f"（{self.unit}）" if self.unit else ""
        return f"{'*' if self.required else ''}{self.label}{unit}"

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    @property
    def places(self) -> int:
        """Digits after the decimal point."""
        if self.kind is Kind.INTEGER:
            return 0
        return _DEFAULT_DECIMALS if self.decimals is None else self.decimals


def columns_stamp(columns: Iterable[SheetColumn]) -> str:
    """Eight letters that change whenever a template made of these columns would look different."""
    declared = repr([(c.name, c.header, c.kind, c.choices, c.length, c.decimals) for c in columns])
    return hashlib.sha256(declared.encode()).hexdigest()[:8]


def check_columns(columns: Iterable[SheetColumn]) -> tuple[SheetColumn, ...]:
    """The columns of one sheet, refused when two of them could not be told apart.

    Errors: ColumnError naming the clash, or when there is no column.
    """
    checked = tuple(columns)
    if not checked:
        raise ColumnError("a sheet needs at least one column")
    for what in ("name", "label"):
        seen = [getattr(column, what) for column in checked]
        if twice := {word for word in seen if seen.count(word) > 1}:
            raise ColumnError(f"two columns have the same {what}: {', '.join(sorted(twice))}")
    return checked
