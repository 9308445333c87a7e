"""Values of settlement: rules as documents set them, a bill of a hospital, a person's year so far.

Unit: fen for every amount, ten-thousandths (`WHOLE`) for every share.
"""

from dataclasses import dataclass
from enum import IntEnum

WHOLE = 10_000
#: Largest amount of a claim or a line, so that no sum or product leaves 64 bits. Unit: fen (100 亿元).
MOST = 10**12


class SettlementError(ValueError):
    """A claim or rules that cannot be settled; the text is a Chinese sentence."""


class Fund(IntEnum):
    """Who pays: a layer is paid from one fund, and a fund has one layer."""

    POOL = 0
    SERIOUS = 1
    ASSISTANCE = 2


FUNDS = len(Fund)


class Rounding(IntEnum):
    """What becomes of parts of a fen, once per layer."""

    HALF_UP = 0
    DOWN = 1
    UP = 2

    def of(self, product: int) -> int:
        """Unit: `product` is fen times ten-thousandths, the answer fen."""
        quotient, rest = divmod(product, WHOLE)
        if self is Rounding.HALF_UP:
            return quotient + (2 * rest >= WHOLE)
        return quotient + (rest > 0 and self is Rounding.UP)


@dataclass(frozen=True, slots=True)
class Band:
    """A share that holds up to an amount above the line; None: without end."""

    up_to: int | None
    share: int


@dataclass(frozen=True, slots=True)
class Layer:
    """What one fund pays of what is left in scope.

    `line`: what is not counted first; `is_yearly`: line and bands run over what was counted in the year, not
    over each claim alone; `again`: share of the line that holds from the person's second claim of the year.
    `cap`: most the fund pays a person in a year. `is_cut`: whether the manner of leaving home lowers it.
    """

    fund: Fund
    line: int
    bands: tuple[Band, ...]
    cap: int | None = None
    is_yearly: bool = False
    again: int = WHOLE
    is_cut: bool = False
    rounding: Rounding = Rounding.HALF_UP

    def __post_init__(self) -> None:
        _between("起付线", self.line, MOST)
        _between("再次起付线的比例", self.again, WHOLE)
        _between("封顶线", self.cap or 0, MOST)
        if not self.bands or self.bands[-1].up_to is not None:
            raise SettlementError("最后一段的上限必须不设，否则超出部分没有比例。")
        ends = [band.up_to for band in self.bands[:-1]]
        if None in ends or ends != sorted(set(ends)):  # type: ignore[type-var]
            raise SettlementError("各段的上限必须逐段增大。")
        for band in self.bands:
            _between("支付比例", band.share, WHOLE)
            _between("分段上限", band.up_to or 0, MOST)


@dataclass(frozen=True, slots=True)
class Favour:
    """What a category of people has better in one layer: share of the line, more points, no cap."""

    category: int
    fund: Fund
    line: int = WHOLE
    points: int = 0
    is_uncapped: bool = False

    def __post_init__(self) -> None:
        _between("倾斜后的起付线比例", self.line, WHOLE)
        _between("提高的比例", self.points, WHOLE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one kind of claim on its day.

    Shape: layers in their order; `cuts[manner]` are points lost.
    """

    layers: tuple[Layer, ...]
    favours: tuple[Favour, ...] = ()
    cuts: tuple[int, ...] = (0,)

    def __post_init__(self) -> None:
        funds = [layer.fund for layer in self.layers]
        if not funds or len(funds) != len(set(funds)):
            raise SettlementError("每个支付层次须有一条且只有一条规定。")
        kinds = [(favour.category, favour.fund) for favour in self.favours]
        if len(kinds) != len(set(kinds)):
            raise SettlementError("同一类人员在同一层次只能有一条倾斜规定。")
        for points in self.cuts:
            _between("降低的比例", points, WHOLE)

    def cut(self, manner: int) -> int:
        """Points lost by leaving home in this manner. Errors: SettlementError."""
        if not 0 <= manner < len(self.cuts):
            raise SettlementError(f"没有规定外出方式 {manner} 降低多少比例。")
        return self.cuts[manner]

    def favour(self, category: int, fund: Fund) -> Favour:
        for favour in self.favours:
            if favour.category == category and favour.fund is fund:
                return favour
        return Favour(category, fund)


@dataclass(frozen=True, slots=True)
class Claim:
    """One bill.

    Shape: what the catalogue leaves out is told apart already; `account` is what the person offers.
    """

    total: int
    own_pay: int = 0
    over_price: int = 0
    pre_pay: int = 0
    category: int = 0
    manner: int = 0
    account: int = 0

    def __post_init__(self) -> None:
        for name, amount in (
            ("医疗费总额", self.total),
            ("全自费", self.own_pay),
            ("超限价", self.over_price),
            ("先行自付", self.pre_pay),
            ("个人账户", self.account),
        ):
            _between(name, amount, MOST)
        if self.in_scope < 0:
            raise SettlementError("全自费、超限价与先行自付之和不能大于医疗费总额。")

    @property
    def in_scope(self) -> int:
        return self.total - self.own_pay - self.over_price - self.pre_pay


@dataclass(frozen=True, slots=True)
class Accumulators:
    """A person's year so far: what each layer counted and paid, and how many claims there were."""

    counted: tuple[int, ...] = (0,) * FUNDS
    paid: tuple[int, ...] = (0,) * FUNDS
    claims: int = 0

    def plus(self, counted: tuple[int, ...], paid: tuple[int, ...], claims: int = 1) -> "Accumulators":
        return Accumulators(_sums(self.counted, counted), _sums(self.paid, paid), self.claims + claims)

    def minus(self, counted: tuple[int, ...], paid: tuple[int, ...], claims: int = 1) -> "Accumulators":
        """What it was before a claim that is reversed."""
        negative = tuple(-one for one in counted), tuple(-one for one in paid)
        return self.plus(*negative, claims=-claims)


NOTHING_YET = Accumulators()


def _sums(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _between(name: str, value: int, most: int) -> None:
    if not 0 <= value <= most:
        raise SettlementError(f"{name}必须在 0 到 {most} 之间，现为 {value}。")
