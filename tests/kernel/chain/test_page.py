"""The auditor's page and the API: how far history is sealed, and whether it was found whole."""

from pathlib import Path
from typing import Any

import pytest

from shanhai.kernel.chain.anchors import write_anchor
from shanhai.kernel.chain.checking import check
from shanhai.kernel.chain.sealing import seal

PAGE, API = "/chain/", "/api/v1/chain/"


@pytest.fixture
def anchors(settings: Any, tmp_path: Path) -> Path:
    settings.SHANHAI_ANCHORS = tmp_path
    return tmp_path


def test_the_auditor_sees_seal_waiting_and_verification(
    write: Any, owner: Any, client_of: Any, anchors: Path
) -> None:
    browser = client_of("dave")
    assert "还没有封存过" in browser.get(PAGE).content.decode()
    assert browser.get(f"{PAGE}anchors/").status_code == 404
    write("W1")
    seal()
    check()
    written = write_anchor(anchors)
    assert written is not None
    shown = browser.get(PAGE).content.decode()
    assert "已封存 1 块" in shown
    assert "验证到第 1 块，完好" in shown
    assert written.hash in shown
    taken = b"".join(browser.get(f"{PAGE}anchors/").streaming_content).decode()
    assert written.line() in taken
    owner("UPDATE kernel_history SET actor = 'eve' WHERE row ->> 'code' = 'W1'")
    check()
    assert "断链" in browser.get(PAGE).content.decode()
    told = browser.get(API).json()
    assert told["sealed"]["hash"] == written.hash
    assert told["verified"]["is_whole"] is False
    assert "eve" not in told["verified"]["finding"]


def test_others_neither_see_the_page_nor_call_the_api(client_of: Any, anchors: Path) -> None:
    for name in ("alice", "root"):
        browser = client_of(name)
        assert browser.get(PAGE).status_code == 403
        assert browser.get(f"{PAGE}anchors/").status_code == 403
        assert browser.get(API).status_code == 403


def test_the_page_in_english(write: Any, client_of: Any, anchors: Path) -> None:
    seal()
    shown = client_of("dave").get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert "Seal of history" in shown


def test_what_was_found_is_told_in_the_readers_language(
    write: Any, owner: Any, client_of: Any, anchors: Path
) -> None:
    write("W1")
    seal()
    owner("UPDATE kernel_history SET actor = 'eve' WHERE row ->> 'code' = 'W1'")
    check()  # at night, in Chinese
    browser = client_of("dave")
    assert "第 1 块（" in browser.get(PAGE).content.decode()
    shown = browser.get(PAGE, headers={"accept-language": "en"}).content.decode()
    told = browser.get(API, headers={"accept-language": "en"}).json()["verified"]["finding"]
    assert "in block 1 (sealed" in told
    assert "toys_workshop" in told
    assert "第 1 块" not in shown + told
