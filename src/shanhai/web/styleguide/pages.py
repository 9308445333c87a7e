"""Sample contexts of whole pages, as the signatures of the kernel templates ask for them. All invented."""

from collections.abc import Callable

from django import forms

from . import parts
from .parts import Sample

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


def _head(title: str, sub: str, *actions: Sample) -> Sample:
    return {
        "title": title,
        "sub": sub,
        "crumbs": [{"label": "劳务协作", "url": "#"}],
        "actions": list(actions),
    }


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


def _list() -> Sample:
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
        **_head(
            "务工就业登记",
            "三（一）劳务协作 · 1,284 行 · 其中脱贫劳动力 913 人 · 本季新增 212 人",
            export,
            load,
            new,
        ),
        "list_url": "#",
        "params": [{"name": "sort", "value": "name"}],
        "search": {"name": "q", "value": "", "label": "搜姓名、单位"},
        "filters": _filters(),
        "views": {
            "items": [
                {"label": "本季待核", "url": "#", "here": True},
                {"label": "全部", "url": "#", "here": False},
            ],
            "save": {"url": "#", "hidden": []},
        },
        "chooser": [
            {"name": column["label"], "label": column["label"], "shown": True, "fixed": n == 0}
            for n, column in enumerate(COLUMNS)
        ],
        "table": {"columns": COLUMNS, "rows": _rows(), "totals": _totals(), "pick": True, "scroll": False},
        "bulk": {"url": "#", "hidden": [], "verbs": verbs, "matching": "1,284", "reasons": True},
        "pager": parts.PAGER,
        "empty": parts.EMPTY,
    }


def _empty_list() -> Sample:
    return {**_list(), "title": "帮扶车间", "table": {"columns": COLUMNS, "rows": []}}


def _detail() -> Sample:
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
        **_head(
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
        "evidence": parts.EVIDENCE,
        "missing": ["社保缴费记录"],
        "evidence_add": {
            "url": "#",
            "categories": [{"value": "c", "label": "劳动合同"}],
            "accept": ".pdf,.jpg,.png",
            "limit": 20971520,
            "limit_text": "单个文件不超过 20 MB。",
        },
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
        "history": parts.ENTRIES,
        "history_url": "#",
    }


