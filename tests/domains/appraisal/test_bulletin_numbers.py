"""Every number of a bulletin read back from Word, PDF and page is its snapshot; no digit is unbound."""

from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from shanhai.domains.appraisal.bulletin_figures import address_of, evaluate, ref_of
from shanhai.domains.appraisal.composing import Parts, document_of, number_of
from shanhai.domains.appraisal.freshness import stale_figures
from shanhai.domains.appraisal.models import Bulletin, IndicatorTarget
from shanhai.domains.appraisal.rules import exact
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.documents.bound import check_bound, numbers
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.page import write_page
from shanhai.kernel.documents.reread import Reading, numbers_in_docx, numbers_in_html, numbers_in_pdf
from shanhai.kernel.documents.typst import write_pdf
from shanhai.kernel.indicators.figures import value
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Side


@pytest.fixture
def parts(bulletin: Bulletin, as_actor: Any) -> Any:
    with as_actor("wang"):
        return Parts.of(bulletin)


def expected(parts: Parts) -> list[Reading]:
    """The figures in reading order, each as its snapshot prints."""
    prints = {str(one.pk): number_of(one).display for one in parts.figures}
    return [Reading(one.bind, prints[one.bind]) for one in numbers(document_of(parts))]


def test_a_bulletin_has_at_least_sixty_numbers_all_bound_to_a_snapshot(parts: Parts) -> None:
    document = document_of(parts)
    found = numbers(document)
    assert len(found) >= 60
    assert {one.bind for one in found} <= {str(one.pk) for one in parts.figures}
    assert check_bound(document) == []


@pytest.mark.parametrize("form", ["docx", "pdf", "page"])
def test_every_number_read_back_is_its_snapshot(parts: Parts, form: str) -> None:
    document = document_of(parts)
    if form == "docx":
        found = numbers_in_docx(write_docx(document))
    elif form == "pdf":
        found = numbers_in_pdf(write_pdf(document))
    else:
        found = numbers_in_html(str(write_page(document, lambda bind: f"/{bind}")))
    assert found == expected(parts)


def test_a_typed_digit_is_found(parts: Parts) -> None:
    assert check_bound(document_of(parts.with_text("toys", "本季件数96件。")))


def test_every_snapshot_is_the_value_of_its_indicator(parts: Parts, as_actor: Any) -> None:
    with as_actor("wang"):
        now = evaluate(ref_of(one) for one in parts.figures)
        for one in parts.figures:
            assert one.value == now[ref_of(one)], one.key
            if one.measure == "value" and not one.unit_scope_id and not one.place_scope_id:
                scope = IndicatorScope(Side(one.side), only=tuple(map(tuple, one.only)))
                computed = value(one.code, scope, Period.parse(one.period)).value
                assert one.value == exact(computed), one.key


def test_rates_follow_from_the_printed_parts(parts: Parts) -> None:
    by_key = {one.key: one.value for one in parts.figures}
    assert by_key["TOY-1"] == 75
    assert by_key["TOY-1.目标"] == 150
    assert by_key["TOY-1.完成率"] == Decimal(50)
    assert by_key["OBL-1.县人力资源和社会保障局.位次"] == 1


def test_every_number_of_the_page_is_a_link_that_opens(
    bulletin: Bulletin, parts: Parts, sign_in: Any, as_actor: Any
) -> None:
    client = sign_in("wang")
    with as_actor("wang"):
        printed = numbers(document_of(parts))
    page = BeautifulSoup(client.get(f"/appraisal/bulletins/{bulletin.pk}/").content, "html.parser")
    links = page.select("article a.document-figure")
    assert len(links) == len(page.select("article [data-bind]")) == len(printed)
    addresses = {str(link["href"]) for link in links}
    first_of_kind = {(urlsplit(one).path, tuple(parse_qs(urlsplit(one).query))): one for one in addresses}
    for address in first_of_kind.values():
        assert client.get(address).status_code == 200, address


def test_a_number_leads_to_its_own_scope_and_period(parts: Parts, filed: Any) -> None:
    town = filed.towns[3]
    figure = next(one for one in parts.figures if one.unit_scope_id == town.pk and one.code == "OBL-1A")
    address = urlsplit(address_of(ref_of(figure)))
    assert address.path == "/appraisal/indicators/OBL-1A/rows/"
    assert parse_qs(address.query) == {
        "period": ["2021Q3"],
        "side": ["west"],
        "unit": [str(town.pk)],
        "reason": ["counted"],
    }


def test_what_was_not_in_time_leads_to_the_rows_left_out(parts: Parts) -> None:
    figure = next(one for one in parts.figures if one.key == "OBL-1.未按时")
    assert "reason=late" in address_of(ref_of(figure))


def test_a_target_set_later_makes_the_number_stale(bulletin: Bulletin, as_actor: Any) -> None:
    with context.unscoped("toys"):
        IndicatorTarget.objects.update(value=Decimal(200))
    with as_actor("wang"):
        stale = {one.figure.key for one in stale_figures(Parts.of(bulletin))}
    assert stale == {"TOY-1.目标", "TOY-1.完成率"}
