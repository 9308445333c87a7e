"""`shanhai backup` and `shanhai restore`."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shanhai.ops.errors import Refusal
from shanhai.ops.installation import Installation, Mode, data_folder

if TYPE_CHECKING:
    from shanhai.kernel.sealing import Keyring

    from .manifest import Manifest

_FOLDER = click.Path(path_type=Path, file_okay=False)


_NEXT = (
    "备份之后依本人申请删除过个人信息的，先运行 shanhai audit erase-again 名单（在锚点目录里）。\n"
    "启动：shanhai run（演示为 shanhai demo）。"
)


@click.command()
@click.option("--to", "folder", type=_FOLDER, help="写到哪个目录；每次一个新的子目录。")
@click.option("--new-key", type=click.Path(path_type=Path), help="只写一个新的备份密钥文件。")
@click.option("--base", "is_base", is_flag=True, help="写基础备份：配合归档的日志可回到任一时刻。")
def backup(folder: Path | None, new_key: Path | None, is_base: bool) -> None:
    """备份整个安装：数据库、佐证文件、密钥；加密，写完读回验证。服务不必停。"""
    from .keys import backup_keyring, write_new_key
    from .taking import take

    if new_key:
        write_new_key(new_key)
        click.echo(f"备份密钥写在 {new_key}。请另存一份到别处：没有它，备份打不开。")
        return
    if folder is None:
        raise Refusal("请用 --to 指定备份写到哪个目录。")
    keyring = backup_keyring()
    if not data_folder(os.environ).exists():
        raise Refusal(f"{data_folder(os.environ)} 里没有安装，没有可备份的。")
    if is_base:
        _take_base(folder, keyring)
        return
    tell(*take(Installation.open(), folder, keyring))


def tell(taken: Path, manifest: "Manifest") -> None:
    """What was backed up, and where it is."""
    size = sum(one.stat().st_size for one in taken.iterdir())
    click.echo(
        f"备份在 {taken}：{sum(manifest.counts.values()):,} 行、{manifest.files:,} 个文件，"
        f"{size / 2**20:,.1f} MB，已读回验证。"
    )


def _take_base(folder: Path, keyring: "Keyring") -> None:
    from shanhai.ops.postgres import log_archive

    from .base import take_base

    if log_archive() is None:
        click.echo("没有设 SHANHAI_WAL_ARCHIVE：这份基础备份只能恢复到它自己的时刻。", err=True)
    taken, base = take_base(Installation.open(), folder, keyring)
    size = sum(one.stat().st_size for one in taken.iterdir())
    click.echo(f"基础备份在 {taken}：{size / 2**20:,.1f} MB，已读回验证。")
    click.echo(f"只留这一份基础备份时，归档里早于 {base.first_log} 的日志可以删除。")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--log", type=_FOLDER, help="归档日志的目录：恢复基础备份时用。")
@click.option("--until", metavar="'2026-11-27 08:30:00'", help="恢复基础备份到哪个时刻。")
def restore(folder: Path, log: Path | None, until: str | None) -> None:
    """把备份恢复到空的数据目录，核对哈希、每张表的行数和历史的封存链。"""
    if (log is None) != (until is None):
        raise Refusal("--log 和 --until 要一起用。")
    if log and until:
        _rewind(folder, log, until)
        return
    from .keys import backup_keyring
    from .restoring import require_empty
    from .restoring import restore as bring

    keyring = backup_keyring()
    root = require_empty(dict(os.environ))
    try:
        installation, manifest = bring(folder, root, keyring)
        os.environ["SHANHAI_DEMO"] = "1" if Mode(manifest.mode) is Mode.DEMO else "0"
        told = _prove_chain()
    except BaseException:
        _take_away(root)
        raise
    click.echo(
        f"已恢复到 {installation.root}：{sum(manifest.counts.values()):,} 行、"
        f"{manifest.files:,} 个文件，与备份一致。"
    )
    click.echo(told)
    click.echo(_NEXT)


def _rewind(folder: Path, log: Path, until: str) -> None:
    from .keys import backup_keyring
    from .restoring import require_empty
    from .rewinding import moment, rewind

    keyring, wanted = backup_keyring(), moment(until)
    root = require_empty(dict(os.environ))
    try:
        installation, base = rewind(folder, root, log, wanted, keyring)
        os.environ["SHANHAI_DEMO"] = "1" if Mode(base.mode) is Mode.DEMO else "0"
        told = _prove_chain()
    except BaseException:
        _take_away(root)
        raise
    click.echo(f"已恢复到 {installation.root}，数据库停在 {wanted.isoformat(sep=' ')}。")
    click.echo(told)
    click.echo(_NEXT)


def _prove_chain() -> str:
    """Errors: Refusal names the first broken link."""
    from shanhai.ops.installed import load_django

    load_django()
    from django.db import connection

    from shanhai.kernel.chain.models import SealBlock
    from shanhai.kernel.chain.verifying import verify

    if SealBlock._meta.db_table not in connection.introspection.table_names():
        return "数据库里还没有建表，没有历史可验证。"
    report = verify()
    if not report.is_whole:
        raise Refusal("恢复的历史封存链不完整：" + "；".join(report.problems))
    return f"历史的封存链完整：{report.blocks:,} 块，{report.entries:,} 条，未封存 {report.unsealed:,} 条。"


def _take_away(root: Path) -> None:
    """A place half filled would be taken for whole."""
    from shanhai.ops import serve

    try:
        if (root / "installation.json").exists():
            serve.stop(Installation.open())
    finally:
        shutil.rmtree(root, ignore_errors=True)
