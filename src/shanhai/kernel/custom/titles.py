"""Titles that a custom field may bear: none that readers or imports could take for another column."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from shanhai.kernel.exports.cells import row_key_column
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.sheets.columns import CHOICE_SEPARATOR
from shanhai.kernel.sheets.headers import folded_heading
from shanhai.kernel.surfaces.fields import resolve

#: Values of custom fields are not sealed; what must be has a field of its own or no place here.
_SEALED_WORDS = ("身份证", "证件号", "银行卡", "银行账号", "银行帐号", "社保卡号")
_MARKS = ("*", "#", "=", CHOICE_SEPARATOR, "·", "\n")


def national_headings(ledger: Ledger[Any]) -> set[str]:
    """Headings of the ledger's own columns and what files call them, as imports compare them."""
    resolved = resolve(ledger)
    labels = {label for former in ledger.former_labels.values() for label in former}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for column in (*resolved.columns, *resolved.fields):
                labels |= {column.name, str(column.label), column.heading}
            labels.add(row_key_column().label)
    return {folded_heading(label) for label in labels}


def title_problems(ledger: Ledger[Any], title: str) -> Iterator[str]:
    """What is wrong with a title, in words."""
    if not title:
        yield _("请填写标题。")
    elif folded_heading(title) in national_headings(ledger):
        yield _("这本台账已有叫“%(title)s”的列，请换个标题，免得导入时混淆。") % {"title": title}
    elif any(mark in title for mark in _MARKS):
        yield _("标题里不能有 * # = 、 · 和换行。")
    elif word := next((word for word in _SEALED_WORDS if word in title), ""):
        yield _("自定义字段不加密，不能用来填%(word)s一类的号码。") % {"word": word}
