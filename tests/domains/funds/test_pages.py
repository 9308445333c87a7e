"""What the pages of the chapter offer to whom."""

from typing import Any

import pytest


@pytest.mark.parametrize("page", ["new/", "import/"])
def test_who_does_not_file_a_ledger_is_told_who_does(page: str, sign_in: Any) -> None:
    refused = sign_in("alice").get(f"/funds/project/{page}")
    assert refused.status_code == 403
    assert "这本台账由受援方填报" in refused.content.decode()


def test_who_does_not_file_a_ledger_is_offered_neither_form_nor_import(sign_in: Any) -> None:
    for who, offered in (("alice", False), ("bob", True)):
        text = sign_in(who).get("/funds/project/").content.decode()
        assert ('href="/funds/project/new/"' in text) is offered
        assert ('href="/funds/project/import/"' in text) is offered
