"""Sample contexts of the pages that show rows: list, one row, form, bulk. All invented."""

from django.template.loader import render_to_string

from . import parts
from .parts import Sample, head

NAMES = "李王张陈刘黄吴周徐孙马朱"
HOMES = ("湄江街道 · 核桃坝村", "永兴镇 · 中华村", "复兴镇 · 两路口村", "石莲镇 · 九坝社区")
EMPLOYERS = ("演示电器有限公司", "演示水产食品厂", "演示光电股份", "演示家政服务部")
COLUMNS: list[Sample] = [
    {"label": "姓名", "sort_url": "#", "sorted": "ascending"},
    {"label": "身份证号"},
    {"label": "户籍"},
    {"label": "类别"},
    {"label": "用工单位", "sort_url": "#"},
    {"label": "月工资", "unit": "元", "kind": "number", "sort_url": "#"},
    {"label": "到岗日期", "kind": "date", "sort_url": "#"},
    {"label": "在岗月数", "unit": "月", "kind": "number"},
    {"label": "佐证"},
    {"label": "状态"},
]


def _cells(n: int) -> list[Sample]:
    texts = (
        f"{NAMES[n]}演示",
        f"990328********{1027 + 613 * n:04d}",
        HOMES[n % 4],
        ("脱贫人口", "脱贫人口", "监测对象")[n % 3],
        EMPLOYERS[n % 4],
        f"{4700 + 130 * n:,}",
        f"2021-{1 + n % 9:02d}-15",
        str(9 - n % 9),
        ("合同、工资流水", "合同", "")[n % 3],
        "",
    )
    cells: list[Sample] = [
        {"text": text, "label": column["label"], "kind": column.get("kind", "")}
        for text, column in zip(texts, COLUMNS, strict=True)
    ]
    cells[-1] |= {
        "kind": "state",
        "state": (parts.VERIFIED, parts.SUBMITTED, parts.VERIFIED, parts.RETURNED, parts.DRAFT)[n % 5],
    }
    return cells


def _rows() -> list[Sample]:
    return [
        {
            "id": f"0198f2d1-{n:04d}",
            "label": f"{name}演示",
            "url": "#",
            "selectable": n != 0,
            "cells": _cells(n),
        }
        for n, name in enumerate(NAMES)
    ]


def _totals() -> list[Sample]:
    texts = {"姓名": "合计 1,284 行", "月工资": "均 5,412"}
    return [
        {"text": texts.get(column["label"], ""), "label": column["label"], "kind": column.get("kind", "")}
        for column in COLUMNS
    ]


def _filters() -> list[Sample]:
    categories = [
        {"value": "1", "label": "脱贫人口", "selected": True},
        {"value": "2", "label": "监测对象", "selected": True},
    ]
    states = [
        {"value": "s", "label": "已报", "selected": False},
        {"value": "v", "label": "已核", "selected": False},
    ]
    return [
        {
            "label": "地区",
            "summary": "湄江街道",
            "kind": "tree",
            "single": True,
            "name": "place",
            "options": parts.PLACES,
            "clear_url": "#",
        },
        {
            "label": "人员类别",
            "summary": "脱贫人口、监测对象",
            "kind": "several",
            "name": "category",
            "options": categories,
            "clear_url": "#",
        },
        {"label": "状态", "summary": "", "kind": "select", "name": "state", "options": states},
        {"label": "到岗日期", "summary": "", "kind": "fields", "fields": parts.PLAIN_FIELDS[2:3]},
    ]


