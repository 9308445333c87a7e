"""Tokens of the API: made by people, shown once, kept as a hash, good for a while, counted, revoked."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from registers.accounts.test_factors import demand, entered, proven
from registers.reading import page, words
from shanhai.kernel import context
from shanhai.kernel.history.models import HistoryEntry
from shanhai.registers.accounts.models import ApiToken, SignInEvent, SignInRule, User
from shanhai.registers.accounts.models.tokens import digest_of
from tokens import calling, hand_out

OWN, NEW = "/accounts/tokens/", "/accounts/tokens/new/"
ROWS = "/api/v1/toys/workshop/"
ASKED = {"name": "县数据中台", "ledgers": ["toys.workshop"], "acts": ["view", "file"], "days": "30"}


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def made(browser: Client, **other: Any) -> str:
    answer = proven(browser).post(NEW, ASKED | other)
    assert answer.status_code == 200, words(answer)
    return page(answer).select_one("main code").get_text()  # type: ignore[union-attr]


def test_a_token_is_made_by_whoever_proves_anew_who_they_are_and_shown_once(cast: Any) -> None:
    browser = entered("alice")
    asked = browser.get(NEW)
    assert (asked.status_code, asked["Location"].partition("?")[0]) == (302, "/accounts/reauthenticate/")
    text = made(browser)
    assert text.startswith("shanhai_")
    assert len(text) > 50
    assert text not in browser.get(OWN).content.decode()
    assert "县数据中台" in words(browser.get(OWN))
    assert calling(text).get(ROWS).status_code == 200


def test_only_a_hash_is_kept_in_the_table_and_nothing_of_it_in_history(cast: Any) -> None:
    text = made(entered("alice"))
    token = ApiToken.objects.get()
    assert token.digest == digest_of(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_history WHERE row::text LIKE %s", [f"%{token.digest}%"])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT t::text FROM accounts_apitoken t")
        assert text[8:] not in cursor.fetchone()[0]


def test_a_program_writes_with_it_without_the_token_of_a_form_and_history_says_through_what(
    cast: Any,
) -> None:
    token, program = hand_out(cast.users["alice"], ["toys.workshop"], ["file"])
    answer = program.post(ROWS, {"code": "W1", "name": "一号"}, content_type="application/json")
    assert answer.status_code == 201, answer.content.decode()
    entry = HistoryEntry.objects.get(row_id=answer.json()["id"])
    assert entry.actor == str(cast.users["alice"].pk)
    assert entry.request_id.endswith(f" token:{token.pk.hex[-12:]}")


def test_the_session_still_needs_the_token_of_the_form(cast: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    cast.sign_in("alice", browser)
    answer = browser.post(ROWS, {"code": "W1", "name": "一号"}, content_type="application/json")
    assert told(answer) == (403, "csrf_failed")


def test_a_wrong_token_is_refused_also_beside_a_good_session(cast: Any) -> None:
    program = calling("shanhai_wrong")
    assert told(program.get(ROWS)) == (401, "bad_token")
    assert program.get(ROWS)["WWW-Authenticate"] == "Bearer"
    cast.sign_in("alice", program)
    assert told(program.get(ROWS)) == (401, "bad_token")
    assert told(program.get("/api/v1/openapi.json")) == (401, "bad_token")


def test_it_opens_no_page(cast: Any) -> None:
    _token, program = hand_out(cast.users["alice"], ["toys.workshop"], ["view", "file"])
    for url in ("/", "/toys/workshop/", OWN, NEW, "/accounts/password/change/", "/accounts/2fa/"):
        assert program.get(url)["Location"].startswith("/accounts/login/"), url


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"revoked_at": timezone.now()}, "撤销"),
        ({"expires_at": timezone.now() - timedelta(minutes=1)}, "到期"),
        (
            {"made_at": timezone.now() - timedelta(days=91), "expires_at": timezone.now() + timedelta(9)},
            "到期",
        ),
    ],
)
def test_one_that_has_ended_says_why(cast: Any, change: dict[str, Any], said: str) -> None:
    """The last: a rule that allows 90 days ends what was made for longer."""
    _token, program = hand_out(cast.users["alice"], ["toys.workshop"], **change)
    answer = program.get(ROWS)
    assert told(answer) == (401, "bad_token")
    assert said in answer.json()["detail"]


def test_its_owner_revokes_it_at_once(cast: Any, client_of: Any) -> None:
    token, program = hand_out(cast.users["alice"], ["toys.workshop"])
    assert program.get(ROWS).status_code == 200
    assert client_of("carol").post(f"{OWN}{token.pk}/revoke/").status_code == 404
    assert program.get(ROWS).status_code == 200
    client_of("alice").post(f"{OWN}{token.pk}/revoke/")
    assert told(program.get(ROWS)) == (401, "bad_token")
    assert "已撤销" in words(client_of("alice").get(OWN))


def test_what_befalls_its_owner_befalls_it(cast: Any) -> None:
    alice = cast.users["alice"]
    _token, program = hand_out(alice, ["toys.workshop"])

    def after(**change: Any) -> tuple[int, str]:
        with context.unscoped("befall"):
            User.objects.filter(pk=alice.pk).update(**change)
        return told(program.get(ROWS))

    assert after(must_change_password=True) == (403, "not_allowed")
    assert after(must_change_password=False, is_active=False) == (401, "bad_token")
    with context.unscoped("befall"):
        User.objects.filter(pk=alice.pk).update(is_active=True)
    demand("reporter")
    assert told(program.get(ROWS)) == (403, "not_allowed")
    demand()
    for _try in range(5):
        Client().post("/accounts/login/", {"login": "alice", "password": "guessed"})
    assert told(program.get(ROWS)) == (401, "bad_token")


def test_a_role_taken_away_is_taken_from_the_token_at_the_next_call(cast: Any) -> None:
    _token, program = hand_out(cast.users["alice"], ["toys.workshop"])
    assert program.get(ROWS).status_code == 200
    with context.unscoped("调动"):
        cast.users["alice"].memberships.all().delete()
    assert program.get(ROWS).status_code == 403


def test_its_life_is_no_longer_than_the_rule_allows(cast: Any) -> None:
    browser = proven(entered("alice"))
    refused = browser.post(NEW, ASKED | {"days": "91"})
    assert refused.status_code == 422
    assert "90" in words(refused)
    with context.unscoped("none at all"):
        SignInRule.objects.update(token_days=0)
    assert "不许使用接口令牌" in words(browser.get(OWN))
    assert browser.post(NEW, ASKED | {"days": "1"}).status_code == 422


def test_nobody_offers_a_ledger_that_they_do_not_read(cast: Any) -> None:
    browser = proven(entered("root"))
    assert not page(browser.get(NEW)).select("[name=ledgers]")
    assert browser.post(NEW, ASKED).status_code == 422


def test_a_token_may_call_so_often_in_a_minute(cast: Any, settings: Any) -> None:
    settings.SHANHAI_TOKEN_CALLS_PER_MINUTE = 3
    _token, program = hand_out(cast.users["alice"], ["toys.workshop"])
    _other, second = hand_out(cast.users["alice"], ["toys.workshop"])
    answers = [program.get(ROWS) for _call in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert (told(answers[-1]), answers[-1]["Retry-After"]) == ((429, "too_many_calls"), "60")
    assert second.get(ROWS).status_code == 200


def test_wrong_tokens_are_counted_by_address(cast: Any, settings: Any) -> None:
    settings.SHANHAI_TRIES_PER_MINUTE = 3
    answers = [calling(f"shanhai_{number}").get(ROWS) for number in range(4)]
    assert [one.status_code for one in answers] == [401, 401, 401, 429]
    assert answers[-1]["Retry-After"] == "60"
    _token, program = hand_out(cast.users["alice"], ["toys.workshop"])
    assert program.get(ROWS).status_code == 200


def test_made_first_used_and_revoked_stand_in_the_record_of_sign_ins(cast: Any) -> None:
    browser = entered("alice")
    program = calling(made(browser))
    for _call in range(3):
        program.get(ROWS)
    token = ApiToken.objects.get()
    browser.post(f"{OWN}{token.pk}/revoke/")
    kinds = list(
        SignInEvent.objects.filter(kind__startswith="token").order_by("id").values_list("kind", flat=True)
    )
    assert kinds == ["token_made", "token_used", "token_ended"]
    assert token.use.first_at < token.use.last_at
    assert "首次" in words(browser.get(OWN))


def test_an_administrator_sees_the_tokens_of_a_person_and_revokes_one_with_a_reason(
    cast: Any, client_of: Any
) -> None:
    alice = cast.users["alice"]
    token, program = hand_out(alice, ["toys.workshop"])
    root, url = client_of("sean"), f"/accounts/users/{alice.pk}/"
    assert "取数" in words(root.get(url))
    act = {"act": f"revoke:{token.pk}"}
    assert root.post(f"{url}act/", act).status_code == 422
    assert program.get(ROWS).status_code == 200
    assert root.post(f"{url}act/", act | {"reason": "泄露"}).status_code == 302
    assert program.get(ROWS).status_code == 401
    assert root.post(f"{url}act/", {"act": "revoke:nonsense", "reason": "泄露"}).status_code == 404


def test_the_document_declares_the_scheme_for_every_operation(cast: Any) -> None:
    _token, program = hand_out(cast.users["alice"], ["toys.workshop"])
    document = json.loads(program.get("/api/v1/openapi.json").content)
    assert document["components"]["securitySchemes"]["Token"]["scheme"] == "bearer"
    operations = [one for methods in document["paths"].values() for one in methods.values()]
    assert all({"Token": []} in one["security"] for one in operations)
