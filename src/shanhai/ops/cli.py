"""The `shanhai` command. Everything it says to people is Chinese; Django is imported only where it is needed."""

import json
import shlex
import sys
from pathlib import Path

import click

from . import detached
from .environment import OURS, Addresses, chosen_mode, for_django
from .errors import Refusal
from .installation import Installation, Mode
from .ports import LOOPBACK


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """山海：东西部协作的台账、指标与通报平台。"""


@main.command()
@click.option("--ensure", is_flag=True, help="没有运行就在后台启动，然后返回。")
def postgres(ensure: bool) -> None:
    """只运行自带的数据库（开发和测试用）。"""
    installation = Installation.open()
    if not ensure:
        detached.serve_database(installation)
        return
    click.echo(f"数据库在 {LOOPBACK}:{detached.ensure_database(installation)}。", err=True)


@main.command()
@click.option("--yes", is_flag=True, help="输出不是终端时也打印（其中有密码）。")
def env(yes: bool) -> None:
    """打印数据库地址和密钥，供 shell 使用：eval "$(shanhai env --yes)"。"""
    if not yes and not sys.stdout.isatty():
        raise Refusal("输出里有密码，而标准输出不是终端。确实需要时请加 --yes。")
    environment = installed_environment()
    for name in OURS:
        click.echo(f"export {name}={shlex.quote(environment[name])}")


def installed_environment() -> dict[str, str]:
    """The environment for Django, with the embedded database running unless the user brings a server."""
    installation = Installation.open()
    mode = chosen_mode(installation)
    addresses = Addresses.of_user()
    if addresses is None:
        addresses = Addresses.embedded(installation, detached.ensure_database(installation), mode)
    return for_django(installation, addresses, mode)
