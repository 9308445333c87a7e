"""`shanhai keys`: the keys of encrypted fields and files, from the command line of the machine."""

import getpass
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .environment import Addresses, chosen_mode
from .errors import Refusal
from .field_keys import key_file, keys_in_use, write_keys
from .installation import Installation, Mode
from .installed import load_django, set_up

if TYPE_CHECKING:
    from shanhai.kernel.keys.held import Held

_CIPHERS = ("SM4-GCM", "AES-256-GCM")


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="标准输出只有一个 JSON 对象。")
@click.pass_context
def keys(ctx: click.Context, as_json: bool) -> None:
    """加密字段和文件的密钥；不带子命令就列出：编号、算法、名下还有多少。"""
    if ctx.invoked_subcommand is None:
        _list(as_json=as_json)


def _list(*, as_json: bool) -> None:
    entries = _entries(keys_in_use(Installation.open()))
    if as_json:
        from .cli import print_json

        print_json({"keys": entries, "rotation": _rotation()})
        return
    for entry in entries:
        mark = "现用" if entry["current"] else "　　"
        algorithm = entry["algorithm"] or "（密钥不在本机，打不开）"
        click.echo(
            f"{mark}  {entry['id']}  {algorithm}  {entry['values']:,} 个值和文件，{entry['history']:,} 条历史"
        )
        for place, number in sorted(entry["places"].items()):
            click.echo(f"          {place}  {number:,}")
    if rotation := _rotation():
        click.echo(
            f"正在改用 {rotation['key']}：已改 {rotation['resealed']:,} 个，{rotation['begun']} 开始。"
        )


def _entries(told: dict[str, Any]) -> list[dict[str, Any]]:
    """What is under each key of the ring, and of others that are found."""
    return [
        {
            "id": name,
            "algorithm": told["keys"].get(name, {}).get("algorithm", ""),
            "current": name == told["current"],
            "values": one.values,
            "history": one.history,
            "latest": one.latest,
            "places": dict(one.places),
        }
        for name, one in _held().items()
    ]


def _held() -> "dict[str, Held]":
    load_django()
    from django.db import connection

    if "kernel_keychange" not in connection.introspection.table_names():
        return {}  # nothing was ever written there
    from shanhai.kernel.keys.held import held

    return held()


def _rotation() -> dict[str, Any] | None:
    from django.db import connection

    if "kernel_keychange" not in connection.introspection.table_names():
        return None
    from shanhai.kernel.keys.rotating import resealed, under_way

    found = under_way()
    if found is None:
        return None
    begun = f"{found.started_at:%Y-%m-%d %H:%M:%S}Z"
    return {"key": found.key_id, "resealed": resealed(found), "begun": begun}


@keys.command()
@click.option(
    "--algorithm", type=click.Choice(_CIPHERS, case_sensitive=False), default=_CIPHERS[0], show_default=True
)
@click.option("--id", "name", help="编号；默认接着排，如 k2。")
def add(algorithm: str, name: str | None) -> None:
    """新增一个密钥并改为现用；新写入的用它，旧值照常能读。服务不必停。"""
    from shanhai.kernel.sealing.installed import LOOK_SECONDS
    from shanhai.kernel.sealing.keyring import KeyringError, new_key

    installation = Installation.open()
    with _alone(installation):
        set_up()  # before anything is written
        path, told = key_file(installation), keys_in_use(installation)
        name = name or _next_name(told["keys"])
        if name in told["keys"]:
            raise Refusal(f"密钥 {name} 已经有了。请换一个编号，或不写 --id。")
        told["keys"][name] = new_key(algorithm)
        try:
            _write(path, told)
        except KeyringError as error:
            raise Refusal(str(error)) from error
        time.sleep(3 * LOOK_SECONDS)  # first every process can open what it seals, then it is the current one
        told["current"] = name
        _write(path, told)
        from shanhai.kernel.keys.models import KeyChange
        from shanhai.kernel.keys.rotating import record

        record(KeyChange.Kind.ADDED, name, algorithm, _who())
    click.echo(f"现用密钥是 {name}（{algorithm}），在 {path}。请马上备份一次：没有它，今后写入的打不开。")
    click.echo("旧值改用它：shanhai keys rotate。")


