"""What was sent to the pages of a bulk action, read once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from shanhai.kernel.evidence.many import (
    ATTACH,
    Paper,
    read_papers,
    receive_paper,
)
from shanhai.kernel.handover import receivers
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Actor

from .bulk import (
    EDIT,
    HANDOVER,
    Selection,
    bulk_customs,
    bulk_fields,
)
from .bulk_act import Act, require_act
from .forms import RowForm
from .links import link
from .listing import Listing


@dataclass
class BulkRequest:
    """What was sent: which rows, what to do with them, why."""

    request: HttpRequest
    ledger: Ledger[Any]

    @property
    def actor(self) -> Actor:
        return self.request.actor  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def listing(self) -> Listing:
        return Listing(self.ledger, self.request.GET, self.actor)

    @cached_property
    def verb(self) -> str:
        return self.request.POST.get("verb", "")

    def require_granted(self) -> None:
        """Errors: NotVisible for a verb nobody knows, NotAllowed for one not granted."""
        require_act(self.ledger, self.verb, self.actor)

    @property
    def is_editing(self) -> bool:
        return self.verb == EDIT

    @property
    def is_handover(self) -> bool:
        return self.verb == HANDOVER

    @property
    def is_attaching(self) -> bool:
        return self.verb == ATTACH

    @cached_property
    def papers(self) -> list[Paper]:
        """Papers to attach, sent now or before. Errors: as `receive_paper` and `read_papers`."""
        files = self.request.FILES.getlist("files")
        sent = [receive_paper(self.ledger, file, actor=self.actor) for file in files]
        tokens = [*(paper.token(self.actor) for paper in sent), *self.request.POST.getlist("paper")]
        return read_papers(tokens, actor=self.actor)

    @property
    def category(self) -> str | None:
        """Class of the papers to attach; None while none is chosen."""
        return self.request.POST.get("category")

    @cached_property
    def units(self) -> list[Any]:
        """Units that may receive rows."""
        return receivers(self.ledger, self.actor)

    @cached_property
    def unit(self) -> Any:
        """The receiving unit; None while none is chosen."""
        asked = self.request.POST.get("unit", "")
        return next((unit for unit in self.units if str(unit.pk) == asked), None)

    @cached_property
    def reason(self) -> str:
        return self.request.POST.get("reason", "").strip()

    @cached_property
    def selection(self) -> Selection:
        return Selection(
            ids=[UUID(text) for text in self.request.POST.getlist("ids") if _is_id(text)],
            is_matching=bool(self.request.POST.get("matching")),
        )

    @cached_property
    def fields(self) -> list[str]:
        """Fields of a bulk edit that are to change."""
        asked = self.request.POST.getlist("change")
        return [name for name in bulk_fields(self.ledger, self.actor) if name in asked]

    @cached_property
    def form(self) -> RowForm:
        data = self.request.POST if self.fields else None
        return RowForm(
            self.ledger,
            self.actor,
            data=data,
            only=self.fields or bulk_fields(self.ledger, self.actor),
            offered=bulk_customs(self.ledger, self.actor),
        )

    @cached_property
    def act(self) -> Act:
        """What is to be done, with all that was chosen for it."""
        return Act(
            self.ledger,
            self.verb,
            self.actor,
            self.reason,
            values=self.form.values() if self.is_editing and self.fields else {},
            unit=self.unit if self.is_handover else None,
            papers=self.papers if self.is_attaching and self.category is not None else (),
            category=self.category or "",
        )

    @property
    def label(self) -> str:
        return Act(self.ledger, self.verb, self.actor).label

    @property
    def has_unreadable_values(self) -> bool:
        """Whether a bulk edit was filled in with what is no value; the form then tells where."""
        self.form.values()
        return bool(self.form.problems)

    @property
    def address(self) -> str:
        """Back to the list as it was."""
        query = self.listing.query()
        url = link(self.ledger, "list")
        return f"{url}?{query}" if query else url


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
