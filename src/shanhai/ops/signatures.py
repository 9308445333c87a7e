"""`shanhai signature`: files proved on any machine; the signing keys of this installation."""

import getpass
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from shanhai.engines.signing import BadKey, Fault, Finding, Proof, PublicKey, prove, read_key

from .errors import Refusal
from .installed import set_up

ALTERED, UNREADABLE = 1, 2
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_SIDES = click.Choice(["east", "west"])
_SAID = {
    Fault.NO_FILE: "不是签名文件，或者没有下载完整。请重新下载。",
    Fault.CONTENT: "内容被改动过，与签名时的摘要不符。",
    Fault.SIGNATURE: "签名不符：签名值被改动过，或不是这个密钥签的。",
    Fault.BAD_KEY: "文件里没有可用的公钥。请用 --key 给出对方的公钥文件。",
    Fault.OTHER_KEY: "文件里的公钥不是签名用的那一个，指纹是 {detail}。",
    Fault.UNTRUSTED: "不是用给出的公钥签的，签名密钥的指纹是 {detail}。",
    Fault.VALIDITY: "签名时间 {detail} 不在密钥的有效期内。",
    Fault.DIFFERENT: "两方签的不是同一内容。",
}


@click.group()
def signature() -> None:
    """电子签名：离线核验签名文件，管理本机的签名密钥。"""


@signature.command("verify")
@click.argument("file", type=_FILE)
@click.option("--key", "keys", type=_FILE, multiple=True, help="信任的公钥文件，可给几个。")
def verify_file(file: Path, keys: tuple[Path, ...]) -> None:
    """核验签名文件，逐项说出不成立的；有问题退出码 1，不是签名文件为 2。"""
    proof = prove(_text(file), [key_in(path) for path in keys])
    for finding in proof.findings:
        click.echo(said(finding), err=True)
    if proof.findings:
        sys.exit(UNREADABLE if proof.findings[0].fault is Fault.NO_FILE else ALTERED)
    _tell(proof, is_trusted=bool(keys))


def said(finding: Finding) -> str:
    """One finding as a sentence."""
    where = f"第 {finding.place} 个签名：" if finding.place else ""
    return where + _SAID[finding.fault].format(detail=finding.detail)


def _tell(proof: Proof, *, is_trusted: bool) -> None:
    click.echo(f"{proof.title}：{len(proof.statements)} 个签名都成立。")
    for one in proof.statements:
        click.echo(f"　{one['unit']}，{_shown(one['signed_at'])}，密钥指纹 {one['key']}")
        for act in one["decided"]:
            click.echo(f"　　{act['what']}：{act['who']}（{act['unit']}）{_shown(act['at'])}")
    if not is_trusted:
        click.echo("公钥取自文件本身：请与对方核对密钥指纹，或用 --key 给出从对方取得的公钥。")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def key_in(path: Path) -> PublicKey:
    """Errors: Refusal."""
    try:
        return read_key(_text(path))
    except BadKey:
        raise Refusal(f"“{path.name}”里没有 SM2 公钥。请给出从“签名密钥”页下载的公钥文件，或 PEM。") from None


@signature.command("keys")
def list_keys() -> None:
    """列出登记的签名密钥。"""
    set_up()
    for key in _all():
        until = f" 至 {key.valid_until:%Y-%m-%d %H:%M}Z" if key.valid_until else ""
        side = {"east": "帮扶方", "west": "受援方"}.get(key.side, "外部")
        since = f"{key.valid_from:%Y-%m-%d %H:%M}Z 起{until}"
        click.echo(f"{side}  {key.holder}  {key.fingerprint}  {since}  {key.kept}")


@signature.command("new")
@click.option("--side", type=_SIDES, required=True, help="哪一方的密钥。")
@click.option("--holder", required=True, help="持有单位全称，印在签名旁边。")
def new_signing_key(side: str, holder: str) -> None:
    """生成一方的签名密钥并启用；原来的同时停用，它签过的照样有效。"""
    set_up()
    from shanhai.kernel import context
    from shanhai.kernel.scope import Side
    from shanhai.registers.signing.keys import new_key

    with context.unscoped(_reason()):
        key = new_key(Side(side), holder)
    where = "库外文件，请马上备份" if key.kept == key.Kept.FILE else "数据库内，由密钥环加密"
    click.echo(f"{holder}的签名密钥已启用，指纹 {key.fingerprint}（私钥：{where}）。")


@signature.command("end")
@click.argument("fingerprint")
def end_signing_key(fingerprint: str) -> None:
    """停用一个密钥；它签过的照样有效。"""
    set_up()
    from shanhai.kernel import context
    from shanhai.registers.signing.keys import end_key

    with context.unscoped(_reason()):
        key = _one(fingerprint)
        if key.valid_until is not None:
            raise Refusal("这个密钥已经停用。")
        end_key(key)
    click.echo(f"{key.holder}的密钥 {key.fingerprint[:16]} 已停用。")


@signature.command("export")
@click.argument("fingerprint")
@click.option("--pem", is_flag=True, help="给 openssl 等其他程序用的 PEM。")
def export_key(fingerprint: str, pem: bool) -> None:
    """输出公钥文件，交给核验的人。"""
    set_up()
    from shanhai.engines.signing import key_file, pem_of

    told = _one(fingerprint).told
    click.echo(pem_of(told.public).rstrip() if pem else key_file(told))


@signature.command("take")
@click.argument("file", type=_FILE)
@click.option("--holder", default="", help="持有单位；默认用文件里写的。")
def take_foreign_key(file: Path, holder: str) -> None:
    """登记另一个系统的公钥，以便核验它的签名。"""
    told = key_in(file)
    set_up()
    from shanhai.kernel import context
    from shanhai.kernel.errors import RuleViolated
    from shanhai.registers.signing.keys import take_key

    if not (holder or told.holder):
        raise Refusal("公钥文件里没有持有单位，请用 --holder 写明。")
    with context.unscoped(_reason()):
        try:
            key = take_key(told, holder)
        except RuleViolated as refused:
            raise Refusal(str(refused)) from None
    click.echo(f"已登记{key.holder}的公钥，指纹 {key.fingerprint}。请与对方电话核对。")


def _all() -> Sequence[Any]:
    from shanhai.registers.signing.models import SigningKey

    return list(SigningKey.objects.all())


def _one(fingerprint: str) -> Any:
    """By the beginning of its fingerprint. Errors: Refusal for none, and for several."""
    found = [key for key in _all() if key.fingerprint.startswith(fingerprint.lower())]
    if len(found) != 1:
        raise Refusal(f"没有恰好一个指纹以“{fingerprint}”开头的密钥。请用 shanhai signature keys 核对。")
    return found[0]


def _reason() -> str:
    return f"shanhai signature（{getpass.getuser()}）"


def _shown(told: str) -> str:
    """A moment of a statement as people here read it; what is none stands as it is."""
    try:
        moment = datetime.fromisoformat(told)
    except (TypeError, ValueError):
        return str(told)
    return f"{moment.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}"
