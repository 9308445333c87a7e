"""The `shanhai` command. What it says to people is Chinese; Django is imported only where it is needed."""

import json
import os
import shlex
import sys
from pathlib import Path

import click

from . import detached
from .audit import audit
from .backup.commands import backup, restore
from .doctor import doctor
from .environment import OURS
from .errors import Refusal
from .exchange import exchange
from .installation import Installation, Mode, data_folder
from .installed import installed_environment
from .keys import keys
from .packs import pack
from .ports import LOOPBACK
from .signatures import signature
from .upgrade import upgrade

#: As init scripts say it.
NOT_RUNNING = 3
UNREADABLE = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """山海：东西部协作的台账、指标与通报平台。"""


main.add_command(audit)
main.add_command(backup)
main.add_command(restore)
main.add_command(doctor)
main.add_command(exchange)
main.add_command(keys)
main.add_command(pack)
main.add_command(signature)
main.add_command(upgrade)


@main.command()
@click.option("--once", is_flag=True, help="只准备数据，不启动服务。")
@click.option("--json", "as_json", is_flag=True, help="与 --once 同用：标准输出只有一个 JSON 对象。")
@click.option("--reset", is_flag=True, help="先清空演示数据。")
def demo(once: bool, as_json: bool, reset: bool) -> None:
    """启动演示：自带数据库、示例方案和一年的演示数据。"""
    from . import serve

    if as_json and not once:
        raise Refusal("--json 只能与 --once 同用。")
    installation = Installation.open()
    if not once:
        serve.serve(installation, Mode.DEMO, reset=reset)
        return
    print_json(serve.once(installation, reset=reset), indent=None if as_json else 2)


@main.command()
def run() -> None:
    """启动正式服务：空库从一次性的设置链接开始。"""
    from . import serve

    serve.serve(Installation.open(), Mode.LIVE)


@main.command()
def stop() -> None:
    """停止本安装的全部进程。"""
    from . import serve

    if not data_folder(os.environ).exists():
        click.echo("没有在运行。")
        return
    click.echo("已停止。" if serve.stop(Installation.open()) else "没有在运行。")


@main.command()
def status() -> None:
    """是否在运行、在哪里；没有运行时退出码为 3。"""
    installation = Installation.open()
    server = installation.lock("server").holder()
    port = detached.running_port(installation)
    if server is not None:
        mode = Mode(server.get("mode", Mode.LIVE))
        click.echo(f"网页：{mode.label}，{server.get('address', '正在启动')}")
    if server and server.get("own_database"):
        click.echo("数据库：DATABASE_URL 指定的服务器")
    else:
        click.echo(f"数据库：{LOOPBACK}:{port}" if port else "数据库：没有运行")
    click.echo(f"数据：{installation.root}")
    if server is None:
        click.echo("服务没有运行。")
        sys.exit(NOT_RUNNING)


@main.group()
def scheme() -> None:
    """方案文件。"""


@scheme.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, required=True, help="输出一个 JSON 对象。")
def parse(file: Path, as_json: bool) -> None:
    """读出方案的任务和责任单位（.txt、.docx、有文字的 .pdf），不需要数据库。"""
    from shanhai.engines.clauses.command import parse_file
    from shanhai.engines.clauses.model import UnreadableDocument

    try:
        found = parse_file(file)
    except UnreadableDocument as error:
        click.echo(str(error), err=True)
        sys.exit(UNREADABLE)
    print_json(found)


@main.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """在本安装的环境里运行 Django 管理命令。"""
    run_django(["shanhai manage", *arguments])


def run_django(arguments: list[str]) -> None:
    """Run a Django command line in the installation's environment; `manage.py` calls this too."""
    os.environ.update(installed_environment())
    from django.core.management import execute_from_command_line

    execute_from_command_line(arguments)


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


@main.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@click.option(
    "--rows",
    "--workers",
    "--documents",
    "--counties",
    "rows",
    type=click.IntRange(min=1),
    help="数据行数，默认为该项基准自己的规模。",
)
@click.option(
    "--orders", type=click.IntRange(min=1), default=500, show_default=True, help="match：岗位需求数。"
)
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True, help="交替几轮。")
@click.option("--gate", type=float, help="中位倍数低于此数时以 1 退出。")
@click.option("--minutes", type=click.FloatRange(min=0.1), help="load：稳定段多少分钟，默认 10。")
def bench(
    name: str,
    as_json: bool,
    rows: int | None,
    orders: int,
    rounds: int,
    gate: float | None,
    minutes: float | None,
) -> None:
    """与常用做法同机、同数据、交替对比；倍数 = 对方用时 ÷ 我方用时。

    load 没有对方：200 人同时用，每秒多少次仍在限值以内。
    """
    from . import bench as benchmarks

    if name == benchmarks.load.NAME:
        report = benchmarks.load.measure(rows, minutes)
        print_json(report, indent=None if as_json else 2)
        return
    if name not in benchmarks.BENCHMARKS:
        known = "、".join((*benchmarks.BENCHMARKS, benchmarks.load.NAME))
        raise Refusal(f"没有名为 {name} 的基准。现有：{known}。")
    benchmark = benchmarks.BENCHMARKS[name]
    rows = rows or benchmark.default_rows
    if name == benchmarks.match.MATCH.name:
        benchmark = benchmarks.match.sized(rows, orders)
    report = benchmarks.run(benchmark, rows, rounds)
    print_json(report, indent=None if as_json else 2)
    if gate is not None and report["ratio"]["median"] < gate:
        sys.exit(1)


def print_json(value: object, indent: int | None = None) -> None:
    """One object in UTF-8, whatever the terminal's encoding, for the program that reads it."""
    text = json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8"))
