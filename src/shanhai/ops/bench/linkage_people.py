"""People written down twice, as registers of two counties do it: the error model of the linkage benchmark.

Rates (of every second writing of a person; [U], chosen after what clerks say of lists of agencies):

| field | what goes wrong |
|---|---|
| name | 6 % another character of the same sound, 2 % one character wrong, 0.5 % one left out |
| name of a minority, transliterated (6 % of people) | 50 % another transliteration, 40 % without the dot |
| birth | 4 % one digit wrong, 2 % by the lunar calendar (18–48 days apart), 3 % missing |
| telephone | 35 % changed since, 10 % missing; 8 % of families give one number for two members |
| village | 6 % moved, 8 % only the town known |
| sex | 0.5 % wrong, 2 % missing |

One in three persons is written down twice, one in two hundred a third time. One birth in ninety is of twins:
same surname, day, village, mostly the same telephone, and a given name that differs in one character.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shanhai.kernel.pinyin import name_sort_key

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "雷钱汤尹黎易常武乔贺赖龚文"
)
_GIVEN = (
    "明国华建文平志伟东海强晓生光林小民永杰军波成荣新峰刚家龙德庆斌辉良玉俊立浩天宏子金健一忠洪江福祥中正振勇春大宁亮宇兴宝少剑云学仁涛瑞飞鹏安亚泽世汉达卫利胜敏群松克清长嘉红山贤阳乐锋智青"
    "跃元南武广思雄锦威启昌铭维义宗英凯鸿森超坚旭政传康继翔栋仲权奇礼楠炜友年震鑫雷兵万星骏伦绍麟雨行才希彦兆贵源有景升惠臣慧开章润高佳虎根远力进泉茂毅富博霖顺信凡豪树和恩向道川彬柏磊敬书鸣"
    "芳培全炳基冠晖京欣廷哲保秋君劲轩帆若连勋祖锡吉崇钧田石奕发洲彪钢运伯满庭申湘皓承梓雪孟其潮冰怀鲁裕翰征谦航士尧标洁城寿枫革纯风化逸腾岳银鹤琳显焕来心凤睿勤延凌昊西羽百捷定琦圣佩麒虹如"
    "秀兰霞丽娟艳芬萍燕珍桂琴素莲梅香花翠月巧美菊蓉凤仙婷蕾娜菲静淑珠莉娥珊莎媛倩婵怡娴瑶琼露蓓"
)
_SYLLABLES = "阿依古丽买提热木孜汗江吐尔逊帕夏迪努尼亚"
_OTHER_WRITING = dict(zip("依丽买热木孜江尔迪尼亚", "伊力麦惹目兹疆耳笛妮娅", strict=True))
_FIRST_DAY, _DAYS = np.datetime64("1955-01-01"), 365 * 51
_VILLAGES, _TOWNS = 2600, 130
_TWICE, _THIRD = 1 / 3, 0.005
_MINORITY, _TWINS, _FAMILY_PHONE = 0.06, 1 / 90, 0.08


@dataclass
class People:
    """Columns of one writing of everyone; `phone` is 0 and `village` −1 where unknown."""

    person: np.ndarray
    name: np.ndarray
    born: np.ndarray
    phone: np.ndarray
    village: np.ndarray
    town: np.ndarray
    sex: np.ndarray


def records(rows: int, seed: int = 20210924) -> pa.Table:
    """So many records, shuffled, with the truth in `person`; the same for every run."""
    chance = np.random.default_rng(seed)
    persons = int(rows / (1 + _TWICE + _THIRD))
    first = _first(chance, persons)
    again = np.flatnonzero(chance.random(persons) < _TWICE + _THIRD * 0.5)
    third = again[: rows - persons - len(again)] if rows - persons > len(again) else again[:0]
    again = again[: rows - persons]
    parts = [first, *(_spoilt(chance, first, chosen) for chosen in (again, third) if len(chosen))]
    whole = {name: np.concatenate([getattr(one, name) for one in parts]) for name in People.__annotations__}
    return _table(whole, chance.permutation(len(whole["person"])))


def write(rows: int, path: Path) -> Path:
    pq.write_table(records(rows), path)
    return path


def _first(chance: np.random.Generator, number: int) -> People:
    village = chance.integers(0, _VILLAGES, number)
    people = People(
        np.arange(number),
        _names(chance, number),
        chance.integers(0, _DAYS, number),
        chance.integers(10**9, 2**62, number),
        village,
        village % _TOWNS,
        chance.integers(0, 2, number).astype(np.int8),
    )
    families = np.flatnonzero(chance.random(number - 1) < _FAMILY_PHONE)
    people.phone[families + 1], people.village[families + 1] = (
        people.phone[families],
        people.village[families],
    )
    _make_twins(chance, people)
    people.town = people.village % _TOWNS
    return people


def _make_twins(chance: np.random.Generator, people: People) -> None:
    for one in np.flatnonzero(chance.random(len(people.person) - 1) < _TWINS):
        other, name = one + 1, people.name[one]
        if len(name) != 3:  # noqa: PLR2004 -- a family name and two characters
            continue
        people.name[other] = f"{name[0]}{_any(chance, _GIVEN)}{name[2]}"
        people.born[other], people.village[other] = people.born[one], people.village[one]
        if chance.random() < 0.7:  # noqa: PLR2004
            people.phone[other] = people.phone[one]


def _names(chance: np.random.Generator, number: int) -> np.ndarray:
    surnames, given = np.array(list(_SURNAMES), object), np.array(list(dict.fromkeys(_GIVEN)), object)
    first = given[_often(chance, number, len(given), 0.6)]
    second = given[_often(chance, number, len(given), 0.6)]
    names: np.ndarray = surnames[_often(chance, number, len(surnames), 0.9)] + first
    names = np.where(chance.random(number) < 0.82, names + second, names)  # noqa: PLR2004 -- two characters given
    minority = np.flatnonzero(chance.random(number) < _MINORITY)
    drawn = chance.integers(0, len(_SYLLABLES), (len(minority), 8))
    lengths = chance.integers(2, 5, (len(minority), 2))
    for one, signs, (own, fathers) in zip(minority, drawn.tolist(), lengths.tolist(), strict=True):
        written = [_SYLLABLES[sign] for sign in signs]
        names[one] = f"{''.join(written[:own])}·{''.join(written[4 : 4 + fathers])}"
    return names


def _often(chance: np.random.Generator, number: int, of: int, power: float) -> np.ndarray:
    weights = 1 / np.arange(1, of + 1) ** power
    return np.searchsorted(np.cumsum(weights / weights.sum()), chance.random(number)).clip(0, of - 1)


def _spoilt(chance: np.random.Generator, people: People, chosen: np.ndarray) -> People:
    number, roll = len(chosen), chance.random
    names = people.name[chosen].copy()
    for one in np.flatnonzero(roll(number) < 0.5):  # noqa: PLR2004 -- half of the names are looked at for an error
        names[one] = _misspelt(chance, str(names[one]))
    born = people.born[chosen].copy()
    digit = np.flatnonzero(roll(number) < 0.04)  # noqa: PLR2004
    born[digit] = [_wrong_digit(chance, int(day)) for day in born[digit]]
    lunar = roll(number) < 0.02  # noqa: PLR2004
    born = np.where(lunar, born - chance.integers(18, 49, number), born)
    born = np.where(roll(number) < 0.03, np.iinfo(np.int64).min, born)  # noqa: PLR2004
    phone = np.where(roll(number) < 0.35, chance.integers(10**9, 2**62, number), people.phone[chosen])  # noqa: PLR2004
    village = np.where(roll(number) < 0.06, chance.integers(0, _VILLAGES, number), people.village[chosen])  # noqa: PLR2004
    sex = np.where(roll(number) < 0.005, 1 - people.sex[chosen], people.sex[chosen])  # noqa: PLR2004
    return People(
        people.person[chosen],
        names,
        born,
        np.where(roll(number) < 0.10, 0, phone),  # noqa: PLR2004
        np.where(roll(number) < 0.08, -1, village),  # noqa: PLR2004
        village % _TOWNS,
        np.where(roll(number) < 0.02, -1, sex),  # noqa: PLR2004
    )


def _any[Item](chance: np.random.Generator, items: Sequence[Item]) -> Item:
    return items[int(chance.integers(0, len(items)))]


@cache
def _homophones() -> dict[str, list[str]]:
    by_sound: dict[str, list[str]] = {}
    for sign in dict.fromkeys(_GIVEN):
        by_sound.setdefault(_sound(sign), []).append(sign)
    return {sign: [other for other in same if other != sign] for same in by_sound.values() for sign in same}


@cache
def _sound(sign: str) -> str:
    """Of one character: names of a million people would take the library minutes."""
    return name_sort_key(sign)


def _misspelt(chance: np.random.Generator, name: str) -> str:
    """Called for half of the names: chances are twice those of the table."""
    if "·" in name:
        if chance.random() < 0.8:  # noqa: PLR2004
            name = name.replace("·", "")
        return "".join(_OTHER_WRITING.get(sign, sign) if chance.random() < 0.5 else sign for sign in name)  # noqa: PLR2004
    same_sound = _homophones()
    place, roll = int(chance.integers(1, len(name))), chance.random()
    if roll < 0.12 and same_sound.get(name[place]):  # noqa: PLR2004
        return f"{name[:place]}{_any(chance, same_sound[name[place]])}{name[place + 1 :]}"
    if roll < 0.16:  # noqa: PLR2004
        return f"{name[:place]}{_any(chance, _GIVEN)}{name[place + 1 :]}"
    if roll < 0.17 and len(name) > 2:  # noqa: PLR2004
        return name[:place] + name[place + 1 :]
    return name


def _wrong_digit(chance: np.random.Generator, day: int) -> int:
    """Another real day whose writing differs in one digit."""
    text = str(_FIRST_DAY + np.timedelta64(day, "D"))
    for _try in range(20):
        place = _any(chance, (2, 3, 5, 6, 8, 9))
        try:
            other = np.datetime64(f"{text[:place]}{chance.integers(0, 10)}{text[place + 1 :]}")
        except ValueError:
            continue
        return int((other - _FIRST_DAY).astype(int))
    return day


def _table(whole: dict[str, np.ndarray], order: np.ndarray) -> pa.Table:
    names = whole["name"][order]
    born, village = whole["born"][order], whole["village"][order]
    is_born = born != np.iinfo(np.int64).min
    days = _FIRST_DAY + np.where(is_born, born, 0).astype("timedelta64[D]")
    phone, sex = whole["phone"][order], whole["sex"][order]
    return pa.table(
        {
            "person": whole["person"][order],
            "name": names,
            "pinyin": ["".join(map(_sound, name)) for name in names],
            "born_on": pa.array(days, pa.date32(), mask=~is_born),
            "phone": pa.array([f"{one:016x}" if one else None for one in phone]),
            "village": pa.array([f"{one:06}" if one >= 0 else None for one in village]),
            "town": pa.array([f"{one:04}" for one in whole["town"][order]]),
            "sex": pa.array([("female", "male")[one] if one >= 0 else None for one in sex]),
        }
    )
