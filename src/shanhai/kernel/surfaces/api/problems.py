"""How errors leave the API: out to the middleware, which undoes the transaction and writes problem+json."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar, NoReturn

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest
from django.http.request import RawPostDataException
from django.utils.translation import gettext_lazy as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated, ShanhaiError

from .wording import told


class NotSignedIn(ShanhaiError):
    """Nobody is signed in."""

    status: ClassVar[int] = 401
    code: ClassVar[str] = "not_signed_in"
    default_message = _("请先登录。")


class BadToken(ShanhaiError):
    """A token came along that opens nothing."""

    status: ClassVar[int] = 401
    code: ClassVar[str] = "bad_token"
    default_message = _("没有这个接口令牌。请核对有没有抄全；丢了的，请在“我的令牌”里另建一个。")


class TooManyCalls(ShanhaiError):
    """More calls in a minute than one token, or one address with wrong tokens, may send."""

    status: ClassVar[int] = 429
    code: ClassVar[str] = "too_many_calls"
    default_message = _("这一分钟里调用得太多了。请过一分钟再来。")


class BadRequest(ShanhaiError):
    """The body is no JSON."""

    code: ClassVar[str] = "bad_request"
    default_message = _("请求无法理解。")


class UnsupportedType(ShanhaiError):
    """A body of a kind the operation does not take."""

    status: ClassVar[int] = 415
    code: ClassVar[str] = "unsupported_type"
    default_message = _("请求内容的类型不对：数据用 application/json，文件用 multipart/form-data。")


class TooLarge(ShanhaiError):
    """More than the server takes in one request."""

    status: ClassVar[int] = 413
    code: ClassVar[str] = "too_large"
    default_message = _("请求的内容太大，请分几次提交。")


def _hand_over(request: HttpRequest, error: Exception) -> NoReturn:
    raise error


def _not_signed_in(request: HttpRequest, error: Exception) -> NoReturn:
    raise NotSignedIn from error


def _not_found(request: HttpRequest, error: Exception) -> NoReturn:
    raise NotVisible from error


def _refused(request: HttpRequest, error: Any) -> NoReturn:
    if error.status_code == HTTPStatus.FORBIDDEN:
        raise NotAllowed(_("请求没有带上有效的 CSRF 令牌。"), code="csrf_failed") from error
    if isinstance(error.__cause__, ShanhaiError):  # what the parser refused
        raise error.__cause__
    raise BadRequest from error


def _refused_body(request: HttpRequest, error: Exception) -> NoReturn:
    """A form where JSON is asked for: it has been read as a form already."""
    raise BadRequest from error


def _too_large(request: HttpRequest, error: Exception) -> NoReturn:
    raise TooLarge from error


def _invalid(request: HttpRequest, error: Any) -> NoReturn:
    problems: dict[str, list[str]] = {}
    for one in error.errors:
        problems.setdefault(str(one["loc"][-1]), []).append(told(one))
    raise RuleViolated(_("请求的内容不符合接口的格式。"), code="bad_body", problems=problems) from error


HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], Any]] = {
    ShanhaiError: _hand_over,
    AuthenticationError: _not_signed_in,
    ValidationError: _invalid,
    HttpError: _refused,
    RawPostDataException: _refused_body,
    RequestDataTooBig: _too_large,
    Http404: _not_found,
}
