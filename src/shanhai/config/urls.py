"""Where every address leads: registry → URLs, and a handful of includes."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from shanhai.kernel.surfaces.urls import chapter_urls
from shanhai.registers.accounts.setting_up import set_up

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("shanhai.web.urls")),
    path("", include("shanhai.kernel.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    *chapter_urls(),
    path("accounts/", include("shanhai.registers.accounts.sign_in")),
    path("setup/<str:token>/", set_up, name="set_up"),
]

handler400 = "shanhai.web.errors.bad_request"
handler403 = "shanhai.web.errors.permission_denied"
handler404 = "shanhai.web.errors.not_found"
handler429 = "shanhai.web.errors.too_many_requests"
handler500 = "shanhai.web.errors.server_error"
