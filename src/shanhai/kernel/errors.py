"""Expected refusals.

Each carries its HTTP status, a stable code, and a sentence that says what, where and what next.
"""

import errno
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class ShanhaiError(Exception):
    """An expected refusal; pages and API show `message`, logs do not treat it as a fault."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    default_message: Any = _("操作未能完成。")

    def __init__(self, message: Any = None, *, code: str | None = None) -> None:
        self.message = message or self.default_message
        self.refusal = code or self.code
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class NotVisible(ShanhaiError):
    """The row does not exist, or not for this actor; the two must look alike."""

    status = 404
    code = "not_visible"
    default_message = _("没有找到这条记录，或您无权查看。")


class NotAllowed(ShanhaiError):
    """The row is visible, the verb is not granted."""

    status = 403
    code = "not_allowed"
    default_message = _("您的岗位没有这项权限。如需办理，请联系本单位管理员。")


@dataclass(frozen=True)
class FieldConflict:
    """One field that both the saver and somebody else changed."""

    name: str
    label: str
    yours: str
    theirs: str


class Conflict(ShanhaiError):
    """Somebody changed the row since it was opened; `fields` shows both values."""

    status = 409
    code = "conflict"
    default_message = _("这条记录已被他人修改。请核对两边的内容后再保存。")

    def __init__(self, message: Any = None, *, fields: Sequence[FieldConflict] = ()) -> None:
        super().__init__(message)
        self.fields = tuple(fields)


class RuleViolated(ShanhaiError):
    """Values break a rule. `problems` maps a field name ("" for the whole row) to sentences."""

    status = 422
    code = "rule_violated"
    default_message = _("有内容不符合填报要求。")

    def __init__(
        self,
        message: Any = None,
        *,
        code: str | None = None,
        problems: Mapping[str, Sequence[Any]] | None = None,
    ) -> None:
        super().__init__(message, code=code)
        self.problems: dict[str, list[str]] = {
            name: [str(sentence) for sentence in sentences] for name, sentences in (problems or {}).items()
        }

    def __str__(self) -> str:
        sentences = [sentence for group in self.problems.values() for sentence in group]
        return " ".join(sentences) or str(self.message)


class DiskFull(ShanhaiError):
    """There is no room for what was to be written; nothing of it stays."""

    status = 507
    code = "disk_full"
    default_message = _("磁盘已满，这次什么也没有写入，没有留下半份。请管理员清理或扩容磁盘，再重新操作。")


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SERVER_HAS_NO_ROOM = "53100"


def causes(error: BaseException, *, also_hidden: bool = False) -> Iterator[BaseException]:
    """The error and what it came of, each once: causes and contexts may lead round in a circle.

    Shape: `also_hidden` goes on to what `raise … from None` hides.
    """
    told: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in told:
        yield at
        told.add(id(at))
        is_shown = also_hidden or not at.__suppress_context__
        at = at.__cause__ or (at.__context__ if is_shown else None)


def is_of_full_disk(error: BaseException) -> bool:
    """Whether it came of a full disk, ours or the database server's, whatever was made of it on the way."""
    return any(
        (isinstance(one, OSError) and one.errno in _NO_ROOM)
        or getattr(one, "sqlstate", None) == _SERVER_HAS_NO_ROOM
        for one in causes(error, also_hidden=True)
    )


class ScopeMissing(RuntimeError):
    """Business rows were queried with no actor in force: a fault of ours, never of the user.

    Open `context.acting(actor)`, or `context.unscoped("reason")` where no user is behind the work.
    """

    def __init__(self, model: str) -> None:
        super().__init__(f"{model} was queried outside context.acting(...) and context.unscoped(...)")


@dataclass(frozen=True)
class Problem:
    """One sentence about one field of one row, as pages, workbooks and the API show it."""

    name: str
    message: str
    code: str = "invalid"
    params: Mapping[str, Any] = field(default_factory=dict)
