"""`shanhai exchange`: packages sent up to another system, proved and taken in."""

import getpass
import sys
from datetime import datetime
from pathlib import Path

import click

from .errors import Refusal
from .installed import set_up
from .signatures import key_in

REFUSED = 1
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def exchange() -> None:
    """上下级交换：打包上报、核验、接收各县的报送包。"""


@exchange.command("pack")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--side", type=click.Choice(["east", "west"]), required=True, help="哪一方的指标。")
@click.option("--period", "code", required=True, help="所属期，如 2021Q3、2021。")
@click.option("--code", "sender", required=True, help="报送方代码，如县的区划代码 520328。")
@click.option("--name", required=True, help="报送方名称，与上级登记的一致。")
@click.option("--known-on", type=_DAY, help="截至哪一天 24 时的数据；默认现在。")
def pack_up(file: Path, side: str, code: str, sender: str, name: str, known_on: datetime | None) -> None:
    """把一方的指标和背后的行打成签名的报送包；不含个人信息，佐证只带哈希。"""
    set_up()
    from shanhai.engines.values import Period, PeriodError
    from shanhai.kernel import context
    from shanhai.kernel.errors import RuleViolated
    from shanhai.kernel.scope import Side
    from shanhai.registers.exchange.packing import make_package

    try:
        period = Period.parse(code)
        with context.unscoped(_reason()):
            digest = make_package(
                file, Side(side), period, known_on.date() if known_on else None, (sender, name)
            )
    except (PeriodError, RuleViolated) as refused:
        raise Refusal(str(refused)) from None
    click.echo(f"{file}：{name} {code}，清单摘要 {digest}。")


@exchange.command("verify")
@click.argument("file", type=_FILE)
@click.option("--key", "keys", type=_FILE, multiple=True, required=True, help="报送方的公钥文件，可给几个。")
def verify_package(file: Path, keys: tuple[Path, ...]) -> None:
    """不用服务器核验报送包：签名、每个文件、每个指标能否由包里的行算出。"""
    from shanhai.engines.exchange import Finding, read_package

    found = read_package(file, {key.fingerprint: key for key in map(key_in, keys)})
    if isinstance(found, Finding):
        from shanhai.engines.exchange.telling import told

        click.echo(told(found), err=True)
        sys.exit(REFUSED)
    header = found.header
    click.echo(
        f"{header.name} {header.period}（截至 {header.known_on}）："
        f"{len(found.figures)} 个指标、{found.rows:,} 行，签名和数值都成立。"
    )
    click.echo(f"清单摘要 {found.digest}")


@exchange.command("sender")
@click.argument("code")
@click.argument("name")
@click.option("--key", "file", type=_FILE, required=True, help="报送方的公钥文件。")
def new_sender(code: str, name: str, file: Path) -> None:
    """登记一个报送方和它的公钥；它换密钥时再来一次。"""
    key = key_in(file)
    set_up()
    from shanhai.kernel import context
    from shanhai.kernel.errors import RuleViolated
    from shanhai.registers.exchange.taking import register_sender

    with context.unscoped(_reason()):
        try:
            register_sender(code, name, key)
        except RuleViolated as refused:
            raise Refusal(str(refused)) from None
    click.echo(f"已登记{name}（{code}），密钥指纹 {key.fingerprint}。请与对方电话核对。")


@exchange.command("import")
@click.argument("files", type=_FILE, nargs=-1, required=True)
def take_in(files: tuple[Path, ...]) -> None:
    """接收报送包；同一个包再来不变，新的替换旧的并说出差异；不成立的不收，退出码 1。"""
    set_up()
    from shanhai.kernel import context
    from shanhai.kernel.errors import RuleViolated
    from shanhai.registers.exchange.taking import take

    is_refused = False
    for file in files:
        try:
            with context.unscoped(_reason()):
                taken = take(file, _reason())
        except RuleViolated as refused:
            is_refused = True
            click.echo(f"{file.name}：{refused}", err=True)
            continue
        package = taken.package
        if not taken.is_new:
            click.echo(f"{file.name}：以前接收过，没有变化。")
            continue
        which = "" if package.is_newest else "（比现行的旧，只存档）"
        whose = f"{package.exchange_sender.name} {package.period}，{package.sent_rows:,} 行"
        click.echo(f"{file.name}：{whose}，已接收{which}。")
        for one in package.changed_figures:
            change = f"{one['was'] or '无'} → {one['now'] or '无'} {one['unit']}"
            click.echo(f"　{one['code']} {one['name']}：{change}")
    if is_refused:
        sys.exit(REFUSED)


def _reason() -> str:
    return f"shanhai exchange（{getpass.getuser()}）"
