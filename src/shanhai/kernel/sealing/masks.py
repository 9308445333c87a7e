"""What is shown of a sensitive value to someone who gave no reason to see it."""

import re
from collections.abc import Callable
from enum import StrEnum

from django.utils.translation import gettext as _

_STAR = "*"
#: Digits as people group them. A date is no number: what stands before and behind a hyphen is looked at.
_GROUPED = r"\d(?:[ \u3000\u00a0-]?\d)"
_NUMBERS = re.compile(
    rf"(?<![\d-])(?!\d{{4}}-\d{{1,2}}-\d{{1,2}}(?!\d)){_GROUPED}{{6,}}(?:[ -]?[Xx](?![A-Za-z]))?"
)
#: Digits of identity numbers of old, the shortest number of a person that is no telephone.
_OF_PEOPLE = 15
_MOBILE = re.compile(r"1[3-9]\d{9}")
# Two-character surnames in common use; of any other name only the first character is kept.
_COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳司马上官诸葛司徒皇甫尉迟公孙慕容令狐长孙宇文夏侯东方端木南宫西门轩辕独孤申屠太史淳于澹台闻人",
    )
)


class Kind(StrEnum):
    """What a sensitive value is, which decides how it is masked."""

    IDENTITY = "identity"
    PHONE = "phone"
    BANK = "bank"
    NAME = "name"
    ILLNESS = "illness"


def mask(kind: Kind, text: str) -> str:
    return _MASKS[kind](text)


def mask_name(name: str) -> str:
    """A name with its surname only: 张*, 欧阳**; a name of one character is hidden whole."""
    kept = 2 if len(name) > 2 and name[:2] in _COMPOUND_SURNAMES else 1  # noqa: PLR2004 -- two characters
    return _ends(name, kept, 0)


def without_numbers(text: str) -> str:
    """Words of a filter, fit to be kept: of long numbers the last two signs."""
    return _NUMBERS.sub(lambda found: _hidden(found[0]), text)


def without_numbers_of_people(text: str) -> str:
    """The same of words that may name a document or a voucher: only what looks like a person's is hidden."""
    return _NUMBERS.sub(lambda found: _hidden(found[0]) if _is_of_person(found[0]) else found[0], text)


def _hidden(number: str) -> str:
    return _ends(_bare(number), 0, 2)


def _is_of_person(number: str) -> bool:
    bare = _bare(number)
    return len(bare) >= _OF_PEOPLE or bool(_MOBILE.fullmatch(bare))


def _bare(number: str) -> str:
    return re.sub(r"[^\dXx]", "", number)


def _ends(text: str, first: int, last: int) -> str:
    """Keep both ends; hide all when the ends would be everything."""
    if len(text) <= first + last:
        return _STAR * len(text)
    return text[:first] + _STAR * (len(text) - first - last) + text[len(text) - last :]


def _mask_identity(number: str) -> str:
    return _ends(number, 6, 4)


def _mask_phone(number: str) -> str:
    is_mobile = len(number) == 11 and number.startswith("1")  # noqa: PLR2004 -- digits of a mobile number
    return _ends(number, 3 if is_mobile else 0, 4)


def _mask_bank(number: str) -> str:
    return _ends(number, 0, 4)


def _mask_illness(_text: str) -> str:
    return _("已登记")


_MASKS: dict[Kind, Callable[[str], str]] = {
    Kind.IDENTITY: _mask_identity,
    Kind.PHONE: _mask_phone,
    Kind.BANK: _mask_bank,
    Kind.NAME: mask_name,
    Kind.ILLNESS: _mask_illness,
}
