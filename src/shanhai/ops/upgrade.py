"""`shanhai upgrade`: from the tables of an earlier release to those of this one, with a backup before."""

import os
from pathlib import Path
from typing import Any

import click

from .errors import Refusal
from .installation import Installation, Mode, data_folder
from .processes import Interrupted

_UNFINISHED = "升级没有做完，服务还不能启动。原因排除后再运行 shanhai upgrade，会接着做，不再备份。"
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--to", "folder", type=_FOLDER, help="升级前的备份写到哪个目录。")
@click.option("--no-backup", "is_bold", is_flag=True, help="不备份：只在刚刚另外备份过时用。")
def upgrade(folder: Path | None, is_bold: bool) -> None:
    """把正式数据库升级到这一版：先备份，再改表、重建墙；中断了再运行一次就接着做。"""
    from . import serve

    if not data_folder(os.environ).exists():
        raise Refusal(f"{data_folder(os.environ)} 里没有安装，没有可升级的。新的安装请运行 shanhai run。")
    installation = Installation.open()
    with installation.lock("server") as lock:
        if not lock.acquire():
            raise Refusal("服务正在运行。请先停止（shanhai stop，或 systemctl stop shanhai），再升级。")
        lock.publish(mode=Mode.LIVE, children=())
        with serve.database(installation, Mode.LIVE) as (supervisor, environment):
            before = serve.prepare(installation, Mode.LIVE, environment, supervisor, "--look")
            if before["is_demonstration"]:
                raise Refusal("这个数据库里是演示数据：shanhai demo 启动时会自己升级。")
            if _asks_for_backup(before) and not is_bold:
                _back_up(installation, folder)
            try:
                after = serve.prepare(installation, Mode.LIVE, environment, supervisor, "--upgrade")
            except (Refusal, Interrupted) as error:
                raise Refusal("\n".join(filter(None, (str(error), _UNFINISHED)))) from error
    _tell(before, after)


def _asks_for_backup(before: dict[str, Any]) -> bool:
    """A database that was left half-way is of no release: the backup was taken when its upgrade began."""
    return bool(
        before["is_worked_in"] and before["missing"] and not before["is_under_way"] and not before["unknown"]
    )


def _back_up(installation: Installation, folder: Path | None) -> None:
    from .backup.commands import tell
    from .backup.keys import backup_keyring
    from .backup.taking import take

    if folder is None:
        raise Refusal(
            "升级前要备份：请用 --to 指定备份写到哪个目录（刚刚另外备份过，可用 --no-backup）。"
            "退回以前的版本只能靠这份备份。"
        )
    tell(*take(installation, folder, backup_keyring(), Mode.LIVE))


def _tell(before: dict[str, Any], after: dict[str, Any]) -> None:
    if before["is_under_way"]:
        click.echo("上一次升级没有做完，这次接着做完了；升级前的备份是那一次做的。")
    steps = after["applied"] - before["applied"]
    if steps or not before["is_protected"]:
        click.echo(f"升级完成：改表 {steps} 步，墙、触发器、索引已按这一版重建。")
    else:
        click.echo("数据库已经是这一版的，没有要做的。")
    click.echo("启动：shanhai run；随后可用 shanhai doctor 自检。")
