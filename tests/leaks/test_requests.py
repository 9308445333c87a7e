"""Requests no browser of ours sends: every answer is a refusal in words, never a fault."""

from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict

from leaks.reading import quiet
from leaks.world import World, all_ledgers
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces.fields import resolve
from shanhai.kernel.surfaces.filters import filter_class
from shanhai.kernel.surfaces.listing import Listing

LEDGERS = pytest.mark.parametrize("ledger", all_ledgers(), ids=lambda ledger: ledger.key)
HOSTILE = (
    *("\0", "a\0b", "9" * 400, "9" * 5000, "-1", "-" + "9" * 20, "1e999", "NaN", "٣", "²", "\ud800"),
    *("9999-12-31", "0000-00-00", "0001-01-01", "9999", "9999Q4", "0000Q1", "2021-13"),
    *("'\"--;%_\\", "<script>alert(1)</script>", "../../etc/passwd", "0" * 32, "😀" * 50, "\u202e", "side"),
)
OTHERS = ("q", "sort", "page", "size", "columns", "import_id", "person__name__startswith", "id__in")


def parameters(ledger: Ledger[Any]) -> list[str]:
    """One filter of each sort, and what is no filter."""
    by_sort = {(filter_class(c), c.kind): c for c in resolve(ledger).filters}
    names = [name for c in by_sort.values() for name in (c.name, f"{c.name}_min", f"{c.name}_from")]
    return [*names, *OTHERS]


@LEDGERS
def test_no_parameter_of_a_list_is_a_fault(ledger: Any, world: World, as_actor: Any) -> None:
    world.make(ledger, "alice")
    faults = []
    with as_actor("alice") as actor:
        for value in HOSTILE:
            for name in parameters(ledger):
                params = QueryDict(mutable=True)
                params[name] = value
                try:
                    with transaction.atomic():
                        listing = Listing(ledger, params, actor)
                        _read = listing.page, listing.counts, listing.problems, listing.here()
                except Exception as fault:  # every kind is a finding
                    faults.append((name, value[:12], repr(fault)[:90]))
    assert not faults


ADDRESSES = ("/search/?q={}", "/lookup/parties.person/?q={}", "/lookup/parties.unit/?q={}", "/lookup/{}/",
  "/obligations/?period={}", "/obligations/?page={}","/obligations/?unit={}", "/obligations/?ledger={}", "/jobs/?page={}", "/appraisal/indicators/?period={}", "/appraisal/indicators/?unit={}", "/appraisal/indicators/?place={}",
  "/appraisal/indicators/{}/", "/appraisal/indicators/LAB-1/?side={}", "/appraisal/indicators/LAB-1/rows/?after={}", "/appraisal/indicators/LAB-1/rows/?before={}", "/appraisal/indicators/LAB-1/rows/?reason={}",
  "/appraisal/indicators/LAB-1/rows/?unit={}", "/appraisal/indicators/LAB-1/?only={}", "/appraisal/indicators/LAB-1/?place={}", "/appraisal/indicators/LAB-1/?period={}", "/appraisal/indicators/LAB-1/sides/?period={}",
  "/labour/checks/?unit={}", "/labour/checks/?code={}", "/funds/checks/?unit={}", "/funds/checks/?page={}", "/places/?q={}", "/parties/units/?q={}", "/parties/groups/?q={}", "/setup/{}/", "/accounts/login/?next={}", "/styleguide/{}/", "/appraisal/bulletins/?period={}", "/appraisal/targets/?period={}", "/scheme/?q={}",
  "/toys/workshop/new/?name={}", "/toys/output/new/?workshop={}", "/toys/workshop/export/?format={}", "/toys/workshop/export/?q={}", "/api/v1/toys/workshop/?q={}", "/api/v1/toys/workshop/?size={}", "/api/v1/toys/workshop/?workers_min={}", "/api/v1/toys/workshop/?page={}")  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_is_a_fault(address: str, client_of: Any) -> None:
    from urllib.parse import quote

    browser = client_of("alice")
    faults = []
    for value in HOSTILE:
        url = address.format(quote(value.encode("utf-8", "surrogatepass"), safe=""))
        if quiet(browser, "get", url) >= 500:
            faults.append(value[:20])
    assert not faults
