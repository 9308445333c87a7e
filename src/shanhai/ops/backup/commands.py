"""`shanhai backup` and `shanhai restore`."""

import os
import shutil
from pathlib import Path

import click

from shanhai.ops.errors import Refusal
from shanhai.ops.installation import Installation, Mode, data_folder

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--to", "folder", type=_FOLDER, help="写到哪个目录；每次一个新的子目录。")
@click.option("--new-key", type=click.Path(path_type=Path), help="只写一个新的备份密钥文件。")
def backup(folder: Path | None, new_key: Path | None) -> None:
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
    taken, manifest = take(Installation.open(), folder, keyring)
    size = sum(one.stat().st_size for one in taken.iterdir())
    click.echo(
        f"备份在 {taken}：{sum(manifest.counts.values()):,} 行、{manifest.files:,} 个文件，"
        f"{size / 2**20:,.1f} MB，已读回验证。"
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def restore(folder: Path) -> None:
    """把备份恢复到空的数据目录，核对哈希、每张表的行数和历史的封存链。"""
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
    click.echo("启动：shanhai run（演示为 shanhai demo）。")


def _prove_chain() -> str:
    """Errors: Refusal names the first broken link."""
    from shanhai.ops.audit import set_up

    set_up()
    from shanhai.kernel.chain.verifying import verify

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
