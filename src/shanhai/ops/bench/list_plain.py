"""The rival: the list as an ordinary Django view has it: Paginator, the same rows, the same template."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path

from shanhai.config.urls import urlpatterns as product
from shanhai.kernel import context
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.bulk import bulk_bar
from shanhai.kernel.surfaces.counts import Counts
from shanhai.kernel.surfaces.keyset import Cursor, Page, write_cursor
from shanhai.kernel.surfaces.list_page import list_context
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.respond import respond
from shanhai.kernel.surfaces.views import actor_of, require_verb
from shanhai.registers.accounts.models import User

KEY = "labour.employmentspell"
NUMBER = "number"
_ORDER = ("-started_on", "-id")


class NumberedListing(Listing):
    """The same rows by page number: count(*) of all, and OFFSET to the page."""

    @cached_property
    def _paginator(self) -> Paginator[Any]:
        return Paginator(self.rows().order_by(*_ORDER), self.size)

    @cached_property
    def page(self) -> Page:
        return Page(list(self._paginator.page(self.params.get(NUMBER, 1))), None, None)

    @cached_property
    def counts(self) -> Counts:
        return Counts(self._paginator.count, True, {})


def list_rows(request: HttpRequest) -> HttpResponse:
    ledger, actor = registry.get(KEY), actor_of(request)
    require_verb(actor, Verb.VIEW, ledger)
    listing = NumberedListing(ledger, request.GET, actor)
    return respond(request, "kernel/list.html", "table", list_context(listing, bulk_bar(listing)))


urlpatterns = [*product, path("bench/list/", list_rows)]


def number_of_pages(username: str, query: str) -> int:
    with context.acting(_actor(username)) as current:
        return NumberedListing(registry.get(KEY), QueryDict(query), current.actor)._paginator.num_pages


def cursor_before(username: str, query: str, page: int) -> str:
    """The cursor with which the page of this number begins."""
    with context.acting(_actor(username)) as current:
        listing = NumberedListing(registry.get(KEY), QueryDict(query), current.actor)
        last = listing.rows().order_by(*_ORDER)[(page - 1) * listing.size - 1]
        is_long = listing.counts.rows > Counts.MOST
        return write_cursor(Cursor((last.started_on, last.pk), is_long=is_long), listing._purpose)


def _actor(username: str) -> Any:
    with context.unscoped("benchmark"):
        return User.objects.get(username=username).actor()


Listing.PLAIN.add(NUMBER)
