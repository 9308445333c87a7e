"""Templates keep their promises: a signature each, no inline script or style, every sample complete."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory, override_settings

import shanhai
from shanhai.web.styleguide.pages import PAGES
from web.sample_shell import TEMPLATES

PACKAGE = Path(shanhai.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("templates/**/*.html"))
COMPONENTS = {path.stem for path in FILES if path.parent.name == "components"}
INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style|<script(?![^>]*\s(?:src=|type="application/json"))|javascript:|hx-on|\bjs:"""
)
ADDRESS = re.compile(r"(?:src|href|content)=[\"']?(?:https?:)?//")


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.fixture(scope="module")
def engine() -> DjangoTemplates:
    options = {key: value for key, value in TEMPLATES[0].items() if key != "BACKEND"}
    return DjangoTemplates({"NAME": "guarded", "DIRS": [], **options})


@pytest.mark.parametrize("page", PAGES)
def test_a_page_renders_from_exactly_the_context_its_signature_asks_for(
    page: str, engine: DjangoTemplates
) -> None:
    _label, template, sample = PAGES[page]
    request = RequestFactory().get("/")
    with override_settings(ROOT_URLCONF="shanhai.web.styleguide.urls"):
        html = engine.get_template(template).render(sample(), request)
    assert "</html>" in html


def test_an_error_page_stands_without_any_context(engine: DjangoTemplates) -> None:
    assert "</html>" in engine.get_template("500.html").render({}, None)


@pytest.mark.parametrize("fragment", ["list#table", "history#entries", "jobs#jobs"])
def test_a_fragment_is_the_part_of_the_page_it_replaces(fragment: str, engine: DjangoTemplates) -> None:
    page, _, anchor = fragment.partition("#")
    request, sample = RequestFactory().get("/"), PAGES[page][2]
    whole = engine.get_template(f"kernel/{page}.html").render(sample(), request)
    part = engine.get_template(f"kernel/{page}.html#{anchor}").render(sample(), request)
    assert squeezed(part) in squeezed(whole)
    assert part.strip().startswith(f'<div id="{anchor}"')


def squeezed(html: str) -> str:
    return re.sub(r'\s+|value="\w{64}"', "", html)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_template_begins_with_its_signature(path: Path) -> None:
    text = path.read_text("utf-8")
    top = re.sub(r"^\s*{% extends .*? %}\s*", "", text)
    assert re.match(r"\s*({#|{% comment %}|{% load)", top) or path.stem[:3].isdigit(), (
        "say its blocks and context first"
    )


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_template_has_no_inline_script_or_style_and_asks_nobody_outside(path: Path) -> None:
    text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text("utf-8"), flags=re.S)
    assert not INLINE.findall(text)
    assert not ADDRESS.findall(text)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    text = path.read_text("utf-8")
    for hidden in (
        r"{% comment %}.*?{% endcomment %}",
        r"{#.*?#}",
        r"{% blocktranslate.*?endblocktranslate %}",
        r"{% translate .*?%}",
        r"{{.*?}}",
    ):
        text = re.sub(hidden, "", text, flags=re.S)
    assert not re.findall(r"[\u4e00-\u9fff]+", text)


def test_every_component_is_used() -> None:
    used: set[Any] = set()
    for path in (*FILES, *PACKAGE.rglob("*.py")):
        used |= set(re.findall(r"kernel/components/(\w+)\.html", path.read_text("utf-8")))
    assert not COMPONENTS - used
