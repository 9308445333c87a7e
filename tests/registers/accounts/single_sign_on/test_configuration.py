"""What the operator writes down: read whole or refused by name; and what the doctor says of it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from registers.accounts.single_sign_on.conftest import known
from registers.accounts.single_sign_on.hostile import Hostile
from shanhai.kernel.health import thorough
from shanhai.registers.accounts.single_sign_on.providers import Proof, read

WHOLE = """
[[provider]]
id = "province"
issuer = "https://sso.example.gov.cn"
client_id = "shanhai"
client_secret = "of a test"
label = "省统一身份认证"
"""


def written(folder: Path, text: str) -> str:
    path = folder / "single-sign-on.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return str(path)


def test_without_a_file_there_is_none() -> None:
    assert read("") == ()


def test_a_provider_is_read_with_its_secret_from_another_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of a file\n")
    text = WHOLE.replace('client_secret = "of a test"', f'client_secret_file = "{secret}"')
    more = (
        'label_en = "Sign-on"\nrequire_acr = ["urn:a"]\nsecond_factor_amr = ["otp", "hwk"]\nsign_out = true\n'
    )
    (one,) = read(written(tmp_path, text + more))
    assert (one.client_secret, one.secret_file) == ("of a file", str(secret))
    assert (one.named("en"), one.named("zh-hans")) == ("Sign-on", "省统一身份认证")
    assert one.required == Proof(acr=frozenset({"urn:a"}))
    assert one.second_factor == Proof(amr=frozenset({"otp", "hwk"}))
    assert one.signs_out
    assert "of a file" not in repr(one)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("[[provider]]", "[provider]", "只能有"),
        ("id = ", "identity = ", "identity 不认识"),
        ("province", "省", "id 要用小写字母"),
        ("https://", "http://", "issuer 要是 https://"),
        (".gov.cn", ".gov.cn/?a=1", "issuer 要是 https://"),
        ('client_id = "shanhai"', "", "没有写 client_id"),
        ('client_secret = "of a test"', "", "没有 client_secret"),
        ('client_secret = "of a test"', 'client_secret_file = "/nowhere"', "client_secret_file 读不出来"),
        ("label", 'token_auth_method = "none"\nlabel', "token_auth_method 只能是"),
        ("label", "sign_out = 1\nlabel", "sign_out 不认识，或者写法不对"),
        ("label", 'require_acr = "urn:a"\nlabel', "require_acr 不认识，或者写法不对"),
        ("label", "label = ", "读不出来"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, was: str, now: str, told: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=told):
        read(written(tmp_path, WHOLE.replace(was, now)))


def test_two_of_the_same_issuer_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="issuer 相同"):
        read(written(tmp_path, WHOLE + WHOLE.replace("province", "county")))


def told() -> tuple[bool, str]:
    (found,) = (one for one in thorough() if one.key == "single_sign_on")
    return found.is_good, found.told


def test_the_doctor_asks_each_provider(province: Any, cast: Any) -> None:
    assert told() == (True, "统一身份认证有应答：省统一身份认证。")


def test_the_doctor_says_what_is_wrong(hostile: Hostile, cast: Any, settings: Any, tmp_path: Path) -> None:
    hostile.document["issuer"] = "https://another.example.gov.cn"
    assert "那边自称 https://another.example.gov.cn" in told()[1]
    hostile.document["issuer"] = hostile.issuer
    hostile.date = "Thu, 01 Jan 2026 00:00:00 GMT"
    assert "两边的时钟差" in told()[1]
    hostile.date = ""
    hostile.document["userinfo_endpoint"] = "http://sso.example.gov.cn/me"
    assert "不是 https" in told()[1]
    settings.SHANHAI_PROVIDERS = (known("http://127.0.0.1:9"),)
    assert "没有应答（ConnectionError）" in told()[1]
    settings.SHANHAI_PROVIDERS = ()
    assert told() == (True, "没有设统一身份认证。")
    path = Path(written(tmp_path, WHOLE))
    path.chmod(0o640)
    settings.SHANHAI_SINGLE_SIGN_ON_FILE = str(path)
    assert told() == (False, f"{path} 别人能读到，或者不见了，请运行 chmod 600 {path}。")
