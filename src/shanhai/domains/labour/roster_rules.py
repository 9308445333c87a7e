"""What a line of a list and a row of the register say of each other. Values in, a verdict out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

SAME, DIFFERENT, PROBABLE, UNREGISTERED, ONLY_LIST, UNCLEAR = (
    "same",
    "different",
    "probable",
    "unregistered",
    "only_list",
    "unclear",
)


@dataclass(frozen=True, slots=True)
class Line:
    """What the list says. Shape: `index` and `phone` are blind indexes; `is_number` whether it can be one."""

    name: str
    index: str = ""
    is_number: bool = False
    born_on: date | None = None
    phone: str = ""
    employer: str = ""
    started_on: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the register says of a person; employer and day are those of the latest spell."""

    key: Any
    name: str
    index: str = ""
    born_on: date | None = None
    phone: str = ""
    employer: str = ""
    started_on: date | None = None
    is_registered: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whom the line means, as far as that is known, and what differs."""

    outcome: str
    key: Any = None
    differences: tuple[str, ...] = ()


def verdict(line: Line, by_number: Known | None, alike: Sequence[Known]) -> Verdict:
    """Shape: `by_number` bears the number of the line; `alike` have its name."""
    if by_number is not None:
        found = tuple(differences(line, by_number))
        if not by_number.is_registered:
            return Verdict(UNREGISTERED, by_number.key, found)
        return Verdict(DIFFERENT if found else SAME, by_number.key, found)
    number = () if line.is_number else (_number_told(line),)
    probable = [one for one in alike if _is_probable(line, one)]
    if len(probable) == 1:
        told = ("身份证号不同，请核对",) if line.is_number else number
        return Verdict(PROBABLE, probable[0].key, (*told, *differences(line, probable[0])))
    if probable:
        return Verdict(UNCLEAR, None, (*number, f"台账里有 {len(probable)} 人相似，请核对身份证号"))
    return Verdict(ONLY_LIST if line.is_number else UNCLEAR, None, number)


def _number_told(line: Line) -> str:
    return "名单的身份证号有误" if line.index else "名单没有身份证号"


def _is_probable(line: Line, known: Known) -> bool:
    """Of one name, and born the same day or reached by the same number, where nothing speaks against it."""
    is_born = line.born_on is not None and line.born_on == known.born_on
    is_reached = bool(line.phone) and line.phone == known.phone
    is_other = None not in (line.born_on, known.born_on) and not is_born
    return line.name == known.name and (is_born or (is_reached and not is_other))


def differences(line: Line, known: Known) -> Iterable[str]:
    """Sentences on what both say and say otherwise; what one of them leaves out is no difference."""
    if line.name != known.name:
        yield f"姓名：名单“{line.name}”，台账“{known.name}”"
    if line.born_on and known.born_on and line.born_on != known.born_on:
        yield f"出生日期：名单 {line.born_on}，台账 {known.born_on}"
    if line.phone and line.phone != known.phone:
        yield "电话：台账没有" if not known.phone else "电话不同"
    if line.employer and known.employer and folded(line.employer) != folded(known.employer):
        yield f"用工单位：名单“{line.employer}”，台账“{known.employer}”"
    if line.employer and not known.employer:
        yield f"用工单位：名单“{line.employer}”，台账没有在岗记录"
    if line.started_on and known.started_on and line.started_on != known.started_on:
        yield f"到岗日期：名单 {line.started_on}，台账 {known.started_on}"


def folded(name: str) -> str:
    """An employer's name without what is written one way or the other."""
    return "".join(name.replace("（", "(").replace("）", ")").split())