@keys.command()
@click.option("--here", is_flag=True, help="就在这条命令里做完，不等后台（服务没有运行时用）。")
def rotate(here: bool) -> None:
    """把旧密钥下的值和文件改用现用密钥；后台做，可中断，接着做，不影响使用。"""
    set_up()
    from shanhai.kernel.keys.rotating import begin, look, resealed, work
    from shanhai.kernel.keys.tasks import go_on

    rotation = begin(_who())
    if not here:
        go_on()
        click.echo(f"后台开始改用 {rotation.key_id}。进度：shanhai keys。")
        return
    while work(2.0):
        click.echo(f"已改 {resealed(look(rotation)):,} 个", err=True)
    rotation = look(rotation)
    if rotation.ended_at is None:
        raise Refusal("后台正在做同一件事，没有再做一遍。进度：shanhai keys。")
    click.echo(f"做完了：{rotation.resealed:,} 个值和文件改用了 {rotation.key_id}。")
    if rotation.unopened:
        click.echo(f"{rotation.unopened:,} 个打不开，没有动；在哪里见日志。", err=True)


@keys.command()
@click.argument("name", metavar="编号")
def drop(name: str) -> None:
    """删除一个密钥；名下还有任何东西（历史也算）就不删。"""
    installation = Installation.open()
    with _alone(installation):
        path, told = key_file(installation), keys_in_use(installation)
        if name not in told["keys"]:
            raise Refusal(f"没有密钥 {name}。现有：{'、'.join(told['keys'])}。")
        if name == told["current"]:
            raise Refusal(f"{name} 是现用密钥，不能删。请先 shanhai keys add。")
        mine = chosen_mode(installation)
        others = () if Addresses.of_user(installation) else (mode for mode in Mode if mode is not mine)
        for mode in others:
            _refuse_used(name, mode, _told(mode))
        _refuse_used(name, mine, _entries(told))
        if _jobs_run():
            raise Refusal("有后台任务在运行，可能还拿着旧值。请等它们结束再来。")
        kept = {**told, "keys": {one: key for one, key in told["keys"].items() if one != name}}
        _write(path, kept)
        try:
            _refuse_used(name, mine, _entries(told))  # somebody may have saved an old value at this moment
        except Refusal:
            _write(path, told)
            raise
        if path == installation.field_keys:
            # Where an earlier version left a copy.
            installation.secrets.write(installation.root / "installation.json")
        from shanhai.kernel.keys.models import KeyChange
        from shanhai.kernel.keys.rotating import record

        record(KeyChange.Kind.DROPPED, name, told["keys"][name]["algorithm"], _who())
    click.echo(f"密钥 {name} 已删除。用它加密的旧备份里各有自己的密钥，照常能恢复。")


def _refuse_used(name: str, mode: Mode, entries: list[dict[str, Any]]) -> None:
    """Errors: Refusal says where the key is needed still."""
    entry = next((one for one in entries if one["id"] == name), None)
    if entry is None:
        return
    if entry["values"]:
        where = "、".join(f"{place} {number:,}" for place, number in sorted(entry["places"].items()))
        raise Refusal(
            f"{mode.label}数据里还有 {entry['values']:,} 个值和文件在 {name} 名下（{where}），没有删。"
            "请先 shanhai keys rotate；uploads 里的一天之内自行清除。"
        )
    if entry["history"]:
        raise Refusal(
            f"{mode.label}数据的历史里还有 {entry['history']:,} 条在 {name} 名下"
            f"（最近 {entry['latest']}），没有删。"
            "历史封存后不改写：到期用 shanhai audit archive 归档这些月份，再来删除。"
        )


def _told(mode: Mode) -> list[dict[str, Any]]:
    """The entries of another mode's database: a process has one."""
    command = [sys.executable, "-m", "shanhai.ops", "keys", "--json"]
    environment = {**os.environ, "SHANHAI_DEMO": "1" if mode is Mode.DEMO else "0"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refusal(f"{mode.label}数据清点不了：{done.stderr.strip()[-500:]}")
    told: list[dict[str, Any]] = json.loads(done.stdout)["keys"]
    return told


def _jobs_run() -> bool:
    set_up()
    from shanhai.kernel import context
    from shanhai.kernel.models import Job

    with context.unscoped("清点密钥"):
        return bool(Job.objects.filter(state=Job.State.RUNNING).exists())


def _write(path: Path, told: dict[str, Any]) -> None:
    """Errors: KeyringError for an id that cannot be one, before anything is written; Refusal."""
    from shanhai.kernel.sealing.keyring import Keyring

    Keyring.from_settings(told)
    write_keys(path, told)


def _next_name(known: dict[str, Any]) -> str:
    numbers = [int(found[1]) for name in known if (found := re.fullmatch(r"k([0-9]+)", name))]
    return f"k{max(numbers, default=0) + 1}"


def _who() -> str:
    return f"system:{getpass.getuser()}"


@contextmanager
def _alone(installation: Installation) -> Iterator[None]:
    """Two who change the keys at once would undo each other's work."""
    with installation.lock("keys") as lock:
        if not lock.acquire():
            raise Refusal("另一个 shanhai keys 命令正在运行。请等它结束。")
        yield
