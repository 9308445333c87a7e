"""What no request of a browser of ours holds, refused before anything reads it; where answers may be kept."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shanhai.kernel.errors import ShanhaiError

from .errors import refusal

_NUL = "\0"


class ReadableTextMiddleware:
    """Refuses NUL in an address or form: the database takes no text that holds one, and nobody types it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(_NUL in text for text in _texts(request)):
            sentence = _("请求里有不能读写的字符。请返回上一页重新填写。")
            return refusal(request, ShanhaiError(sentence, code="unreadable_text"))
        return self.get_response(request)


class KeptNowhereMiddleware:
    """Answers stay in no cache, neither on the way nor on an office's shared computer after signing out.

    What may be kept says so itself, and files of the front end are sent before anybody comes here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    for sent in (request.GET, request.POST):
        for name, values in sent.lists():
            yield name
            yield from values