def _form() -> Sample:
    return {
        **_head("修改：李演示", "务工就业登记 · LAB-2021-0042"),
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


def _import(step: str, position: int) -> Sample:
    labels = ("上传文件", "看会发生什么", "写入", "结果")
    flow = [
        {"label": label, "state": "done" if n < position else "here" if n == position else ""}
        for n, label in enumerate(labels)
    ]
    return {
        **_head("导入务工就业登记", "一个文件最多 20 万行；同一个文件导入两次不会重复"),
        "flow": flow,
        "step": step,
    }


def _import_upload() -> Sample:
    columns = [{"label": "列"}, {"label": "必填"}, {"label": "例"}]
    rows = [
        {
            "id": name,
            "label": name,
            "cells": [
                {"text": name, "label": "列"},
                {"text": need, "label": "必填"},
                {"text": example, "label": "例", "kind": "quiet"},
            ],
        }
        for name, need, example in (
            ("姓名", "是", "李演示"),
            ("月工资（元）", "", "5200"),
            ("到岗日期", "是", "2021-03-02"),
        )
    ]
    upload = {
        "url": "#",
        "accept": ".xlsx,.csv",
        "limit": 52428800,
        "limit_text": "文件不超过 50 MB。",
        "template_url": "#",
        "columns": {"columns": columns, "rows": rows},
        "problems": [],
    }
    return {**_import("upload", 0), "upload": upload}


def _import_plan() -> Sample:
    problems = [
        {
            "cell": "E12",
            "row": "12",
            "label": "到岗日期",
            "value": "2021/13/01",
            "why": "不是有效日期。",
            "mend": "写成 2021-12-01 这样的年月日。",
        },
        {
            "cell": "B31",
            "row": "31",
            "label": "身份证号",
            "value": "",
            "why": "必填，空着。",
            "mend": "补上 18 位身份证号。",
        },
    ]
    plan = {
        "file": {"name": "三季度务工.xlsx", "size": "1.2 MB", "rows": "1,322", "sheet": "Sheet1"},
        "counts": {"total": "1,322", "new": "212", "changed": "37", "same": "1,071", "wrong": 2},
        "aside": ["“电话2”这一列不认识，没有读。"],
        "problems": problems,
        "more_problems": 3,
        "marked_url": "#",
        "differences": [{"label": "李演示 · LAB-2021-0042", "url": "#", "changes": parts.CHANGES}],
        "more_differences": 36,
        "confirm": {
            "url": "#",
            "hidden": [],
            "label": "写入没有错的 1,320 行",
            "allowed": True,
            "why": "有错的 2 行不写入，改好后再导入一次即可。",
        },
        "cancel_url": "#",
    }
    return {**_import("plan", 1), "plan": plan}


def _import_progress() -> Sample:
    return {**_import("progress", 2), "job": parts.JOBS[0]}


def _import_result() -> Sample:
    result = {
        "right": True,
        "expected": "1,320",
        "counted": "1,320",
        "created": "212",
        "changed": "37",
        "same": "1,071",
        "seconds": "2.4",
        "text": "写入 1,320 行，清点 1,320 行，相符。",
        "rows_url": "#",
        "again_url": "#",
        "import_id": "0198f2d1-7c20",
    }
    return {**_import("result", 3), "result": result}


def _history() -> Sample:
    return {
        **_head("李演示的历史", "谁、何时、改了什么、为什么"),
        "as_of": {"url": "#", "value": "2021-09-20"},
        "filters": [],
        "list_url": "#",
        "entries": parts.ENTRIES,
        "pager": parts.PAGER,
    }


def _jobs() -> Sample:
    return {
        **_head("任务", "导入、导出和文件；可以离开，做完会告诉您"),
        "jobs": parts.JOBS,
        "pager": parts.PAGER,
        "empty": parts.EMPTY,
    }


class SampleSignIn(forms.Form):
    """Stands for the form that the account pages hand over."""

    login = forms.CharField(label="账号", widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label="口令", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    remember = forms.BooleanField(label="这台设备上记住我", required=False)

    def clean(self) -> None:
        raise forms.ValidationError("账号或口令不对。再错 3 次将锁定 15 分钟。")


def _sign_in() -> Sample:
    return {"form": SampleSignIn({"login": "sample.reporter", "password": "sample"})}


def _set_up() -> Sample:
    fields = [parts.PLAIN_FIELDS[0], {**parts.PLAIN_FIELDS[-1], "sensitive": False}]
    return {
        "title": "建立第一个管理员",
        "text": "这个地址只能用一次。",
        "fields": fields,
        "problems": parts.PROBLEMS[:1],
        "submit": "建立",
        "links": [],
    }


#: Address under /styleguide/ → title in the gallery, template, sample context.
PAGES: dict[str, tuple[str, str, Callable[[], Sample]]] = {
    "list": ("台账列表", "kernel/list.html", _list),
    "list-empty": ("空台账", "kernel/list.html", _empty_list),
    "detail": ("一条数据", "kernel/detail.html", _detail),
    "form": ("表单", "kernel/form.html", _form),
    "import-upload": ("导入：上传", "kernel/import.html", _import_upload),
    "import-plan": ("导入：会发生什么", "kernel/import.html", _import_plan),
    "import-progress": ("导入：写入", "kernel/import.html", _import_progress),
    "import-result": ("导入：结果", "kernel/import.html", _import_result),
    "history": ("历史", "kernel/history.html", _history),
    "jobs": ("任务", "kernel/jobs.html", _jobs),
    "sign-in": ("登录", "account/login.html", _sign_in),
    "set-up": ("建立管理员", "web/public_form.html", _set_up),
    **{
        f"error-{code}": (f"错误 {code}", f"{code}.html", dict)
        for code in ("400", "403", "404", "409", "500", "503", "403_csrf")
    },
}
