"""What the address of a list says, and how such addresses are written."""

from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import QueryDict

from shanhai.kernel.history import known

PAGE_SIZES = (20, 50, 200)
_USUAL_SIZE = 50


class ListAddress:
    """Parameters of a list, beside those of its filters."""

    #: Parameters that are not filters.
    SEARCH: ClassVar = "q"
    SORT: ClassVar = "sort"
    COLUMNS: ClassVar = "columns"
    SIZE: ClassVar = "size"
    CURSOR: ClassVar = "page"
    #: Filters beyond the declared ones that the reader is about to fill in.
    WITH: ClassVar[str] = "with"
    #: The day whose knowledge is shown, see `history.known`.
    KNOWN: ClassVar[str] = known.PARAMETER
    #: `all` counts and sums beyond `Counts.MOST`.
    COUNT: ClassVar[str] = "count"
    #: The saved view the list was opened with; what it keeps stands in the address beside it.
    VIEW: ClassVar = "view"
    #: A box of the list that is drawn open, for who has no script: see `list_menus`.
    OPEN: ClassVar = "open"
    #: A column to be shown earlier or later: `earlier:cost`.
    MOVE: ClassVar = "move"
    #: The column by which rows are put together; only their numbers and totals are shown then.
    GROUP: ClassVar = "group"
    #: What belongs to a way of looking at the ledger beside its filters.
    LASTING: ClassVar[set[str]] = {SORT, COLUMNS, SIZE, GROUP}
    #: Parameters that narrow nothing; a package that adds one to addresses of lists names it here.
    PLAIN: ClassVar[set[str]] = {SEARCH, CURSOR, WITH, OPEN, COUNT, VIEW, MOVE, KNOWN, "format"} | LASTING

    def __init__(self, params: QueryDict) -> None:
        self.params = params

    @property
    def text(self) -> str:
        """What is typed in the search box."""
        return self.params.get(self.SEARCH, "").strip()

    @property
    def size(self) -> int:
        asked = self.params.get(self.SIZE, "")
        return int(asked) if asked in {str(size) for size in PAGE_SIZES} else _USUAL_SIZE

    @property
    def counts_all(self) -> bool:
        """Whether the reader wants the number of all rows, however long it takes."""
        return self.params.get(self.COUNT) == "all"

    def query(self, **changes: Any) -> str:
        """The query string with `changes`, from page one; empty values leave their parameter out."""
        written = self._written
        for name, value in changes.items():
            values = value if isinstance(value, list) else [str(value)] if value else []
            written = {**written, name: self._parameter(name, values)}
        return "&".join(filter(None, written.values()))

    @cached_property
    def _written(self) -> dict[str, str]:
        """Every parameter as a query string has it: a page asks for some seventy, each with one change."""
        return {
            name: self._parameter(name, values)
            for name, values in self.params.lists()
            if name not in (self.CURSOR, self.OPEN)
        }

    def _parameter(self, name: str, values: list[str]) -> str:
        if self._is_usual(name, values):
            return ""
        return urlencode([(name, value) for value in values if value.strip()])

    def here(self) -> str:
        """The query string of this very page."""
        return self.query(**{self.CURSOR: self.params.get(self.CURSOR, "")})

    def _is_usual(self, name: str, values: list[str]) -> bool:
        """Whether the list is the same without the parameter."""
        return False
