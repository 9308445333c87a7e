"""`shanhai audit`: the seal of history, from the command line of the machine."""

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .errors import Refusal
from .installed import set_up

if TYPE_CHECKING:
    from shanhai.kernel.chain.archive import Proof
    from shanhai.kernel.chain.verifying import Report

#: Exit codes of `verify`.
BROKEN, UNREADABLE = 1, 2
_TELL_SECONDS = 2.0
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def audit() -> None:
    """历史的封存链：封存、验证、锚点。"""


@audit.command()
def seal() -> None:
    """立即封存已提交的历史（后台每分钟也做）。"""
    set_up()
    from shanhai.kernel.chain.sealing import seal as seal_now
    from shanhai.kernel.chain.verifying import unsealed

    sealed = seal_now()
    waiting, _since = unsealed()
    click.echo(f"封存了 {sealed} 块，还有 {waiting:,} 条未封存（其事务尚未结束）。")


@audit.command()
@click.option("--anchors", type=_FILE, help="另存的锚点文件；能发现整条链被重造。")
@click.option("--archive", "archives", type=_FILE, multiple=True, help="历史归档文件，可以给几个。")
@click.option("--offline", is_flag=True, help="只验证给出的归档文件，不连数据库。")
@click.option("--json", "as_json", is_flag=True, help="标准输出只有一个 JSON 对象。")
def verify(anchors: Path | None, archives: tuple[Path, ...], offline: bool, as_json: bool) -> None:
    """验证整条链；断链时说出第一处，退出码 1；锚点文件读不出来为 2。"""
    if offline:
        _verify_files(archives, anchors)
        return
    set_up()
    from shanhai.kernel.chain.checking import check

    proofs, problems = _prove(archives, is_offline=False)
    report = check(_Telling(), {proof.month for proof in proofs})
    report.problems += problems
    if anchors:
        report.problems += _unlike_anchors(anchors)
    _tell(report, as_json=as_json)
    if not report.is_whole:
        sys.exit(BROKEN)


def _verify_files(archives: tuple[Path, ...], anchors: Path | None) -> None:
    """Files alone, on any machine."""
    if not archives:
        raise Refusal("--offline 要用 --archive 给出归档文件。")
    import django
    from django.conf import settings

    settings.configure(USE_I18N=False, USE_TZ=True)
    django.setup()
    from shanhai.kernel.chain.anchors import UnreadableAnchors, read_anchors, unlike_hashes

    proofs, problems = _prove(archives, is_offline=True)
    hashes = {number: value for proof in proofs for number, value in proof.hashes.items()}
    if anchors:
        try:
            problems += filter(None, [unlike_hashes(read_anchors(anchors), hashes)])
        except (UnreadableAnchors, OSError) as error:
            click.echo(str(error), err=True)
            sys.exit(UNREADABLE)
    for problem in problems:
        click.echo(f"断链：{problem}", err=True)
    for proof in proofs:
        click.echo(f"{proof.month}：{proof.entries:,} 条，{len(proof.hashes):,} 块，与封存时一致。")
    if problems:
        sys.exit(BROKEN)


def _prove(archives: tuple[Path, ...], *, is_offline: bool) -> tuple[list["Proof"], list[str]]:
    from shanhai.kernel.chain.archive import Unproved, prove, unlike_blocks

    proofs, problems = [], []
    for path in archives:
        try:
            proof = prove(path, against_readings=not is_offline)
        except (Unproved, OSError) as error:
            problems.append(str(error))
            continue
        if not is_offline and (problem := unlike_blocks(proof, path)):
            problems.append(problem)
            continue
        proofs.append(proof)
    return proofs, problems


class _Telling:
    """Says on standard error how far verification is, every two seconds."""

    def __init__(self) -> None:
        self.started = self.told = time.monotonic()

    def __call__(self, done: int, whole: int) -> None:
        now = time.monotonic()
        if now - self.told >= _TELL_SECONDS:
            self.told = now
            click.echo(
                f"已验证 {done:,} / {whole:,} 条，每秒 {done / (now - self.started):,.0f} 条", err=True
            )


