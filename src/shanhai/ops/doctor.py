"""`shanhai doctor`: what is wrong with this installation, in words."""

import os
import stat
import sys

import click

from .environment import Addresses
from .errors import Refusal
from .installation import Installation, data_folder
from .installed import load_django

UNWELL = 1


@click.command()
def doctor() -> None:
    """自检：哪里不对、怎么办；都好退出码 0，有不对的为 1。"""
    root = data_folder(os.environ)
    if not root.exists():
        raise Refusal(f"{root} 里没有安装。请先运行 shanhai run，或用 SHANHAI_DATA 指出数据目录。")
    installation = Installation.open()
    lines = [_secrets(installation), _service(installation)]
    try:
        load_django()
    except Refusal as error:
        lines.append((False, f"数据库起不来：{error.message}"))
    else:
        from shanhai.kernel.health import thorough

        lines += [(one.is_good, one.told) for one in thorough()]
    for is_good, told in lines:
        click.echo(f"{'好' if is_good else '坏'}  {told}")
    wrong = sum(not is_good for is_good, _told in lines)
    click.echo(f"{wrong} 处不对。" if wrong else "都好。")
    if wrong:
        sys.exit(UNWELL)


def _secrets(installation: Installation) -> tuple[bool, str]:
    for path in (installation.root / "installation.json", installation.field_keys):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            return False, f"{path} 的权限是 {mode:o}，别人能读到密钥。请运行 chmod 600 {path}。"
    return True, "密钥文件只有本用户能读。"


def _service(installation: Installation) -> tuple[bool, str]:
    where = "自己的数据库服务器" if Addresses.of_user(installation) else "自带的数据库"
    holder = installation.lock("server").holder()
    if holder is None:
        return False, f"服务没有运行（用{where}）。请运行 shanhai run。"
    return True, f"服务在运行（用{where}）：{holder.get('address', '正在启动')}"