def list_page() -> Sample:
    verbs = [
        {"value": "submit", "label": "提交", "kind": "", "reason": False},
        {"value": "return", "label": "退回", "kind": "danger", "reason": True},
        {
            "value": "verify",
            "label": "核实",
            "kind": "primary",
            "reason": False,
            "confirm": "核实后这些行计入指标。继续吗？",
        },
    ]
    export = {"label": "导出", "url": "#", "kind": ""}
    load = {"label": "导入 Excel", "url": "#", "kind": ""}
    new = {"label": "新增登记", "url": "#", "kind": "primary", "main": True}
    return {
        **head(
            "务工就业登记",
            "三（一）劳务协作 · 1,284 行 · 其中脱贫劳动力 913 人 · 本季新增 212 人",
            export,
            load,
            new,
        ),
        "list_url": "#",
        "problems": [],
        "params": [{"name": "sort", "value": "name"}],
        "search": {"name": "q", "value": "", "label": "搜姓名、单位"},
        "filters": _filters(),
        "views": {
            "items": [
                {"label": "全部记录", "url": "#", "here": False, "note": ""},
                {"label": "本季待核", "url": "#", "here": True, "note": "默认"},
                {"label": "近 30 天到岗", "url": "#", "here": False, "note": "王演示 · 本单位"},
            ],
            "current": {"url": "#", "is_own": True, "is_default": True, "is_changed": True},
            "query": "state=s",
            "save": {"url": "#"},
            "left_out": True,
        },
        "arranged": [],
        "further": [{"label": "输出方式", "url": "?with=channel"}],
        "later": {},
        "opened": "",
        "customs_url": "#",
        "grouping": {
            "chosen": "",
            "items": [
                {"label": "逐行显示", "url": "?", "here": True},
                {"label": "设立日期（按月）", "url": "?group=opened_on", "here": False},
            ],
        },
        "chooser": [
            {"name": column["label"], "label": column["label"], "shown": True, "fixed": n == 0}
            for n, column in enumerate(COLUMNS)
        ],
        "table": {"columns": COLUMNS, "rows": _rows(), "totals": _totals(), "pick": True, "scroll": False},
        "bulk": {"url": "#", "hidden": [], "verbs": verbs, "matching": "1,284", "reasons": "退回、作废"},
        "pager": parts.PAGER,
        "empty": parts.EMPTY,
    }


def empty_list_page() -> Sample:
    return {**list_page(), "title": "帮扶车间", "table": {"columns": COLUMNS, "rows": []}}


def saved_view_page() -> Sample:
    return {
        **head("本季待核", "视图只记住筛选、列和排序。"),
        "notices": [],
        "url": "#",
        "hidden": [],
        "fields": parts.PLAIN_FIELDS[:2],
        "facts": [{"label": "状态", "text": "已报"}, {"label": "列", "text": "姓名、月工资", "long": True}],
        "cancel_url": "#",
        "can_delete": True,
    }


def _evidence_panel() -> str:
    context = {
        "evidence": parts.EVIDENCE,
        "missing": ["社保缴费记录"],
        "evidence_add": {
            "url": "#",
            "stored_url": "#",
            "categories": [{"value": "c", "label": "劳动合同"}],
            "accept": ".pdf,.jpg,.png",
            "limit": 20971520,
            "limit_text": "单个文件不超过 20 MB。",
        },
        "csrf_token": "sample",
    }
    return render_to_string("kernel/components/evidence_panel.html", context)


def _indicators_panel() -> str:
    context = {
        "indicators": [
            {"code": "LAB-1", "name": "帮助农村劳动力就业", "url": "#", "counted": True, "why": ""},
            {
                "code": "LAB-4",
                "name": "稳岗满 3 个月",
                "url": "#",
                "counted": False,
                "why": "本季只有 2 个月工资",
            },
        ],
    }
    return render_to_string("kernel/components/indicators_panel.html", context)


def bulk_edit_page() -> Sample:
    return {
        **head("批量修改 12 条", "务工就业登记"),
        "url": "#",
        "hidden": [],
        "cancel_url": "#",
        "fields": parts.PLAIN_FIELDS[4:7],
        "papers": None,
        "chosen": ["category"],
        "problems": [],
        "problem": "",
    }