def _unlike_anchors(path: Path) -> list[str]:
    from shanhai.kernel.chain.anchors import UnreadableAnchors, read_anchors, unlike_chain

    try:
        problem = unlike_chain(read_anchors(path))
    except (UnreadableAnchors, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(UNREADABLE)
    return [problem] if problem else []


def _tell(report: "Report", *, as_json: bool) -> None:
    if as_json:
        from .cli import print_json

        print_json(_as_object(report))
        return
    for problem in report.problems:
        click.echo(f"断链：{problem}", err=True)
    if report.is_whole:
        click.echo(f"链完整：{report.blocks:,} 块，{report.entries:,} 条。")
    click.echo(f"用时 {report.seconds:.1f} 秒，每秒 {report.rate:,} 条。")
    if report.left_out:
        click.echo(f"其中 {report.left_out:,} 条已归档，没有给出归档文件，这次没有验证内容。")
    if report.erased:
        click.echo(
            f"其中 {report.erased:,} 条依本人申请删去了个人信息，按删除前的封存计；名单见“历史封存”页。"
        )
    if report.unsealed:
        since = f"{report.unsealed_since:%Y-%m-%d %H:%M:%S}Z" if report.unsealed_since else "—"
        click.echo(f"未封存 {report.unsealed:,} 条，最早 {since}。")


def _as_object(report: "Report") -> dict[str, Any]:
    since = report.unsealed_since
    return {
        "whole": report.is_whole,
        "problems": report.problems,
        "blocks": report.blocks,
        "entries": report.entries,
        "seconds": round(report.seconds, 3),
        "rate": report.rate,
        "archived_not_given": report.left_out,
        "erased": report.erased,
        "unsealed": report.unsealed,
        "unsealed_since": since.isoformat() if since else None,
    }


@audit.command()
@click.argument("file", type=_FILE)
def copy(file: Path) -> None:
    """一份流出的文件出自谁的导出：按编号、按单元格里的暗记；没有查到，退出码 1。"""
    set_up()
    from shanhai.kernel.exports.tracing import traced

    try:
        found = traced(file)
    except OSError as error:
        raise Refusal(f"{file} 读不出来：{error.strerror}。请核对路径和权限。") from error
    for one in found:
        click.echo(one)
    if not found:
        click.echo("没有查到：文件里没有编号，也没有带暗记的单元格。", err=True)
        sys.exit(BROKEN)


@audit.command()
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="写到哪个目录。")
def anchor(folder: Path | None) -> None:
    """把最后一块追加到锚点文件（后台每天也做）；请把它另存到本机改不了的地方。"""
    set_up()
    from django.conf import settings

    from shanhai.kernel.chain.anchors import NAME, write_anchor
    from shanhai.kernel.chain.sealing import seal as seal_now

    seal_now()
    target = folder or settings.SHANHAI_ANCHORS
    try:
        written = write_anchor(target)
    except OSError as error:
        raise Refusal(f"锚点写不进 {target}：{error.strerror}。请用 --to 指定可写的目录。") from error
    said = f"第 {written.block} 块已写入" if written else "没有新的区块，"
    click.echo(f"{said} {target / NAME}")


@audit.command()
@click.option("--before", required=True, metavar="2021-03", help="早于这个月的都归档。")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录。"
)
@click.option("--drop", is_flag=True, help="归档后删除脱离的分区，腾出磁盘；不加则留作单独的表。")
def archive(before: str, folder: Path, drop: bool) -> None:
    """把旧的月份写成文件，验证过、保存期满的才从历史里脱离。"""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", before):
        raise Refusal("--before 写成 2021-03 这样。")
    set_up()
    from shanhai.kernel.chain.archive import Unproved
    from shanhai.kernel.chain.moving import archive as move
    from shanhai.kernel.chain.sealing import seal as seal_now
    from shanhai.kernel.errors import RuleViolated

    seal_now()
    moved = 0
    try:
        for one in move(before.replace("-", ""), folder, drop=drop):
            moved += 1
            click.echo(f"{one.month}：{one.entries:,} 条，已写入并验证 {one.path}")
    except (RuleViolated, Unproved) as error:
        raise Refusal(str(error)) from error
    except OSError as error:
        raise Refusal(f"归档写不进 {folder}：{error.strerror}。这个月没有动，数据库里的都在。") from error
    if not moved:
        click.echo("没有可以归档的月份。")


@audit.command("erase-again")
@click.argument("file", type=_FILE)
def erase_again(file: Path) -> None:
    """恢复较早的备份之后：名单里依本人申请删除过的人，再删除一遍。名单在锚点目录里。"""
    set_up()
    from shanhai.registers.parties.erasing import erase_again as again
    from shanhai.registers.parties.erasure_list import UnreadableList

    try:
        number = again(file)
    except (UnreadableList, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(UNREADABLE)
    click.echo(f"又删除了 {number} 人的个人信息。")
