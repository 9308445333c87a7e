"""Sample contexts of the four steps of an import. All invented."""

from . import parts
from .parts import Sample, head


def _import(step: str, position: int) -> Sample:
    labels = ("上传文件", "看会发生什么", "写入", "结果")
    flow = [
        {"label": label, "state": "done" if n < position else "here" if n == position else ""}
        for n, label in enumerate(labels)
    ]
    return {
        **head("导入务工就业登记", "一个文件最多 20 万行；同一个文件导入两次不会重复"),
        "flow": flow,
        "step": step,
    }


def upload_step() -> Sample:
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
        "columns": {"columns": columns, "rows": rows},
        "template_url": "#",
        "others": [{"value": "a", "label": "人员"}, {"value": "b", "label": "企业与其他主体"}],
        "problems": [],
    }
    return {**_import("upload", 0), "upload": upload}


_AMEND = {
    "url": "#",
    "number": "1",
    "differences": [{"label": "第 40 行 李演示", "url": "#", "changes": parts.CHANGES}],
    "more": 0,
    "told": [],
    "list_url": "#",
    "length": 500,
    "problem": "",
}


def plan_step() -> Sample:
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
    people = {
        "label": "人员",
        "file": {"sheet": "人员"},
        "counts": {"new": "200", "changed": "0", "same": "1,000", "wrong": "0"},
        "aside": [],
        "problems": [],
        "differences": [],
    }
    spells = {
        "label": "务工就业",
        "file": {"sheet": "Sheet2"},
        "counts": {"new": "12", "changed": "37", "same": "71", "wrong": "2"},
        "mapping": "列的对应：“上岗时间”→「到岗日期」。",
        "aside": ["“电话2”这一列不认识，没有读。"],
        "problems": problems,
        "more_problems": 3,
        "differences": [{"label": "李演示 · LAB-2021-0042", "url": "#", "changes": parts.CHANGES}],
        "more_differences": 36,
    }
    plan = {
        "file": {"name": "三季度务工.xlsx", "size": "1.2 MB", "rows": "1,322", "sheet": "人员、Sheet2"},
        "counts": {"total": "1,322", "new": "212", "changed": "37", "same": "1,071", "wrong": 2},
        "aside": [],
        "is_several": True,
        "parts": [people, spells],
        "mapping_url": "#",
        "amend": _AMEND,
        "marked_url": "#",
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


def progress_step() -> Sample:
    return {**_import("progress", 2), "job": parts.JOBS[0]}


def result_step() -> Sample:
    result = {
        "right": True,
        "expected": "1,320",
        "counted": "1,320",
        "created": "212",
        "changed": "37",
        "same": "1,071",
        "seconds": "2.4",
        "text": "写入 1,320 行，清点 1,320 行，相符。",
        "parts": [
            {"label": "人员", "created": "200", "changed": "0", "same": "1,000", "wrong": "0", "url": "#"},
            {"label": "务工就业", "created": "12", "changed": "37", "same": "71", "wrong": "2", "url": "#"},
        ],
        "amend": _AMEND | {"number": "", "told": ["已作为更正提交 1 行，由他人核实后生效。"]},
        "again_url": "#",
        "import_id": "0198f2d1-7c20",
    }
    return {**_import("result", 3), "result": result}
