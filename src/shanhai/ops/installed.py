"""The environment of this installation, with its database running, and Django in it."""

import os

from . import detached
from .environment import Addresses, chosen_mode, for_django
from .errors import Refusal
from .installation import Installation


def installed_environment() -> dict[str, str]:
    """The environment for Django, with the embedded database running unless the user brings a server."""
    installation = Installation.open()
    mode = chosen_mode(installation)
    addresses = Addresses.of_user(installation)
    if addresses is None:
        addresses = Addresses.embedded(installation, detached.ensure_database(installation), mode)
    return for_django(installation, addresses, mode)


def load_django() -> None:
    """Django with this installation's database, whatever is in it."""
    os.environ.update(installed_environment())
    import django

    django.setup()


def set_up() -> None:
    """Django over tables of this program. Errors: Refusal where there are none, or another release's."""
    load_django()
    from shanhai.kernel.standing import standing

    now = standing("default")
    if now.unknown or now.is_under_way or (now.missing and now.applied):
        raise Refusal(
            "数据库不是这一版程序的。请先运行 shanhai doctor 看差在哪里，多半是要先 shanhai upgrade。"
        )
    if now.missing:
        raise Refusal("数据库里还没有建表。请先运行 shanhai run（演示为 shanhai demo），启动时会建好。")
