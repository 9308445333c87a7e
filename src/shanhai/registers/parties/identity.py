"""Numbers that name a person or a body: identity number, unified credit code, telephone, bank card.

Pure rules: text in, a normalised value or a sentence out. No sentence ever repeats the number.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from operator import mul
from typing import Any, Self

from django.utils.translation import gettext_lazy as _
from stdnum import luhn, numdb
from stdnum.cn import uscc

_DEMONSTRATION = "99"  # no province has it, and the permanent residence cards that begin with 9 do not use it
_TAIWAN = "83"  # residence permits of 2018; the table of divisions lists Taiwan as 71 only
OLDEST = 130  # years
_OLD_LENGTH, LENGTH = 15, 18  # of an identity number by GB 11643-1989 and since 1999
_CREDIT_LENGTH = 18
WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_ZEROS = ord("0") * sum(WEIGHTS)


class NumberRefused(ValueError):
    """The text is no such number; `code` is stable, `message` a sentence without the number."""

    def __init__(self, code: str, message: Any) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"

    @property
    def label(self) -> Any:
        return _("男") if self is Sex.MALE else _("女")


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """居民身份证号码, normalised to 18 characters.

    Source: GB 11643-1999. The 15-digit form of GB 11643-1989 is refused: which century and which check
    digit belong to it is for the bearer's card to say.
    """

    number: str = field(repr=False)
    born_on: datetime.date = field(repr=False)
    sex: Sex
    #: Sentences about what is unusual yet no proof of error, such as a division unknown to the table.
    warnings: tuple[Any, ...] = ()

    @classmethod
    def parse(cls, text: str, today: datetime.date, *, demonstration: bool = False) -> Self:
        """Read an identity number as people type it (full-width digits, spaces, small x).

        Shape: demonstration numbers (division 99…) pass only where `demonstration` says so.
        Errors: NumberRefused with the code of the first check that failed: scientific, old_form, length,
        characters, division, demonstration_only, birth_date, birth_date_future or check_digit.
        """
        number = _of_today(_compact(text))
        _check_characters(number)
        _check_province(number, demonstration)
        born_on = _birth_date(number, today)
        _check_digit(number)
        sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
        return cls(number, born_on, sex, _division_warnings(number[:6], born_on.year))

    @property
    def division_code(self) -> str:
        """County that issued the number; where the person lives now is another matter."""
        return self.number[:6]

    @property
    def is_demonstration(self) -> bool:
        return self.number.startswith(_DEMONSTRATION)

    def contradictions(
        self, *, sex: str | None = None, born_on: datetime.date | None = None
    ) -> dict[str, Any]:
        """Sentences, by field name, about stated facts that the number denies."""
        found: dict[str, Any] = {}
        if sex is not None and sex != self.sex:
            found["sex"] = _("身份证号第 17 位表示性别为%(sex)s，与所填不一致。") % {"sex": self.sex.label}
        if born_on is not None and born_on != self.born_on:
            found["born_on"] = _("身份证号第 7—14 位的出生日期与所填不一致。")
        return found


def demo_identity(*, area: int, born_on: datetime.date, serial: int) -> str:
    """An identity number that nobody bears, with a right check digit; refused outside demonstrations.

    Shape: `area` 0–9999 and `serial` 0–999 choose the number; odd serials are men.
    """
    if area not in range(10_000) or serial not in range(1000):
        raise ValueError(f"area {area} or serial {serial} does not fit")
    return _with_check_digit(f"{_DEMONSTRATION}{area:04}{born_on:%Y%m%d}{serial:03}")


def _compact(text: str) -> str:
    if text.isascii() and text.isdigit():
        return text
    normal = unicodedata.normalize("NFKC", text).upper().replace("×", "X")
    return re.sub(r"[\s'\u200b-\u200f\ufeff]", "", normal)


def _of_today(number: str) -> str:
    """The 18 characters of today. Before 1999 the century and the check digit were not written."""
    if len(number) == LENGTH and "E" not in number:
        return number
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", number):
        raise NumberRefused(
            "scientific",
            _("号码已被表格软件转成科学计数，后几位丢失。请把单元格设为文本，重新录入。"),
        )
    if len(number) == _OLD_LENGTH and _is_digits(number):
        raise NumberRefused(
            "old_form", _("这是 15 位的旧身份证号，已停用。请向本人核对身份证，填写 18 位的新号。")
        )
    if len(number) != LENGTH:
        raise NumberRefused("length", _("身份证号应为 18 位，现为 %(length)s 位。") % {"length": len(number)})
    return number


def _with_check_digit(first: str) -> str:
    """`first` is 17 digits; the check digit by ISO 7064 MOD 11-2."""
    total = sum(map(mul, first.encode("ascii"), WEIGHTS)) - _ZEROS
    return first + "10X98765432"[total % 11]


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _check_characters(number: str) -> None:
    if number.isascii() and number[:-1].isdigit() and (number[-1].isdigit() or number[-1] == "X"):
        return
    for position, character in enumerate(number, start=1):
        if not _is_digits(character) and not (position == len(number) and character == "X"):
            raise NumberRefused(
                "characters",
                _("身份证号第 %(position)s 位不是数字（只有末位可以是 X）。") % {"position": position},
            )


def _check_province(number: str, demonstration: bool) -> None:
    if is_issued(number[:2], demonstration=demonstration):
        return
    if number.startswith(_DEMONSTRATION):
        raise NumberRefused("demonstration_only", _("这是演示用的身份证号，不能录入正式系统。"))
    raise NumberRefused("division", _("身份证号第 1—2 位不是省级区划代码。"))


def is_issued(province: str, *, demonstration: bool) -> bool:
    """Whether numbers begin with these two digits."""
    if province == _DEMONSTRATION:
        return demonstration
    return province == _TAIWAN or _is_province(province)


@lru_cache(maxsize=128)
def _is_province(code: str) -> bool:
    return bool(numdb.get("cn/loc").info(code)[0][1])


def _birth_date(number: str, today: datetime.date) -> datetime.date:
    try:
        born_on = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise NumberRefused("birth_date", _("身份证号第 7—14 位不是真实存在的出生日期。")) from None
    if born_on > today:
        raise NumberRefused("birth_date_future", _("身份证号第 7—14 位的出生日期晚于今天。"))
    if born_on.year < today.year - OLDEST:
        raise NumberRefused("birth_date", _("身份证号第 7—14 位的出生日期距今太久，请核对年份。"))
    return born_on


def _check_digit(number: str) -> None:
    if number == _with_check_digit(number[:-1]):
        return
    if number.endswith("000"):
        raise NumberRefused(
            "scientific",
            _("号码末三位是 000 且校验不符，多半是表格软件按数值保存丢了尾数。请设为文本，重新录入。"),
        )
    raise NumberRefused("check_digit", _("身份证号第 18 位校验码与前 17 位不符，请逐位核对。"))


@lru_cache(maxsize=4096)
def _division_warnings(code: str, birth_year: int) -> tuple[Any, ...]:
    """What the table of divisions says against the first six digits.

    A division newer than its bearer is usual (the numbers began in 1984, births are registered late) and
    county tables have gaps, so only a warning: a right number refused would keep a person out of the ledger.
    """
    if code.startswith((_DEMONSTRATION, _TAIWAN)):
        return ()
    described: dict[str, str] = {}
    for _digits, properties in numdb.get("cn/loc").info(code):
        described |= properties
    if "county" not in described:
        return (_("身份证号第 1—6 位的区划代码 %(code)s 不在区划表中，请核对。") % {"code": code},)
    ends = [re.match(r"\[\d*-(\d*)\]", name) for name in described["county"].split(",")]
    if all(end and end[1] and int(end[1]) < birth_year for end in ends):
        return (_("身份证号第 1—6 位的区划代码 %(code)s 在出生之前已停用，请核对。") % {"code": code},)
    return ()


@dataclass(frozen=True, slots=True)
class UnifiedCreditCode:
    """统一社会信用代码 of an enterprise, institution, social or village body.

    Source: GB 32100-2015; characters 9–17 are the body's code by GB 11714.
    """

    code: str
    warnings: tuple[Any, ...] = ()

    @classmethod
    def parse(cls, text: str, *, demonstration: bool = False) -> Self:
        """Read a credit code as people type it.

        Errors: NumberRefused with code length, characters, division, demonstration_only or check_digit.
        """
        code = _compact(text).replace("-", "")
        if len(code) != _CREDIT_LENGTH:
            raise NumberRefused(
                "length", _("统一社会信用代码应为 18 位，现为 %(length)s 位。") % {"length": len(code)}
            )
        _check_credit_characters(code)
        if code[2:4] == _DEMONSTRATION and not demonstration:
            raise NumberRefused("demonstration_only", _("这是演示用的统一社会信用代码，不能录入正式系统。"))
        if code[-1] != uscc.calc_check_digit(code[:-1]):
            raise NumberRefused(
                "check_digit", _("统一社会信用代码第 18 位校验码与前 17 位不符，请逐位核对。")
            )
        is_body_right = code[16] == _body_check_digit(code[8:16])
        return cls(code, () if is_body_right else (_("第 9—17 位的主体标识码校验不符，请核对执照。"),))


def demo_credit_code(serial: int) -> str:
    """A credit code of no body, with right check digits; refused outside demonstrations.

    Shape: `serial` 0–99,999,999 chooses the code.
    """
    if serial not in range(10**8):
        raise ValueError(f"serial {serial} does not fit")
    body = f"{serial:08}"
    first = f"91{_DEMONSTRATION}0101{body}{_body_check_digit(body)}"
    return first + str(uscc.calc_check_digit(first))


_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714


def _check_credit_characters(code: str) -> None:
    for position, character in enumerate(code, start=1):
        if character not in _CREDIT_CHARACTERS:
            raise NumberRefused(
                "characters",
                _("统一社会信用代码第 %(position)s 位有误：只用数字和大写字母，不用 I、O、S、V、Z。")
                % {"position": position},
            )
    # The first two may be letters (N for rural collectives, which python-stdnum's own validate refuses).
    if not _is_digits(code[2:8]):
        raise NumberRefused("division", _("统一社会信用代码第 3—8 位应为登记机关的 6 位区划代码。"))


def _body_check_digit(body: str) -> str:
    # In GB 11714 a letter counts by its place in the whole alphabet, A = 10.
    total = sum(int(character, 36) * weight for character, weight in zip(body, _BODY_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(
    r"(?:(?:\+?86|0086)-?)?(0(?:10|2\d)-?\d{8}|0[3-9]\d{2}-?\d{7,8})(?:(?:-|转|EXT\.?)(\d{1,6}))?"
)
_SERVICE = re.compile(r"([48]00)-?(\d{3})-?(\d{4})")


def parse_phone(text: str) -> str:
    """A telephone number in one writing: 13800005678, 0756-5550123, 0756-5550123-801, 400-000-0123.

    Errors: NumberRefused with code area_code or telephone.
    """
    if _PLAIN_MOBILE.fullmatch(text):  # most are, and files hold them by the hundred thousand
        return text
    compact = re.sub(r"[‐-―－ー]", "-", _compact(text)).translate(str.maketrans("()", "--")).strip("-")
    compact = re.sub(r"-+", "-", compact)
    if found := _MOBILE.fullmatch(compact.replace("-", "")):
        return found[1]
    if found := _SERVICE.fullmatch(compact):
        return "-".join(found.groups())
    if found := _LANDLINE.fullmatch(compact):
        digits = found[1].replace("-", "")
        area = 3 if digits[1] in "12" else 4
        return "-".join(filter(None, (digits[:area], digits[area:], found[2])))
    if re.fullmatch(r"[2-8]\d{6,7}", compact):
        raise NumberRefused("area_code", _("固定电话请加区号，例如 0756-1234567。"))
    raise NumberRefused("telephone", _("电话号码有误：手机为 11 位、1 开头；固定电话写区号-号码。"))


_CARD_LENGTHS = range(16, 20)


def bank_card_warnings(text: str) -> tuple[Any, ...]:
    """What looks wrong with a bank account number. Company accounts follow no common rule: never an error."""
    compact = _compact(text).replace("-", "")
    if not _is_digits(compact):
        return (_("银行账号含有数字以外的字符，请核对。"),)
    if len(compact) in _CARD_LENGTHS and not luhn.is_valid(compact):
        return (_("银行卡号校验不符，请核对；对公账号可忽略。"),)
    return ()
