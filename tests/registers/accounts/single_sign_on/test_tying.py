"""Tying an identity to an account, by its owner who has just proved anew who they are; and cutting it."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test import Client

from registers.accounts.single_sign_on.conftest import LINK, answered, come_in, is_in, kinds, leaving, tie
from registers.accounts.test_factors import entered, proven
from registers.reading import page, words
from shanhai.kernel import context

MINE = "/accounts/devices/"


def test_the_owner_ties_it_after_proving_anew_and_comes_in_by_it(province: Any, cast: Any) -> None:
    carol = entered()
    assert carol.get(LINK)["Location"].startswith("/accounts/reauthenticate/")
    proven(carol)
    assert "请用您自己的身份登录" in words(carol.get(LINK))
    assert come_in(carol, "u-carol", begin=LINK)["Location"] == MINE
    assert "u-carol@gov" in words(carol.get(MINE))
    assert kinds(user=cast.users["carol"])[-1] == "linked"
    browser = Client()
    assert come_in(browser, "u-carol")["Location"] == "/"
    assert is_in(browser)


def test_what_a_person_is_called_there_is_sealed_and_nothing_else_is_kept(province: Any, cast: Any) -> None:
    carol = proven(entered())
    come_in(carol, "u-carol", begin=LINK)
    with connection.cursor() as cursor:
        cursor.execute("SELECT provider, uid, extra_data::text FROM socialaccount_socialaccount")
        ((issuer, subject, more),) = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM socialaccount_socialtoken")
        assert cursor.fetchone() == (0,)
    assert (issuer, subject) == (province().issuer, "u-carol")
    assert "u-carol@gov" not in more
    assert set(SocialAccount.objects.get().extra_data) == {"name"}


def test_a_session_left_open_on_a_desk_ties_nothing(province: Any, cast: Any, settings: Any) -> None:
    """Also not when the proof grew old on the way to the provider and back."""
    assert entered().post(LINK).status_code == 302
    carol = proven(entered())
    back = answered(leaving(carol.post(LINK)), "u-thief")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert "证明已过时" in words(carol.get(back))
    assert not SocialAccount.objects.exists()


def test_an_identity_belongs_to_one_account_and_an_account_has_one_of_a_provider(
    province: Any, cast: Any
) -> None:
    tie(cast.users["alice"], province().issuer, "u-alice")
    carol = proven(entered())
    assert "已经关联了另一个账号" in words(come_in(carol, "u-alice", begin=LINK))
    come_in(carol, "u-carol", begin=LINK)
    assert "另一个身份" in words(come_in(carol, "u-other", begin=LINK))
    assert come_in(carol, "u-carol", begin=LINK)["Location"] == MINE
    assert dict(SocialAccount.objects.values_list("uid", "user__username")) == {
        "u-alice": "alice",
        "u-carol": "carol",
    }


def test_nobody_ties_who_must_first_change_a_password_that_others_know(province: Any, cast: Any) -> None:
    carol = proven(entered())
    with context.unscoped("reset"):
        type(cast.users["carol"]).objects.filter(username="carol").update(must_change_password=True)
    assert carol.post(LINK)["Location"].startswith("/accounts/password/change/")


def test_the_owner_cuts_it_and_sessions_elsewhere_end(province: Any, cast: Any) -> None:
    tie(cast.users["carol"], province().issuer, "u-carol")
    here, there, alice = entered(), Client(), entered("alice")
    come_in(there, "u-carol")
    form = page(here.get(MINE)).select_one("form[action^='/accounts/oidc/unlink/']")
    assert alice.post(form["action"]).status_code == 404  # type: ignore[index]
    assert here.post(form["action"])["Location"] == MINE  # type: ignore[index]
    assert here.post(form["action"]).status_code == 404  # type: ignore[index]
    assert (is_in(here), is_in(there)) == (True, False)
    assert kinds(user=cast.users["carol"])[-1] == "unlinked"
    assert come_in(Client(), "u-carol").status_code == 403


def test_the_security_administrator_sees_it_and_cuts_it_with_a_reason(
    province: Any, cast: Any, client_of: Any
) -> None:
    carol = proven(entered())
    come_in(carol, "u-carol", begin=LINK)
    address = f"/accounts/users/{cast.users['carol'].pk}/"
    for name in ("root", "sean", "ines"):
        assert "省统一身份认证（u-carol@gov）" in words(client_of(name).get(address))
    act = {"act": f"unlink:{SocialAccount.objects.get().pk}"}
    root, sean = client_of("root"), client_of("sean")
    assert root.post(f"{address}act/", {**act, "reason": "想看看"}).status_code == 403
    assert sean.post(f"{address}act/", {**act, "reason": ""}).status_code == 422
    sean.post(f"{address}act/", {**act, "reason": "调离，当面核对"})
    assert not SocialAccount.objects.exists()
    assert not is_in(carol)
    assert "调离，当面核对" in words(client_of("ines").get("/accounts/sign-ins/?kind=unlinked"))


def test_a_tie_to_a_provider_that_is_no_longer_offered_can_still_be_cut(cast: Any) -> None:
    link = tie(cast.users["carol"], "https://gone.example.gov.cn", "u-carol")
    carol = entered()
    assert "https://gone.example.gov.cn" in words(carol.get(MINE))
    assert carol.post(f"/accounts/oidc/unlink/{link.pk}/")["Location"] == MINE
    assert carol.post(f"/accounts/oidc/unlink/{10**30}/").status_code == 404
