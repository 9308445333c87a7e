"""What holds of every ledger, whoever declared it: doors, rows, row life, history."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from conformance.factory import author_of, posted, stranger_of, values_for, verifier_of
from shanhai.kernel import context
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Sharing, Side

LEDGERS = pytest.mark.parametrize("ledger", list(registry), ids=lambda ledger: ledger.key)
#: Pages of a ledger, and of one row.
GENERAL = ("list", "create", "import", "template", "export")
OF_ROW = ("detail", "edit", "history")


def api_of(ledger: Any, row: Any = None) -> str:
    tail = f"{row.pk}/" if row is not None else ""
    return f"/api/v1/{ledger.app_label}/{ledger.slug}/{tail}"


@LEDGERS
def test_nobody_reads_anything_before_signing_in(
    ledger: Any, client_of: Any, row_of: Any, address: Any
) -> None:
    anonymous, row = client_of(""), row_of(ledger)
    for url in [address(ledger, page) for page in GENERAL] + [address(ledger, page, row) for page in OF_ROW]:
        answer = anonymous.get(url)
        assert answer.status_code == 302, url
        assert answer.url.startswith("/accounts/login/")
    assert anonymous.get(api_of(ledger)).status_code == 401
    assert anonymous.get(api_of(ledger, row)).status_code == 401


@LEDGERS
def test_an_account_without_membership_finds_nothing(
    ledger: Any, client_of: Any, row_of: Any, address: Any
) -> None:
    eve, row = client_of("eve"), row_of(ledger, "submit")
    assert {page: eve.get(address(ledger, page)).status_code for page in GENERAL} == dict.fromkeys(
        GENERAL, 403
    )
    assert {page: eve.get(address(ledger, page, row)).status_code for page in OF_ROW} == dict.fromkeys(
        OF_ROW, 404
    )
    assert eve.post(address(ledger, "step", row), {"step": "submit"}).status_code == 404
    assert eve.get(api_of(ledger)).status_code == 403
    assert eve.get(api_of(ledger, row)).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@LEDGERS
def test_a_reader_reads_every_page(
    ledger: Any, language: str, client_of: Any, row_of: Any, address: Any
) -> None:
    reader, row = client_of("ruth" if author_of(ledger) == "bob" else "dave"), row_of(ledger)
    reader.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    shown = reader.get(address(ledger, "list"))
    assert shown.status_code == 200
    assert address(ledger, "detail", row) in shown.content.decode()
    for page in ("detail", "history"):
        assert reader.get(address(ledger, page, row)).status_code == 200, page
    export = reader.get(address(ledger, "export"))
    assert export.status_code == 200
    assert b"".join(export.streaming_content)
    assert [one["id"] for one in reader.get(api_of(ledger)).json()["items"]] == [str(row.pk)]


@LEDGERS
def test_a_reader_changes_nothing(ledger: Any, client_of: Any, row_of: Any, address: Any) -> None:
    reader, row = client_of("ruth" if author_of(ledger) == "bob" else "dave"), row_of(ledger)
    assert {
        page: reader.get(address(ledger, page)).status_code for page in ("create", "import", "template")
    } == {
        "create": 403,
        "import": 403,
        "template": 403,
    }
    assert reader.get(address(ledger, "edit", row)).status_code == 403
    step = {"step": "submit", "row_version": row.row_version}
    assert reader.post(address(ledger, "step", row), step).status_code == 403
    patch = {"row_version": row.row_version}
    assert reader.patch(api_of(ledger, row), patch, content_type="application/json").status_code == 403
    with context.unscoped("look"):
        row.refresh_from_db()
    assert (row.state, row.row_version) == ("draft", 1)


@LEDGERS
def test_what_the_other_county_has_not_reported_is_not_there(
    ledger: Any, client_of: Any, row_of: Any, address: Any
) -> None:
    stranger, row = client_of(stranger_of(ledger)), row_of(ledger)
    assert str(row.pk) not in stranger.get(address(ledger, "list")).content.decode()
    assert stranger.get(api_of(ledger)).json()["items"] == []
    assert {page: stranger.get(address(ledger, page, row)).status_code for page in OF_ROW} == dict.fromkeys(
        OF_ROW, 404
    )
    step = {"step": "submit", "row_version": row.row_version}
    assert stranger.post(address(ledger, "step", row), step).status_code == 404
    assert stranger.get(api_of(ledger, row)).status_code == 404


@LEDGERS
def test_the_other_county_reads_reported_rows_only_where_they_are_shared(
    ledger: Any, client_of: Any, row_of: Any, address: Any
) -> None:
    stranger, row = client_of(stranger_of(ledger)), row_of(ledger, "submit")
    is_shared = ledger.sharing != Sharing.PRIVATE
    assert (str(row.pk) in stranger.get(address(ledger, "list")).content.decode()) is is_shared
    assert stranger.get(address(ledger, "detail", row)).status_code == (200 if is_shared else 404)
    assert stranger.get(address(ledger, "edit", row)).status_code == (403 if is_shared else 404)


def _hidden(answer: Any) -> dict[str, str]:
    """Hidden inputs of the form of a row."""
    soup = BeautifulSoup(answer.content, "html.parser")
    form = soup.find("button", {"name": "then"}).find_parent("form")
    return {one["name"]: one["value"] for one in form.find_all("input", type="hidden")}


@LEDGERS
def test_a_row_goes_by_form_from_draft_to_returned_and_history_names_everyone(
    ledger: Any, cast: Any, client_of: Any, address: Any
) -> None:
    author, verifier = author_of(ledger), verifier_of(ledger)
    browser = client_of(author)
    with context.acting(cast.actor(author)) as current:
        form = posted(ledger, values_for(ledger, current.actor))

    sent = browser.post(address(ledger, "create"), form | _hidden(browser.get(address(ledger, "create"))))
    assert sent.status_code == 303, BeautifulSoup(sent.content, "html.parser").get_text(" ", strip=True)
    with context.unscoped("look"):
        row = ledger.model._default_manager.get(pk=sent.url.rstrip("/").rpartition("/")[2])

    opened = browser.get(address(ledger, "edit", row))
    assert opened.status_code == 200
    again = browser.post(address(ledger, "edit", row), form | _hidden(opened) | {"then": "submit"})
    assert again.status_code == 303

    step = {"step": "return", "reason": "请核对金额", "row_version": 3}
    assert client_of(verifier).post(address(ledger, "step", row), step).status_code == 303
    with context.unscoped("look"):
        row.refresh_from_db()
    assert (row.state, row.return_reason) == ("returned", "请核对金额")

    entries = list(
        HistoryEntry.objects.filter(table_name=ledger.model._meta.db_table, row_id=row.pk).order_by("id")
    )
    assert [entry.actor for entry in entries] == [cast.actor(author).key] * 3 + [cast.actor(verifier).key]
    assert entries[-1].reason == "请核对金额"
    told = browser.get(address(ledger, "history", row)).content.decode()
    assert verifier in told
    assert "请核对金额" in told


@LEDGERS
def test_an_incomplete_form_is_refused_in_words_and_leaves_no_row(
    ledger: Any, client_of: Any, address: Any
) -> None:
    browser = client_of(author_of(ledger))
    answer = browser.post(address(ledger, "create"), _hidden(browser.get(address(ledger, "create"))))
    assert answer.status_code == 422
    assert "必须填写" in answer.content.decode()
    with context.unscoped("look"):
        assert not ledger.model._default_manager.exists()


@LEDGERS
def test_a_ledger_is_kept_by_a_side_at_least(ledger: Any) -> None:
    assert ledger.sides
    assert set(ledger.sides) <= set(Side)
