"""Sample data of single components. All names and figures are invented."""

from typing import Any

type Sample = dict[str, Any]


def head(title: str, sub: str, *actions: Sample) -> Sample:
    return {
        "title": title,
        "sub": sub,
        "crumbs": [{"label": "劳务协作", "url": "#"}],
        "actions": list(actions),
    }


DRAFT: Sample = {"label": "草稿", "kind": ""}
SUBMITTED: Sample = {"label": "已报", "kind": "wait"}
RETURNED: Sample = {"label": "退回", "kind": "late"}
VERIFIED: Sample = {"label": "已核", "kind": "ok"}
VOIDED: Sample = {"label": "作废", "kind": "void"}
STATES = [DRAFT, SUBMITTED, VERIFIED, RETURNED, VOIDED, {"label": "逾期 5 天", "kind": "late"}]

FIGURES: list[Sample] = [
    {
        "name": "帮助农村劳动力就业",
        "value": "1,284",
        "unit": "人",
        "url": "#",
        "bar": {"value": 107, "max": 107, "label": "目标完成 107%"},
        "trend": {"text": "▲ 12% 较上季", "kind": "up"},
        "aim": "目标完成 107%",
    },
    {
        "name": "财政援助资金到账",
        "value": "4,000",
        "unit": "万元",
        "url": "#",
        "bar": {"value": 100, "max": 100, "label": "目标完成 100%"},
        "note": "年度协议 4,000 万元",
        "aim": "目标完成 100%",
    },
    {
        "name": "项目资金支出率",
        "value": "58.3",
        "unit": "%",
        "url": "#",
        "bar": {"value": 58.3, "max": 75, "label": "58.3 / 75", "low": True},
        "trend": {"text": "低于 9 月线 75%", "kind": "down"},
        "aim": "目标完成 78%",
        "state": {"label": "需处理", "kind": "late"},
    },
    {"name": "乡村公益岗位", "value": "—", "unit": "个", "note": "本期没有数据"},
]

FILTERS_IN_FORCE: list[Sample] = [
    {"label": "地区", "text": "湄潭县 / 全部", "url": "#", "here": True, "remove": True},
    {"label": "本季待核", "text": "", "url": "#", "here": True},
    {"label": "全部", "text": "", "url": "#"},
]

ACTIONS: list[Sample] = [
    {
        "label": "导出",
        "icon": "download",
        "menu": [{"label": "Excel", "url": "#"}, {"label": "CSV", "url": "#"}],
    },
    {
        "label": "作废",
        "url": "#",
        "kind": "danger",
        "method": "post",
        "confirm": "作废后这一行不再计入任何指标，历史仍在。确定作废吗？",
    },
    {"label": "新增登记", "url": "#", "kind": "primary", "icon": "plus"},
]

EMPTY: Sample = {
    "title": "还没有帮扶车间",
    "text": "本季应报的单位有 15 家。下载模板填好再导入，或者一条一条新增；确实没有的，请作零报告。",
    "actions": [
        {"label": "下载模板", "url": "#", "kind": ""},
        {"label": "作零报告", "url": "#", "kind": "primary"},
    ],
}

PAGER: Sample = {
    "total": "共 1,284 行",
    "shown": "第 51–100 行",
    "first": "#",
    "previous": "#",
    "next": "#",
    "sizes": [{"label": "50", "url": "#", "here": True}, {"label": "200", "url": "#", "here": False}],
}

PLACES: list[Sample] = [
    {
        "value": "2",
        "label": "湄潭县",
        "selected": False,
        "open": True,
        "note": "15 镇（街道）",
        "children": [
            {
                "value": "21",
                "label": "湄江街道",
                "selected": True,
                "children": [{"value": "211", "label": "核桃坝村", "selected": False}],
            },
            {"value": "22", "label": "永兴镇", "selected": False},
        ],
    },
    {
        "value": "1",
        "label": "斗门区",
        "selected": False,
        "children": [{"value": "11", "label": "白蕉镇", "selected": False}],
    },
]


def _field(name: str, label: str, kind: str, value: str = "", **more: Any) -> Sample:
    return {
        "name": name,
        "id": f"id_{name}",
        "label": label,
        "kind": kind,
        "value": value,
        "errors": [],
        **more,
    }


def _options(*labels: str, chosen: tuple[int, ...] = ()) -> list[Sample]:
    return [{"value": str(n), "label": label, "selected": n in chosen} for n, label in enumerate(labels)]


PLAIN_FIELDS = [
    _field("name", "姓名", "text", "李演示", required=True, maxlength=40),
    _field(
        "wage",
        "月工资",
        "number",
        "5,200",
        unit="元",
        help="税前，不含一次性补贴。",
        source="实施方案三（一）",
    ),
    _field("started", "到岗日期", "date", "2021-03-02", required=True),
    _field("month", "月份", "month", "2021-09"),
    _field("phone", "联系电话", "tel", "", sensitive=True, help="不会存成草稿。"),
    _field(
        "category", "人员类别", "select", options=_options("脱贫人口", "监测对象", "一般农户", chosen=(0,))
    ),
    _field(
        "employer",
        "用工单位",
        "select",
        search=True,
        options=_options("演示电器有限公司", "演示水产食品厂", "演示印刷厂", chosen=(1,)),
    ),
    _field(
        "person",
        "人员",
        "lookup",
        "7",
        lookup={"url": "#", "text": "李演示 · 湄江街道"},
        help="没有脚本时填编号。",
    ),
    _field("code", "登记编号", "text", "LAB-2021-0042", readonly=True),
    _field(
        "wrong",
        "身份证号",
        "text",
        "99032819900101123",
        errors=["应为 18 位，现在是 17 位。请对照证件补全。"],
        sensitive=True,
    ),
]
WIDE_FIELDS = [
    _field("months", "在岗月份", "multi", options=_options("7 月", "8 月", "9 月", chosen=(0, 1))),
    _field("destination", "就业地", "radio", options=_options("县内", "省内县外", "东部结对市", chosen=(2,))),
    _field("trained", "参加过岗前培训", "check", "1"),
    _field("file", "劳动合同", "file", accept=".pdf,.jpg,.png"),
    _field("place", "户籍地", "tree", options=PLACES),
    _field("note", "备注", "textarea", "季度中转岗，工资以新岗位为准。", maxlength=500),
]

