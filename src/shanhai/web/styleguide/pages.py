"""Every page of the gallery: its template and its sample context, as the template's signature asks for it."""

from collections.abc import Callable

from django import forms

from . import importing, parts, rows
from .parts import Sample, head


def _history() -> Sample:
    return {
        **head("李演示的历史", "谁、何时、改了什么、为什么"),
        "as_of": {"url": "#", "value": "2021-09-20"},
        "filters": [],
        "list_url": "#",
        "entries": parts.ENTRIES,
        "pager": parts.PAGER,
    }


def _jobs() -> Sample:
    return {
        **head("任务", "导入、导出和文件；可以离开，做完会告诉您"),
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
    "list": ("台账列表", "kernel/list.html", rows.list_page),
    "list-empty": ("空台账", "kernel/list.html", rows.empty_list_page),
    "detail": ("一条数据", "kernel/detail.html", rows.detail_page),
    "form": ("表单", "kernel/form.html", rows.form_page),
    "bulk-edit": ("批量：填什么", "kernel/bulk.html", rows.bulk_edit_page),
    "bulk-plan": ("批量：会发生什么", "kernel/bulk.html", rows.bulk_plan_page),
    "import-upload": ("导入：上传", "kernel/import.html", importing.upload_step),
    "import-plan": ("导入：会发生什么", "kernel/import.html", importing.plan_step),
    "import-progress": ("导入：写入", "kernel/import.html", importing.progress_step),
    "import-result": ("导入：结果", "kernel/import.html", importing.result_step),
    "saved-view": ("保存的视图", "kernel/saved_view.html", rows.saved_view_page),
    "history": ("历史", "kernel/history.html", _history),
    "jobs": ("任务", "kernel/jobs.html", _jobs),
    "sign-in": ("登录", "account/login.html", _sign_in),
    "set-up": ("建立管理员", "web/public_form.html", _set_up),
    **{
        f"error-{code}": (f"错误 {code}", f"{code}.html", dict)
        for code in ("400", "403", "404", "409", "500", "503", "403_csrf")
    },
}
