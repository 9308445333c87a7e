"""From a copy that turned up to the request it came from."""

from pathlib import Path

from shanhai.kernel import context

from .marks import traces
from .models import PlainExport


def traced(path: Path) -> list[str]:
    """One line for each export the file names or bears the mark of. Errors: OSError."""
    told = traces(path)
    with context.unscoped("追查流出的文件"):
        rows = PlainExport.objects.select_related("requester", "handled_by")
        by_code = [one for one in rows if one.code.lower().removeprefix("yw-") in told.codes]
        known = {one.pk for one in by_code}
        by_mark = [one for one in rows.filter(mark__in=told.marks) if one.pk not in known]
        return [_said(one, "编号") for one in by_code] + [_said(one, "单元格的暗记") for one in by_mark]


def _said(one: PlainExport, by: str) -> str:
    decided = f"{one.handled_by} 于 {one.decided_at:%Y-%m-%d %H:%M}Z 批准" if one.decided_at else "没有批准"
    return (
        f"{one.code}（据{by}）：{one.requester} 于 {one.asked_at:%Y-%m-%d %H:%M}Z 申请导出 {one.ledger} "
        f"{one.rows:,} 行的“{one.fields}”，理由：{one.reason}；{decided}。"
    )
