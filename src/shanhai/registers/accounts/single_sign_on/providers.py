"""The providers of an installation, from a file that its operator keeps; Django is not asked here."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_KEY = re.compile(r"[a-z][a-z0-9-]{0,29}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: Of an issuer: it stands in a column of that length.
_LONGEST = 200
_TEXTS = frozenset(
    {
        "id",
        "issuer",
        "client_id",
        "client_secret",
        "client_secret_file",
        "token_auth_method",
        "label",
        "label_en",
        "name_claim",
    }
)
#: How the secret is shown to the provider; "" for what its document says it takes.
_METHODS = frozenset({"", "client_secret_basic", "client_secret_post"})
_LISTS = frozenset({"require_acr", "require_amr", "second_factor_acr", "second_factor_amr"})
_FLAGS = frozenset({"sign_out"})


@dataclass(frozen=True)
class Proof:
    """How somebody must have shown who they are, in the provider's own words; one of them is enough."""

    acr: frozenset[str] = frozenset()
    amr: frozenset[str] = frozenset()

    def is_shown(self, claims: Mapping[str, Any]) -> bool:
        told = claims.get("amr")
        shown = {one for one in told if isinstance(one, str)} if isinstance(told, list) else set()
        return claims.get("acr") in self.acr or bool(shown & self.amr)

    def __bool__(self) -> bool:
        return bool(self.acr or self.amr)


@dataclass(frozen=True)
class Provider:
    """One provider. Who signs in there is known by (`issuer`, sub) and by nothing else."""

    key: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    label: str
    label_en: str
    #: The claim by which people know their own account there; it is shown, nothing is decided by it.
    name_claim: str = "preferred_username"
    #: Without one of these nobody comes in; empty for no demand.
    required: Proof = Proof()
    #: What stands for our own second factor; empty for nothing.
    second_factor: Proof = Proof()
    #: Whether signing out here leads on to signing out there.
    signs_out: bool = False
    token_auth_method: str = ""
    #: Where the secret was read from, "" when it stands in the file itself.
    secret_file: str = ""

    def named(self, language: str) -> str:
        return self.label_en if language.startswith("en") else self.label


def read(path: str) -> tuple[Provider, ...]:
    """The providers in the file, none without a file. Errors: ImproperlyConfigured, naming what is wrong."""
    if not path:
        return ()
    try:
        written = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"单点登录的文件 {path} 读不出来：{error}") from error
    tables = written.pop("provider", [])
    if written or not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise ImproperlyConfigured(f"{path} 里只能有 [[provider]]，每个统一身份认证一段。")
    found = tuple(_provider(one, f"{path} 第 {number} 个") for number, one in enumerate(tables, 1))
    for name in ("key", "issuer"):
        if len({getattr(one, name) for one in found}) < len(found):
            raise ImproperlyConfigured(
                f"{path} 里有两个统一身份认证的 {'id' if name == 'key' else name} 相同。"
            )
    return found


def is_protected(address: str) -> bool:
    """Whether nobody on the way reads along: HTTPS, or this machine itself."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    )


def _provider(given: dict[str, Any], where: str) -> Provider:
    _require_known(given, where)
    key, issuer = str(given.get("id", "")), str(given.get("issuer", ""))
    if not _KEY.fullmatch(key):
        raise ImproperlyConfigured(f"{where}：id 要用小写字母开头的小写字母、数字、短横，最多 30 位。")
    parts = urlsplit(issuer)
    if not is_protected(issuer) or parts.query or parts.fragment or len(issuer) > _LONGEST:
        raise ImproperlyConfigured(f"{where}：issuer 要是 https:// 开头的地址，与对方公布的一字不差。")
    for name in ("client_id", "label"):
        if not given.get(name):
            raise ImproperlyConfigured(f"{where}：没有写 {name}。")
    if given.get("token_auth_method", "") not in _METHODS:
        raise ImproperlyConfigured(
            f"{where}：token_auth_method 只能是 client_secret_basic 或 client_secret_post。"
        )
    lists = {name: frozenset(given.get(name, ())) for name in _LISTS}
    return Provider(
        key=key,
        issuer=issuer,
        client_id=given["client_id"],
        client_secret=_secret(given, where),
        label=given["label"],
        label_en=given.get("label_en", given["label"]),
        name_claim=given.get("name_claim", Provider.name_claim),
        required=Proof(lists["require_acr"], lists["require_amr"]),
        second_factor=Proof(lists["second_factor_acr"], lists["second_factor_amr"]),
        signs_out=given.get("sign_out", False),
        token_auth_method=given.get("token_auth_method", ""),
        secret_file=given.get("client_secret_file", ""),
    )


def _require_known(given: dict[str, Any], where: str) -> None:
    for name, value in given.items():
        is_list = isinstance(value, list) and all(isinstance(one, str) and one for one in value)
        is_right = (
            (name in _TEXTS and isinstance(value, str))
            or (name in _LISTS and is_list)
            or (name in _FLAGS and isinstance(value, bool))
        )
        if not is_right:
            raise ImproperlyConfigured(f"{where}：{name} 不认识，或者写法不对。")


def _secret(given: dict[str, Any], where: str) -> str:
    if file := given.get("client_secret_file"):
        try:
            found = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{where}：client_secret_file 读不出来：{error}") from error
    else:
        found = given.get("client_secret", "")
    if not found:
        raise ImproperlyConfigured(f"{where}：没有 client_secret，也没有 client_secret_file。")
    return str(found)
