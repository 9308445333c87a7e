"""What holds of every ledger, whoever declared it: doors, rows, row life, history, languages, the API."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from samples.pages import (
    GENERAL,
    LEDGERS,
    OF_ROW,
    api,
    at,
    author_of,
    ledgers_in_turn,
    reader_of,
    stranger_of,
    verifier_of,
)
from samples.rows import posted, values_for
from shanhai.kernel import context
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.scope import Sharing, Side


def statuses(browser: Any, ledger: Any, pages: tuple[str, ...], row: Any = None) -> dict[str, int]:
    return {page: browser.get(at(ledger, page, row)).status_code for page in pages}


def fresh(row: Any) -> Any:
    with context.unscoped("look"):
        row.refresh_from_db()
    return row


@LEDGERS
def test_nobody_reads_anything_before_signing_in(ledger: Any, client_of: Any, row_of: Any) -> None:
    anonymous, row = client_of(""), row_of(ledger)
    for url in [at(ledger, page) for page in GENERAL] + [at(ledger, page, row) for page in OF_ROW]:
        answer = anonymous.get(url)
        assert answer.status_code == 302, url
        assert answer.url.startswith("/accounts/login/")
    assert [anonymous.get(url).status_code for url in (api(ledger), api(ledger, row))] == [401, 401]


@LEDGERS
def test_an_account_without_membership_finds_nothing(ledger: Any, client_of: Any, row_of: Any) -> None:
    eve, row = client_of("eve"), row_of(ledger, "submit")
    assert set(statuses(eve, ledger, GENERAL).values()) == {403}
    assert set(statuses(eve, ledger, OF_ROW, row).values()) == {404}
    assert eve.post(at(ledger, "step", row), {"step": "submit"}).status_code == 404
    assert [eve.get(url).status_code for url in (api(ledger), api(ledger, row))] == [403, 404]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@ledgers_in_turn(0)
def test_a_reader_reads_every_page(ledger: Any, language: str, client_of: Any, row_of: Any) -> None:
    reader, row = client_of(reader_of(ledger)), row_of(ledger)
    reader.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    shown = reader.get(at(ledger, "list")).content.decode()
    assert f'lang="{language}"' in shown
    assert at(ledger, "detail", row) in shown
    assert statuses(reader, ledger, ("detail", "history"), row) == {"detail": 200, "history": 200}


@LEDGERS
def test_a_reader_changes_nothing(ledger: Any, client_of: Any, row_of: Any) -> None:
    reader, row = client_of(reader_of(ledger)), row_of(ledger)
    assert set(statuses(reader, ledger, ("create", "import", "template")).values()) == {403}
    assert reader.get(at(ledger, "edit", row)).status_code == 403
    step = {"step": "submit", "row_version": row.row_version}
    assert reader.post(at(ledger, "step", row), step).status_code == 403
    patch = {"row_version": row.row_version}
    assert reader.patch(api(ledger, row), patch, content_type="application/json").status_code == 403
    assert (fresh(row).state, row.row_version) == ("draft", 1)


@ledgers_in_turn(1)
def test_what_the_other_county_has_not_reported_is_not_there(
    ledger: Any, client_of: Any, row_of: Any
) -> None:
    """Not listed, counted, exported, searched or looked up, and no page of it."""
    stranger, row = client_of(stranger_of(ledger)), row_of(ledger)
    listed = stranger.get(api(ledger)).json()
    assert (listed["items"], listed["rows"]) == ([], 0)
    exported = b"".join(stranger.get(at(ledger, "export") + "?format=csv").streaming_content)
    for text in (stranger.get(at(ledger, "list")).content, exported):
        assert str(row.pk) not in text.decode()
    assert str(row.pk) not in stranger.get(f"/lookup/{ledger.key}/").content.decode()
    assert str(row.pk) not in stranger.get("/search/", {"q": str(row)}).content.decode()
    assert set(statuses(stranger, ledger, OF_ROW, row).values()) == {404}
    step = {"step": "submit", "row_version": row.row_version}
    assert stranger.post(at(ledger, "step", row), step).status_code == 404
    assert stranger.get(api(ledger, row)).status_code == 404


@ledgers_in_turn(2)
def test_the_other_county_reads_reported_rows_only_where_they_are_shared(
    ledger: Any, client_of: Any, row_of: Any
) -> None:
    stranger, row = client_of(stranger_of(ledger)), row_of(ledger, "submit")
    is_shared = ledger.sharing != Sharing.PRIVATE
    assert (str(row.pk) in stranger.get(at(ledger, "list")).content.decode()) is is_shared
    assert stranger.get(at(ledger, "detail", row)).status_code == (200 if is_shared else 404)
    assert stranger.get(at(ledger, "edit", row)).status_code == (403 if is_shared else 404)


def _hidden(answer: Any) -> dict[str, str]:
    """Hidden inputs of the form of a row."""
    soup = BeautifulSoup(answer.content, "html.parser")
    form = soup.find("button", {"name": "then"}).find_parent("form")
    return {one["name"]: one["value"] for one in form.find_all("input", type="hidden")}


def _created(ledger: Any, cast: Any, browser: Any) -> tuple[Any, dict[str, str]]:
    """A row made by the form, and what was typed into it."""
    with context.acting(cast.actor(author_of(ledger))) as current:
        typed = posted(values_for(ledger, current.actor))
    sent = browser.post(at(ledger, "create"), typed | _hidden(browser.get(at(ledger, "create"))))
    assert sent.status_code == 303, BeautifulSoup(sent.content, "html.parser").get_text(" ", strip=True)
    with context.unscoped("look"):
        return ledger.model._default_manager.get(pk=sent.url.rstrip("/").rpartition("/")[2]), typed


@ledgers_in_turn(3)
def test_a_row_goes_by_form_from_draft_to_void_and_history_names_everyone(
    ledger: Any, cast: Any, client_of: Any
) -> None:
    author, verifier = author_of(ledger), verifier_of(ledger)
    browser, supervisor = client_of(author), client_of(verifier)
    row, typed = _created(ledger, cast, browser)

    opened = browser.get(at(ledger, "edit", row))
    submitted = browser.post(at(ledger, "edit", row), typed | _hidden(opened) | {"then": "submit"})
    assert submitted.status_code == 303

    step = {"step": "return", "reason": "请核对金额", "row_version": 3}
    assert supervisor.post(at(ledger, "step", row), step).status_code == 303
    assert (fresh(row).state, row.return_reason) == ("returned", "请核对金额")

    step = {"step": "void", "reason": "重复填报", "row_version": row.row_version}
    assert browser.post(at(ledger, "step", row), step).status_code == 303
    assert fresh(row).state == "voided"
    assert browser.get(at(ledger, "edit", row)).status_code == 422

    written = HistoryEntry.objects.filter(table_name=ledger.model._meta.db_table, row_id=row.pk)
    told = [(entry.actor, entry.reason) for entry in written.order_by("id")]
    by_author, by_verifier = cast.actor(author).key, cast.actor(verifier).key
    assert [actor for actor, _reason in told] == [by_author] * 3 + [by_verifier, by_author]
    assert [reason for _actor, reason in told][-2:] == ["请核对金额", "重复填报"]
    page = browser.get(at(ledger, "history", row)).content.decode()
    assert all(word in page for word in (verifier, "请核对金额", "重复填报"))


@LEDGERS
def test_an_incomplete_form_is_refused_in_words_and_leaves_no_row(ledger: Any, client_of: Any) -> None:
    browser = client_of(author_of(ledger))
    answer = browser.post(at(ledger, "create"), _hidden(browser.get(at(ledger, "create"))))
    assert answer.status_code == 422
    assert "必须填写" in answer.content.decode()
    with context.unscoped("look"):
        assert not ledger.model._default_manager.exists()


@ledgers_in_turn(4)
def test_the_api_tells_what_the_page_tells(ledger: Any, client_of: Any, row_of: Any) -> None:
    """The same rows, and of each the values its detail has; what is masked on the page is masked here."""
    rows = [row_of(ledger), row_of(ledger, "submit")]
    browser = client_of(author_of(ledger))
    listed = browser.get(api(ledger)).json()
    page = browser.get(at(ledger, "list")).content.decode()
    assert {one["id"] for one in listed["items"]} == {str(row.pk) for row in rows}
    assert listed["rows"] == len(rows)
    assert all(at(ledger, "detail", row) in page for row in rows)
    one = browser.get(api(ledger, rows[0])).json()
    assert one.items() >= next(item for item in listed["items"] if item["id"] == one["id"]).items()


@LEDGERS
def test_a_ledger_is_kept_by_a_side_at_least(ledger: Any) -> None:
    assert ledger.sides
    assert set(ledger.sides) <= set(Side)
