"""What is wrong with a body, in the words of the pages: pydantic speaks English only."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_MISSING = gettext_lazy("必填，没有写。")
_TEXT = gettext_lazy("要写成文字。")
_WHOLE = gettext_lazy("要写整数。")
_NUMBER = gettext_lazy("要写数。")
_DATE = gettext_lazy("要写成 2021-08-31 这样的日期。")
_KEY = gettext_lazy("要写编号（UUID）。")
_FLAG = gettext_lazy("只能写 true 或 false。")
_MANY = gettext_lazy("要写成列表。")
_OBJECT = gettext_lazy("要写成对象。")
_TOO_LONG = gettext_lazy("最多 %(max_length)s 个字。")
_TOO_SHORT = gettext_lazy("至少 %(min_length)s 个字。")
_TOO_SMALL = gettext_lazy("不能小于 %(ge)s。")
_TOO_LARGE = gettext_lazy("不能大于 %(le)s。")
_UNKNOWN = gettext_lazy("没有这个字段。请对照接口说明核对写法，或删去它。")
_ONE_OF = gettext_lazy("只能是 %(expected)s。")

#: By pydantic's kind of error; see its documentation, “Validation Errors”.
_WORDS: dict[str, Any] = {
    "missing": _MISSING,
    "string_type": _TEXT,
    "string_too_long": _TOO_LONG,
    "string_too_short": _TOO_SHORT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "uuid_type": _KEY,
    "uuid_parsing": _KEY,
    "bool_type": _FLAG,
    "bool_parsing": _FLAG,
    "list_type": _MANY,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "greater_than_equal": _TOO_SMALL,
    "less_than_equal": _TOO_LARGE,
    "extra_forbidden": _UNKNOWN,
    "literal_error": _ONE_OF,
    "enum": _ONE_OF,
}


def told(error: Mapping[str, Any]) -> str:
    """One error of pydantic as a sentence; of a kind that is not listed, that there is one."""
    words = _WORDS.get(error["type"])
    if words is None:
        return _("不符合格式：%(message)s") % {"message": error["msg"]}
    return str(words) % (error.get("ctx") or {})