def bulk_plan_page() -> Sample:
    headings = [{"label": "记录"}, {"label": "结果"}]
    told = (("李演示", "人员类别：监测对象"), ("王演示", "已核的不能再改。"))
    rows = [
        {
            "id": str(n),
            "label": both[0],
            "cells": [{"text": text, **column} for text, column in zip(both, headings, strict=True)],
        }
        for n, both in enumerate(told)
    ]
    plan = {
        "number": 10,
        "left_out": 2,
        "reasons": [{"text": "已核的不能再改。", "number": 2}],
        "table": {"columns": headings, "rows": rows},
        "more": 0,
    }
    return {
        **bulk_edit_page(),
        "fields": [],
        "plan": plan,
        "changes": [{"label": "人员类别", "after": "监测对象"}, {"label": "联系电话", "after": ""}],
        "reason": "",
        "needs_reason": True,
        "label": "修改 10 条",
        "is_final": False,
    }


def detail_page() -> Sample:
    person = [
        {"label": "姓名", "text": "李演示", "url": "#"},
        {
            "label": "身份证号",
            "text": "990328********1027",
            "kind": "code",
            "unmask": {"url": "#", "hidden": []},
        },
        {"label": "户籍", "text": "湄江街道 · 核桃坝村"},
        {"label": "人员类别", "text": "脱贫人口", "source": "实施方案三（一）"},
    ]
    work = [
        {"label": "用工单位", "text": "演示电器有限公司", "url": "#"},
        {"label": "月工资", "unit": "元", "text": "5,200"},
        {"label": "离岗日期", "text": ""},
        {"label": "备注", "text": "季度中转岗，工资以新岗位为准。\n原岗位工资见历史。", "kind": "long"},
    ]
    months = [
        {
            "id": str(m),
            "label": f"{m} 月",
            "cells": [
                {"text": f"{m} 月", "label": "月份"},
                {"text": "在岗", "label": "在岗"},
                {"text": "5,200", "label": "工资", "kind": "number"},
            ],
        }
        for m in (7, 8, 9)
    ]
    return {
        **head(
            "李演示",
            "务工就业登记 · LAB-2021-0042 · 2021 年第三季度",
            {"label": "打开上一条", "url": "#", "kind": ""},
            {"label": "修改", "url": "#", "kind": "primary", "main": True},
        ),
        "state": parts.SUBMITTED,
        "notices": [{"kind": "wait", "text": "对方登记的到岗日期是 2021-03-05，相差 3 天，请对账。"}],
        "groups": [
            {"label": "人员", "note": "", "fields": person},
            {"label": "就业", "note": "本季", "fields": work},
        ],
        "related": [
            {
                "label": "月度事实",
                "note": "全部 7 个月",
                "url": "#",
                "table": {
                    "columns": [
                        {"label": "月份"},
                        {"label": "在岗"},
                        {"label": "工资", "unit": "元", "kind": "number"},
                    ],
                    "rows": months,
                },
            }
        ],
        "steps": [
            {
                "label": "核实",
                "url": "#",
                "hidden": [],
                "kind": "primary",
                "text": "核实后计入 LAB-1。",
                "reason": False,
            },
            {"label": "退回", "url": "#", "hidden": [], "kind": "danger", "text": "", "reason": True},
        ],
        "waiting": "",
        "panels": [],
        "leading": [],
        "rail": [_evidence_panel(), _indicators_panel()],
        "history": parts.ENTRIES,
        "history_url": "#",
    }


def form_page() -> Sample:
    return {
        **head("修改：李演示", "务工就业登记 · LAB-2021-0042"),
        "url": "#",
        "hidden": [{"name": "version", "value": "7"}],
        "problems": parts.PROBLEMS,
        "draft": "sample:labour:0042",
        "groups": [
            {"label": "人员与就业", "note": "带 * 的必填", "fields": parts.PLAIN_FIELDS},
            {"label": "其他", "note": "", "fields": parts.WIDE_FIELDS},
        ],
        "conflict": {
            "by": "张演示（斗门区人社局）",
            "at": "10:32",
            "fields": [
                {"name": "wage", "label": "月工资（元）", "mine": "5,200", "theirs": "5,000"},
                {"name": "left", "label": "离岗日期", "mine": "", "theirs": "2021-09-10"},
            ],
        },
        "submits": [
            {"label": "存为草稿", "name": "then", "value": "draft", "kind": ""},
            {"label": "保存并提交", "name": "then", "value": "submit", "kind": "primary"},
        ],
        "cancel_url": "#",
    }
