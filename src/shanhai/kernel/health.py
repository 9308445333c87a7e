"""Whether the installation works, condition by condition: for probes, and in words for the operator."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from . import clock, context
from .chain.findings import tell
from .chain.state import state
from .evidence.models import EvidenceCheck, EvidenceDamage
from .jobs.waiting import late_jobs
from .standing import standing

#: A worker beats every two seconds; a page that waits for a job notices after this long.
_SILENT_SECONDS = 60
#: Below this the next import, backup or log may fill the disk. Unit: bytes.
_LEAST_FREE = 1 << 30
_LATE_SEAL, _LATE_NIGHT = timedelta(minutes=10), timedelta(hours=36)


@dataclass(frozen=True)
class Condition:
    """One thing that must hold; `told` says what is wrong and how to mend it, or what is right."""

    key: str
    is_good: bool
    told: str


def basic() -> list[Condition]:
    """What a probe asks every few seconds: two statements."""
    database = _database()
    return [database, *([_worker()] if database.is_good else []), _disk()]


def thorough() -> list[Condition]:
    """All of it, for `shanhai doctor`."""
    found = basic()
    if not found[0].is_good:
        return found
    tables = _tables()
    if not tables.is_good:
        return [*found, tables]  # what else there is cannot be read as it should be
    with context.unscoped("自检"):
        return [*found, tables, *(look() for look in _looks)]


def register_look(look: Callable[[], Condition]) -> None:
    """What else `shanhai doctor` is to look at; asked where everything is seen."""
    _looks.append(look)


def _database() -> Condition:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        first = str(error).strip().partition("\n")[0]
        return Condition("database", False, _("数据库没有应答：%(why)s") % {"why": first})
    return Condition("database", True, _("数据库有应答。"))


def has_worker() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_workers"
                " WHERE last_heartbeat > now() - make_interval(secs => %s)",
                [_SILENT_SECONDS],
            )
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        return False


def _worker() -> Condition:
    if has_worker():
        return Condition("worker", True, _("后台任务进程在运行。"))
    told = _("后台任务进程没有运行：导入、导出、封存都不会做。请看 log/worker.log。")
    return Condition("worker", False, told)


def existing(folder: Path) -> Path:
    """`folder`, or what there is yet of the way to it."""
    while not folder.exists():
        folder = folder.parent
    return folder


def _disk() -> Condition:
    folder = existing(settings.SHANHAI_FILES)
    free = shutil.disk_usage(folder).free
    told = {"free": f"{free / (1 << 30):.1f}", "folder": str(folder)}
    if free < _LEAST_FREE:
        return Condition("disk", False, _("%(folder)s 所在的磁盘只剩 %(free)s GB，请清理或扩容。") % told)
    return Condition("disk", True, _("%(folder)s 所在的磁盘还有 %(free)s GB。") % told)


def _tables() -> Condition:
    now = standing("default")
    told = {"number": len(now.unknown) or now.missing}
    if now.unknown:
        said = _("数据库已由更新的程序升级过，有 %(number)s 步这个程序不认识：请换回它，或恢复升级前的备份。")
    elif now.is_under_way:
        said = _("数据库的升级没有做完，停在半路：请停止服务，运行 shanhai upgrade，它会接着做。")
    elif now.missing and now.applied:
        said = _("数据库还是以前版本的，差 %(number)s 步：请停止服务，运行 shanhai upgrade --to 备份目录。")
    elif now.missing:
        said = _("数据库结构还差 %(number)s 步，请重新启动服务，启动时会补上。")
    elif not now.is_protected:
        said = _("数据库的墙、触发器、索引不是这一版的，请重新启动服务，启动时会重建。")
    else:
        return Condition("migrations", True, _("数据库结构是最新的。"))
    return Condition("migrations", False, said % told)


def _seal() -> Condition:
    found = state()
    if found.check and not found.check.is_whole:
        return Condition(
            "seal", False, _("历史封存断链：%(finding)s") % {"finding": tell(found.check.finding)}
        )
    if found.unsealed_since and clock.now() - found.unsealed_since > _LATE_SEAL:
        told = _("有 %(number)s 条历史等了十分钟以上还没封存。请看后台任务进程，或有没有不结束的事务。")
        return Condition("seal", False, told % {"number": f"{found.unsealed:,}"})
    if found.check is None or clock.now() - found.check.checked_at > _LATE_NIGHT:
        return Condition("seal", False, _("历史封存一天半没有验证过。请运行 shanhai audit verify。"))
    return Condition("seal", True, _("历史封存最近一次验证完好。"))


def _papers() -> Condition:
    if number := EvidenceDamage.objects.filter(mended_at__isnull=True).count():
        told = _("有 %(number)s 份佐证损坏或丢失，请从备份取回，见“系统 → 佐证检查”。") % {"number": number}
        return Condition("papers", False, told)
    last = EvidenceCheck.objects.filter(ended_at__isnull=False).first()
    if last is None or last.ended_at is None or clock.now() - last.ended_at > _LATE_NIGHT:
        return Condition("papers", False, _("佐证一天半没有检查过：每夜 1:40 由后台任务进程检查。"))
    return Condition("papers", True, _("佐证最近一次检查都完好。"))


def _jobs() -> Condition:
    minutes = settings.SHANHAI_JOB_WAIT_SECONDS // 60
    if number := late_jobs().count():
        told = _(
            "有 %(number)s 项后台任务排队超过 %(minutes)s 分钟还没开始。"
            "请看后台任务进程在不在，有没有很长的任务占着。"
        )
        return Condition("jobs", False, told % {"number": f"{number:,}", "minutes": minutes})
    return Condition("jobs", True, _("没有排队太久的后台任务。"))


#: What makes a server write values of rows into its log, and from which setting on it does not.
_TELLING = """
    SELECT name FROM pg_settings
    WHERE name IN ('log_min_error_statement', 'log_min_messages') AND setting NOT IN ('log', 'fatal', 'panic')
       OR name IN ('log_min_duration_statement', 'log_min_duration_sample') AND setting <> '-1'
       OR name = 'log_statement' AND setting NOT IN ('none', 'ddl')
       OR name = 'log_error_verbosity' AND setting <> 'terse'
    ORDER BY 1"""


def _server_log() -> Condition:
    """Statements carry their values in the text: a server that logs them logs identity numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_TELLING)
        names = [name for (name,) in cursor.fetchall()]
    if names:
        told = _("数据库服务器会把语句里的数据（姓名、证件号等）写进日志，请按运行维护手册设置：%(names)s。")
        return Condition("server_log", False, told % {"names": "、".join(names)})
    return Condition("server_log", True, _("数据库服务器的日志不写语句里的数据。"))


def _archive() -> Condition:
    """A server that cannot archive its log keeps it, until its disk is full."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('archive_mode') <> 'off',"
            " last_failed_time > coalesce(last_archived_time, '-infinity'), last_failed_wal"
            " FROM pg_stat_archiver"
        )
        is_archiving, has_failed, name = cursor.fetchone()
    if is_archiving and has_failed:
        told = _("数据库的日志归档不出去，最近一次是 %(name)s：请看归档的目录在不在、满没满。")
        return Condition("archive", False, told % {"name": name})
    if is_archiving:
        return Condition("archive", True, _("数据库的日志都归档了。"))
    told = _("没有设日志归档：只能回到最近一次备份。要能回到任一时刻，见运行维护手册“回到某一时刻”。")
    return Condition("archive", True, told)


_looks: list[Callable[[], Condition]] = [_seal, _papers, _jobs, _server_log, _archive]
