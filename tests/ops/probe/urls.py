"""One page that tells which database serves it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(settings.DATABASES["default"]["NAME"])


urlpatterns = [path("", home)]