PROBLEMS: list[Sample] = [
    {"label": "身份证号", "text": "应为 18 位，现在是 17 位。", "anchor": "id_wrong"},
    {"label": "到岗日期", "text": "2021/13/01 不是有效日期。", "anchor": "id_started"},
]

CHANGES: list[Sample] = [
    {"label": "月工资（元）", "before": "4,800", "after": "5,200"},
    {"label": "用工单位", "before": "演示印刷厂", "after": "演示电器有限公司"},
    {"label": "离岗日期", "before": "2021-08-31", "after": ""},
]

EVIDENCE: list[Sample] = [
    {
        "name": "劳动合同-样例.pdf",
        "url": "#",
        "category": "劳动合同",
        "size": "412 KB",
        "by": "王演示",
        "at": "2021-09-20 16:02",
        "hash": "SHA-256 3f0c9a51…c77e",
        "state": VERIFIED,
    },
    {
        "name": "工资流水-样例.jpg",
        "url": "#",
        "category": "工资流水",
        "size": "1.8 MB",
        "by": "王演示",
        "at": "2021-09-21 09:14",
        "hash": "SHA-256 81be20d4…0a19",
        "remove": {
            "label": "移除",
            "url": "#",
            "kind": "link",
            "method": "post",
            "confirm": "移除这份佐证？历史里仍查得到。",
        },
    },
]

ENTRIES: list[Sample] = [
    {
        "at": "2021-09-22 10:32",
        "who": "张演示",
        "unit": "斗门区人社局",
        "verb": "核实",
        "reason": "",
        "changes": [],
    },
    {
        "at": "2021-09-21 09:20",
        "who": "王演示",
        "unit": "湄潭县人社局",
        "verb": "修改",
        "reason": "合同与工资流水不一致，已更正",
        "changes": CHANGES,
        "request": "req 0198f2d1",
    },
    {
        "at": "2021-09-20 16:00",
        "who": "王演示",
        "unit": "湄潭县人社局",
        "verb": "登记",
        "reason": "",
        "changes": [],
        "row": {"label": "李演示", "url": "#"},
    },
]


def _job(number: int, state: Sample, **more: Any) -> Sample:
    return {
        "id": number,
        "label": "导入务工就业登记",
        "state": state,
        "running": False,
        "done": 0,
        "total": 0,
        "by": "王演示",
        "at": "2021-09-24 10:01",
        "url": "#",
        "poll_url": "#",
        **more,
    }


JOBS = [
    _job(
        3,
        {"label": "进行中", "kind": "wait"},
        running=True,
        done=1200,
        total=7000,
        progress="1,200 / 7,000 行",
        note="约 20 秒",
        cancel={
            "label": "停下",
            "url": "#",
            "kind": "",
            "method": "post",
            "confirm": "停下后什么也不会写入。确定吗？",
        },
    ),
    _job(
        2,
        {"label": "完成", "kind": "ok"},
        progress="7,000 行，清点相符",
        result={"text": "看这批数据", "url": "#"},
    ),
    _job(
        1,
        {"label": "失败", "kind": "late"},
        done=3,
        total=10,
        progress="停在第 3 步",
        error="文件读到一半被移走了。什么也没有写入，请重新上传。",
    ),
]

CHART: Sample = {
    "id": "sample-chart",
    "title": "支出进度（万元）",
    "data": {
        "unit": "万元",
        "categories": ["3 月", "4 月", "5 月", "6 月", "7 月", "8 月", "9 月"],
        "series": [
            {
                "name": "已支出",
                "role": "value",
                "kind": "bar",
                "values": [310, 640, 980, 1420, 1760, 2080, 2332],
            },
            {
                "name": "序时进度",
                "role": "target",
                "kind": "line",
                "values": [1000, 1333, 1666, 2000, 2333, 2666, 3000],
            },
        ],
        "urls": ["#3", "#4", "#5", "#6", "#7", "#8", "#9"],
    },
    "table": {
        "columns": [{"label": "月份"}, {"label": "已支出", "unit": "万元", "kind": "number"}],
        "rows": [
            {
                "id": "9",
                "label": "9 月",
                "cells": [
                    {"text": "9 月", "label": "月份"},
                    {"text": "2,332", "label": "已支出", "kind": "number"},
                ],
            }
        ],
    },
}
TABS: list[Sample] = [
    {"label": "总览", "url": "#", "here": True},
    {"label": "构成（1,284 行）", "url": "#", "here": False},
    {"label": "佐证（2,106 份）", "url": "#", "here": False},
    {"label": "两地对账", "url": "#", "here": False},
    {"label": "口径与版本", "url": "#", "here": False},
]
