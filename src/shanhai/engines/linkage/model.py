"""The comparisons: which levels of agreement there are, how often pairs of one or two people show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Level:
    """A degree of agreement of one comparison.

    `m`, `u`: share of it among pairs of one person and of two people, where nobody trained the model on the
    data themselves; [U], after the error model of the benchmark. `rarity`: column that adjusts `u`.
    """

    code: str
    condition: str
    m: float = 0.0
    u: float = 0.0
    rarity: str = ""


def _unknown(column: str) -> Level:
    return Level("unknown", f'"{column}_l" IS NULL OR "{column}_r" IS NULL')


#: Comparison → levels, the first that fits counts. Distances are counted in letters of pinyin or in digits.
LEVELS: Mapping[str, tuple[Level, ...]] = {
    "name": (
        _unknown("pinyin"),
        Level("same", '"name_l" = "name_r"', 0.90, 1e-4, "name"),
        Level("sound", '"pinyin_l" = "pinyin_r"', 0.06, 1e-4, "pinyin"),
        Level("near", 'damerau_levenshtein("pinyin_l", "pinyin_r") <= 1', 0.01, 1e-4),
        Level("family", '"family_l" = "family_r"', 0.025, 0.03),
        Level("other", "ELSE", 0.005, 0.97),
    ),
    "born_on": (
        _unknown("born_on"),
        Level("same", '"born_on_l" = "born_on_r"', 0.92, 5.5e-5),
        Level("digit", 'hamming("born_text_l", "born_text_r") = 1', 0.04, 6e-4),
        Level("lunar", 'abs("born_on_l" - "born_on_r") <= 50', 0.02, 5e-3),
        Level("other", "ELSE", 0.02, 0.99),
    ),
    "phone": (
        _unknown("phone"),
        Level("same", '"phone_l" = "phone_r"', 0.60),
        Level("other", "ELSE", 0.40, 1.0),
    ),
    "village": (
        _unknown("town"),
        Level("same", '"village_l" = "village_r"', 0.86, 4e-4),
        Level("town", '"town_l" = "town_r"', 0.09, 8e-3),
        Level("other", "ELSE", 0.05, 0.99),
    ),
    "sex": (
        _unknown("sex"),
        Level("same", '"sex_l" = "sex_r"', 0.99, 0.5),
        Level("other", "ELSE", 0.01, 0.5),
    ),
}

#: Columns of which at least one set must agree, or a pair is never compared.
BLOCKING = (
    ("phone",),
    ("born_on", "family"),
    ("born_on", "village"),
    ("pinyin", "village"),
    ("pinyin", "born_year"),
)
#: Of the comparisons, those whose agreement makes pairs from which the others are learnt.
#: Telephones alone will not do: families share them, and the model would learn what relatives have in common.
TRAINED_ON = (("born_on", "family"), ("pinyin", "village"), ("phone", "born_on"))
#: Columns whose agreement nearly proves one person, and which share of those written twice agrees so; [U].
SURE = (("phone", "pinyin"), ("born_on", "pinyin", "village"))
SURE_SHARE = 0.85


@dataclass(frozen=True)
class Model:
    """Numbers of the levels, by comparison in the order of `LEVELS` without the unknown, and the prior.

    `prior`: probability that two records drawn at random are one person. It depends on the number of records;
    0 is one duplicate for every hundred records.
    """

    m: Mapping[str, tuple[float, ...]]
    u: Mapping[str, tuple[float, ...]]
    prior: float = 0.0

    def settings(self, records: int) -> dict[str, Any]:
        """What Splink is told."""
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "row",
            "retain_matching_columns": False,
            "retain_intermediate_calculation_columns": False,
            "probability_two_random_records_match": self.prior or min(0.5, 0.02 / max(records, 1)),
            "comparisons": [self._comparison(name) for name in LEVELS],
        }

    def _comparison(self, name: str) -> dict[str, Any]:
        numbers = zip(self.m[name], self.u[name], strict=True)
        unknown, *known = LEVELS[name]
        return {
            "output_column_name": name,
            "comparison_levels": [
                {"sql_condition": unknown.condition, "label_for_charts": unknown.code, "is_null_level": True},
                *(_described(level, m, u) for level, (m, u) in zip(known, numbers, strict=True)),
            ],
        }


def _described(level: Level, m: float, u: float) -> dict[str, Any]:
    told = {
        "sql_condition": level.condition,
        "label_for_charts": level.code,
        "m_probability": m,
        "u_probability": u,
    }
    return told | ({"tf_adjustment_column": level.rarity} if level.rarity else {})


def starting_model(records: int) -> Model:
    """For registers too small to learn from.

    One record in ten shares its telephone with a relative: of few records a larger share of all pairs.
    """
    u = {name: tuple(level.u for level in levels[1:]) for name, levels in LEVELS.items()}
    u["phone"] = (0.2 / max(records, 2), 1.0)
    return Model({name: tuple(level.m for level in levels[1:]) for name, levels in LEVELS.items()}, u)
