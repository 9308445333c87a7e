"""`shanhai pack`: a handed-over evidence pack proved on any machine, without server or database."""

import sys
from pathlib import Path

import click

from shanhai.engines.packs import Fault, verify

ALTERED, UNREADABLE = 1, 2
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_SAID = {
    Fault.NO_PACK: "“{name}”不是佐证包，或者没有下载完整。请重新下载。",
    Fault.UNSAFE: "包里有会写到别处的文件名“{name}”，请不要解压。",
    Fault.TWICE: "“{name}”在包里出现两次。",
    Fault.MISSING: "缺文件“{name}”。",
    Fault.ALTERED: "“{name}”被改动过，与清单上的哈希不符。",
    Fault.EXTRA: "“{name}”不在清单上，是后来放进去的。",
    Fault.OTHER_MANIFEST: "清单不是生成时的那一份：它的摘要是 {digest}，与给出的不符。",
}


@click.group()
def pack() -> None:
    """佐证包：离线核验收到的包。"""


@pack.command("verify")
@click.argument("file", type=_FILE)
@click.option("--digest", default="", help="系统里登记的清单摘要；给了就一并核对，能发现清单连同文件被换。")
def verify_pack(file: Path, digest: str) -> None:
    """逐个文件核对哈希，说出第一个被改、缺少或多出的文件；有问题退出码 1，不是佐证包为 2。"""
    found = verify(file, digest)
    if found.fault is None:
        click.echo(f"{found.title}：{found.files:,} 个文件与生成时一致。")
        click.echo(f"清单摘要 {found.digest}，可与系统“佐证包”页登记的核对。")
        return
    click.echo(_SAID[found.fault].format(name=found.name, digest=found.digest), err=True)
    sys.exit(UNREADABLE if found.fault is Fault.NO_PACK else ALTERED)
