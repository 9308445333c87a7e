"""Two views: the gallery of components, and any kernel page on its sample."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from . import parts
from .pages import PAGES


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    samples = {name.lower(): value for name, value in vars(parts).items() if name.isupper()}
    pages = [{"label": label, "name": name} for name, (label, _template, _sample) in PAGES.items()]
    head = {"title": "样式手册", "sub": "每个组件的每种状态；数据都是样例", "crumbs": [], "actions": []}
    return render(request, "web/styleguide.html", {**head, "sample": samples, "pages": pages})


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One kernel page on its sample."""
    if name not in PAGES:
        raise Http404
    _label, template, sample = PAGES[name]
    return render(request, template, sample())
