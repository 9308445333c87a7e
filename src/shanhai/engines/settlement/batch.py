"""Millions of claims in one pass, equal to the scalar engine to the cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import kernel
from .model import FUNDS, MOST, WHOLE, Fund, Layer, Rules, SettlementError

type Amounts = NDArray[np.int64]

_MONEY = ("total", "own_pay", "over_price", "pre_pay", "account")


@dataclass(frozen=True)
class Claims:
    """Columns of claims, as many rows in each.

    Shape: `person` counts from 0; `order` decides between claims of a person and year, equal ones keep their
    rows' order; `plan` is the place of the rules in `settle_all`; amounts are fen.
    """

    person: NDArray[Any]
    year: NDArray[Any]
    order: NDArray[Any]
    plan: NDArray[Any]
    category: NDArray[Any]
    manner: NDArray[Any]
    total: Amounts
    own_pay: Amounts
    over_price: Amounts
    pre_pay: Amounts
    account: Amounts

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True)
class Outcome:
    """What was paid. Shape: `paid[fund, row]`; `years[person, year - first_year]` counted, paid, claims."""

    paid: Amounts
    in_scope: Amounts
    deductible: Amounts
    account: Amounts
    cash: Amounts
    years: Amounts
    first_year: int

    @property
    def fund_total(self) -> Amounts:
        return self.paid.sum(axis=0)

    @property
    def patient(self) -> Amounts:
        return self.account + self.cash


def settle_all(claims: Claims, plans: Sequence[Rules]) -> Outcome:
    """Every claim, in the order declared.

    Errors: SettlementError, naming the first row that cannot be settled.
    Cost: one pass; memory 72 bytes a claim and 56 a person and year.
    """
    rows, categories, manners = len(claims), _known(claims.category), _known(claims.manner)
    _check(claims, plans)
    first, span = _span(claims.year)
    persons = _known(claims.person)
    groups = claims.person.astype(np.int64) * span + (claims.year.astype(np.int64) - first)
    years = np.zeros((persons * span, 2 * FUNDS + 1), np.int64)
    paid, rest = np.zeros((FUNDS, rows), np.int64), np.empty((4, rows), np.int64)
    layers, bands, favours, cuts = _tables(plans, categories, manners)
    wrong = kernel.run(
        _turns(claims.order),
        groups,
        _stacked(claims, ("plan", "category", "manner")),
        _stacked(claims, _MONEY),
        layers,
        bands,
        favours,
        cuts,
        years,
        paid,
        rest,
    )
    if wrong >= 0:
        raise AssertionError(f"parts do not sum to the bill in row {wrong}")
    in_scope, deductible, account, cash = rest
    kept = years.reshape(persons, span, 2 * FUNDS + 1)
    return Outcome(paid, in_scope, deductible, account, cash, kept, first)


def _turns(order: NDArray[Any]) -> NDArray[np.int64]:
    """Rows in the order that counts; those of equal order as they stand."""
    if np.all(order[1:] >= order[:-1]):
        return np.arange(len(order))
    return np.argsort(order, kind="stable")


def _stacked(claims: Claims, names: Sequence[str]) -> Amounts:
    return np.stack([getattr(claims, name) for name in names]).astype(np.int64, copy=False)


def _known(column: NDArray[Any]) -> int:
    return int(column.max()) + 1 if len(column) else 1


def _span(years: NDArray[Any]) -> tuple[int, int]:
    if not len(years):
        return 0, 1
    first = int(years.min())
    return first, int(years.max()) - first + 1


def _check(claims: Claims, plans: Sequence[Rules]) -> None:
    """What the scalar engine refuses in a single claim is refused here by row."""
    scope = claims.total - claims.own_pay - claims.over_price - claims.pre_pay
    wrong = scope < 0
    for name in _MONEY:
        amounts = getattr(claims, name)
        wrong |= (amounts < 0) | (amounts > MOST)
    wrong |= (claims.person < 0) | (claims.category < 0)
    wrong |= (claims.plan < 0) | (claims.plan >= len(plans))
    fewest = min((len(rules.cuts) for rules in plans), default=0)
    wrong |= (claims.manner < 0) | (claims.manner >= fewest)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0]) + 1
        raise SettlementError(
            f"第 {row} 行的金额、类别或规定不能结算：金额须在 0 到 {MOST} 分之间，各部分之和不能超过总额。"
        )


def _tables(plans: Sequence[Rules], categories: int, manners: int) -> tuple[Amounts, ...]:
    """Rules as the loop reads them. Shape: see `kernel`."""
    most = max((len(layer.bands) for rules in plans for layer in rules.layers), default=1)
    layers = np.full((len(plans), FUNDS, 7), -1, np.int64)
    bands = np.zeros((len(plans), FUNDS, most, 2), np.int64)
    favours = np.zeros((len(plans), categories, FUNDS, 3), np.int64)
    favours[..., 0] = WHOLE
    cuts = np.zeros((len(plans), manners), np.int64)
    for plan, rules in enumerate(plans):
        for turn, layer in enumerate(rules.layers):
            layers[plan, turn] = _row(layer)
            for place, band in enumerate(layer.bands):
                bands[plan, turn, place] = kernel.NO_CAP if band.up_to is None else band.up_to, band.share
        for favour in rules.favours:
            if favour.category < categories:
                row = favour.line, favour.points, favour.is_uncapped
                favours[plan, favour.category, favour.fund] = row
        known = rules.cuts[:manners]
        cuts[plan, : len(known)] = known
    return layers, bands, favours, cuts


def _row(layer: Layer) -> tuple[int, ...]:
    cap = kernel.NO_CAP if layer.cap is None else layer.cap
    return (
        Fund(layer.fund),
        layer.line,
        layer.is_yearly,
        layer.again,
        cap,
        layer.is_cut,
        layer.rounding,
    )
