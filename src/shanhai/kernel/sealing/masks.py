"""What is shown of a sensitive value to someone who gave no reason to see it."""

import re
from collections.abc import Callable
from enum import StrEnum

from django.utils.translation import gettext as _

_STAR = "*"
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
