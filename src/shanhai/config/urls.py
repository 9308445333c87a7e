"""Where every address leads: registry → URLs, and a handful of includes."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from shanhai.kernel.surfaces.urls import chapter_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("shanhai.web.urls")),
    path("", include("shanhai.kernel.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    *chapter_urls(),
    path("accounts/", include("allauth.account.urls")),
]

handler400 = "shanhai.web.errors.bad_request"
handler403 = "shanhai.web.errors.permission_denied"
handler404 = "shanhai.web.errors.not_found"
handler500 = "shanhai.web.errors.server_error"
