"""What the kernel's own packages contribute to its registries."""

from django.utils.translation import gettext_lazy as _

from .amendments import views as amendment_views  # noqa: F401
from .chain import operations as chain_operations  # noqa: F401
from .chain import pages as chain_pages  # noqa: F401
from .evidence import damage as evidence_damage  # noqa: F401
from .evidence import panel as evidence_panel  # noqa: F401  (importing registers)
from .exports import approval_operations, approval_pages  # noqa: F401
from .exports import pages as export_pages  # noqa: F401
from .exports import plain_page as plain_export_pages  # noqa: F401
from .imports import pages as import_pages  # noqa: F401
from .imports import past as past_imports  # noqa: F401
from .keys import declared as sealed_places  # noqa: F401
from .readings import of_row, unmask  # noqa: F401
from .readings.found import watched_sides
from .saved_views import pages as view_pages  # noqa: F401
from .surfaces import signatures  # noqa: F401
from .surfaces.menu import SYSTEM, MenuPage, register_page

register_page(MenuPage(SYSTEM, _("后台任务"), "jobs", order=10))
register_page(
    MenuPage(
        SYSTEM,
        _("敏感信息查阅"),
        "readings",
        order=20,
        is_allowed=lambda actor: bool(watched_sides(actor)),
    )
)
