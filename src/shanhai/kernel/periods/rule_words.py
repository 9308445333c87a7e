"""What a rule says, in words."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shanhai.kernel.surfaces.display import period_label

from .rules import Preview


def told(made: Preview) -> str:
    """A preview in words."""
    sentences = [_("到今天为止不产生新的应报事项。")]
    if made.new:
        periods = "、".join(
            _("%(period)s %(number)s 项") % {"period": period_label(period), "number": number}
            for period, number in made.by_period
        )
        found = {"number": made.new, "periods": periods}
        sentences = [_("到今天为止产生 %(number)s 项：%(periods)s。") % found]
    if made.past:
        sentences.append(_("其中 %(past)s 项截止日已过，保存后即为逾期。") % {"past": made.past})
    if made.taken_over:
        sentences.append(_("原有未到期的 %(number)s 项改按本规则。") % {"number": made.taken_over})
    if made.settled:
        sentences.append(_("原有的 %(number)s 项不变。") % {"number": made.settled})
    if made.locked:
        periods = "、".join(period_label(period) for period in made.locked)
        sentences.append(_("保存后立即锁定：%(periods)s。") % {"periods": periods})
    return "".join(sentences)


def due_text(days: int) -> str:
    if not days:
        return _("期末当天")
    if days > 0:
        return ngettext("期末后 %(days)s 天", "期末后 %(days)s 天", days) % {"days": days}
    return ngettext("期末前 %(days)s 天", "期末前 %(days)s 天", -days) % {"days": -days}


def open_text(days: int | None) -> str:
    if days is None:
        return _("随时")
    if days >= 0:
        return ngettext("期初后 %(days)s 天", "期初后 %(days)s 天", days) % {"days": days}
    return ngettext("期初前 %(days)s 天", "期初前 %(days)s 天", -days) % {"days": -days}


def lock_text(days: int | None) -> str:
    if days is None:
        return _("不锁定")
    return ngettext("截止后 %(days)s 天", "截止后 %(days)s 天", days) % {"days": days}


def validity(first: datetime.date, last: datetime.date | None) -> str:
    if last is None:
        return _("%(first)s 起") % {"first": first.isoformat()}
    return _("%(first)s 至 %(last)s") % {"first": first.isoformat(), "last": last.isoformat()}


def shortened(names: Sequence[str], shown: int = 3) -> str:
    if len(names) <= shown:
        return "、".join(names)
    return _("%(names)s 等 %(number)s 个") % {"names": "、".join(names[:shown]), "number": len(names)}
