"""A shell context as web/base.html documents it, for pages that are rendered without the product."""

from typing import Any

from django.http import HttpRequest


class Undefined(str):
    """Stands in a template for a name that the context lacks: rendering it is an error."""

    def __contains__(self, text: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        raise LookupError(f"the template uses {name}, which its context lacks")


TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "string_if_invalid": Undefined("%s"),
            "context_processors": ["django.template.context_processors.request", "web.sample_shell.shell"],
        },
    }
]

MENU = {"": ("工作台", "方案与任务"), "台账": ("劳务协作", "资金与资产"), "成效": ("指标", "通报与文件")}


def shell(request: HttpRequest) -> dict[str, Any]:
    menu = [
        {
            "label": group,
            "is_open": True,
            "count": "",
            "items": [{"label": label, "url": "#", "here": label == "劳务协作"} for label in labels],
        }
        for group, labels in MENU.items()
    ]
    user = {
        "name": "赵演示",
        "role": "统筹",
        "links": [{"label": "修改口令", "url": "#"}],
        "memberships": [
            {"label": "统筹", "value": "1", "here": True},
            {"label": "审计", "value": "2", "here": False},
        ],
        "membership_url": "#",
    }
    languages = [
        {"code": "zh-hans", "label": "简体中文", "here": True},
        {"code": "en", "label": "English", "here": False},
    ]
    period = {
        "label": "2021 年第三季度",
        "options": [{"label": "2021 年第二季度", "url": "#", "here": False}],
    }
    return {
        "shell": {
            "home_url": "/",
            "demo": True,
            "today": "2021-09-24",
            "unit": "样例单位",
            "menu": menu,
            "search": {"url": "#", "value": ""},
            "period": period,
            "todo": {"count": 7, "url": "#"},
            "user": user,
            "languages": languages,
            "language_url": "#",
            "here_url": "/",
            "sign_out_url": "#",
            "demo_accounts": [{"name": "sample", "role": "填报"}],
            "demo_password": "sample-only",
        }
    }
