"""The way back in from the server, when no administrator can sign in any more."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from shanhai.kernel import context
from shanhai.kernel.history.models import HistoryEntry
from shanhai.registers.accounts.models import User


def new_password(account: str) -> str:
    out = StringIO()
    call_command("new_password", account, stdout=out)
    return out.getvalue().strip()


def test_a_new_password_is_printed_once_works_and_must_be_changed(cast: Any, client: Any) -> None:
    password = new_password("root")
    signed_in = client.post("/accounts/login/", {"login": "root", "password": password})
    assert signed_in.status_code == 302
    assert "password/change" in client.get("/", follow=True).redirect_chain[-1][0]


def test_the_old_password_ends_and_history_says_why(cast: Any, client: Any) -> None:
    new_password("root")
    assert (
        client.post("/accounts/login/", {"login": "root", "password": "password of a test"}).status_code
        == 200
    )
    with context.unscoped("look"):
        row = User.objects.get(username="root")
        last = HistoryEntry.objects.filter(row_id=row.pk).order_by("-id").first()
    assert last is not None
    assert "在服务器上重设口令" in last.reason


def test_an_account_that_is_not_there_is_said(cast: Any) -> None:
    with pytest.raises(CommandError, match="没有账号 nobody。"):
        new_password("nobody")
