"""What a new password must be, by the rule in force, and that an old one has to go."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from registers.reading import fill, words
from shanhai.kernel import context
from shanhai.kernel.history.models import HistoryEntry
from shanhai.registers.accounts.models import KeptPassword, SignInRule, User

OLD, CHANGE = "password of a test", "/accounts/password/change/"


def change(client: Any, new: str, old: str = OLD) -> str:
    answer = client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})
    return "" if answer.status_code == 302 else words(answer)


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("Short-1", "要至少 10 位"),
        ("onlysmalllettersandmore", "至少有 3 类"),
        ("My-carol-2021", "不能含有账号"),
        ("My-CAROL-2021", "不能含有账号"),
        (OLD, "不能与原来的口令相同"),
    ],
)
def test_a_password_that_the_rule_forbids_is_refused_in_words(sign_in: Any, password: str, told: str) -> None:
    assert told in change(sign_in("carol"), password)


@pytest.mark.parametrize("password", ["Tea-mountain-1", "茶山 and Sea 2021", "tea mountain 2021"])
def test_three_kinds_of_signs_are_enough(sign_in: Any, password: str) -> None:
    assert change(sign_in("carol"), password) == ""


def test_the_page_says_what_is_asked_for(sign_in: Any) -> None:
    shown = words(sign_in("carol").get(CHANGE))
    assert "至少 10 位" in shown
    assert "每 90 天更换一次" in shown


def test_a_password_used_lately_does_not_come_back_until_five_others_were_used(sign_in: Any) -> None:
    client, first = sign_in("carol"), "Tea-mountain"
    assert change(client, first) == ""
    last = first
    for number in range(5):
        assert change(client, f"Tea-mountain-{number}", last) == ""
        last = f"Tea-mountain-{number}"
        assert "不久前用过" in change(client, first, last)
        cache.clear()  # five changes in a minute are otherwise as many as there may be
    assert change(client, "Tea-mountain-5", last) == ""
    assert change(client, first, "Tea-mountain-5") == ""
    assert KeptPassword.objects.count() == 5


def test_history_tells_that_a_password_was_kept_and_not_which(cast: Any, sign_in: Any) -> None:
    change(sign_in("carol"), "Tea-mountain-1")
    stored = KeptPassword.objects.get().password
    entries = HistoryEntry.objects.filter(table_name="accounts_keptpassword")
    assert entries.count() == 1
    assert stored not in str([entry.row for entry in entries])


def test_a_password_older_than_the_rule_allows_is_changed_before_anything_else(
    cast: Any, client: Any
) -> None:
    with context.unscoped("an old password"):
        User.objects.filter(username="carol").update(password_changed_at=timezone.now() - timedelta(days=91))
    client.post("/accounts/login/", {"login": "carol", "password": OLD})
    assert client.get("/places/")["Location"].startswith(CHANGE)
    assert change(client, "Tea-mountain-1") == ""
    assert client.get("/places/").status_code == 200


def test_a_new_rule_takes_over_on_its_day_and_names_its_document(cast: Any, sign_in: Any) -> None:
    page = "/accounts/sign-ins/rules/new/"
    answer = fill(
        sign_in("sean"), page, valid_from="2021-10-01", source="本区信息安全管理办法 第九条", length="14",
        reason="办法印发",
    )  # fmt: skip
    assert answer.status_code == 302, words(answer)
    before, after = SignInRule.objects.order_by("valid_from")
    assert (before.valid_to, after.valid_from) == (date(2021, 9, 30), date(2021, 10, 1))
    assert SignInRule.now() == before
    shown = words(sign_in("sean").get("/accounts/sign-ins/rules/"))
    assert "本区信息安全管理办法 第九条" in shown
    assert "办法印发" in words(sign_in("ines").get("/accounts/sign-ins/rules/?history=all"))


def test_a_rule_of_the_past_is_refused(sign_in: Any) -> None:
    page = "/accounts/sign-ins/rules/new/"
    answer = fill(sign_in("sean"), page, valid_from="2021-01-01", source="某办法", reason="补")
    assert (answer.status_code, "不能早于今天" in words(answer)) == (422, True)
    assert SignInRule.objects.count() == 1


def test_whoever_changes_it_again_and_again_is_told_to_wait_in_chinese(sign_in: Any) -> None:
    client = sign_in("carol")
    for _time in range(6):
        answer = client.post(CHANGE, {"oldpassword": "a wrong one"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "请求太频繁" in words(answer)
