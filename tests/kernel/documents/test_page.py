import re
from dataclasses import replace
from itertools import pairwise

from bs4 import BeautifulSoup

from shanhai.kernel.documents.inline import line
from shanhai.kernel.documents.model import Paragraph
from shanhai.kernel.documents.page import write_page


def soup(document, **options):
    return BeautifulSoup(
        write_page(document, lambda bind: f"/figures/{bind}?a=1&b=2", **options), "html.parser"
    )


def test_every_figure_is_a_link_to_what_it_is_bound_to(bulletin):
    links = soup(bulletin).select("a[data-bind]")
    assert links[0]["href"] == "/figures/fig-1?a=1&b=2"
    assert all(link["href"] == f"/figures/{link['data-bind']}?a=1&b=2" for link in links)


def test_a_figure_the_reader_may_not_open_is_no_link_but_still_bound(bulletin):
    page = BeautifulSoup(write_page(bulletin, lambda bind: None), "html.parser")
    assert not page.select("a")
    assert len(page.select("span[data-bind]")) >= 60


def test_a_stale_figure_is_marked(bulletin):
    assert [link["data-bind"] for link in soup(bulletin, stale={"fig-3"}).select(".is-stale")] == ["fig-3"]


def test_words_cannot_become_markup(bulletin):
    attack = '<script>alert(1)</script><img src=x onerror="y">&amp;'
    document = replace(
        bulletin,
        title=attack,
        issuer=attack,
        labels=(attack,),
        recipients=(attack,),
        blocks=(Paragraph(line(attack)),),
    )
    page = soup(document)
    assert not page.select("script, img")
    assert page.h1.text == attack
    assert page.select_one(".document-body p").text == attack


def test_a_hostile_bind_stays_inside_its_attribute(bulletin, figure):
    number = replace(figure(5), bind='"><script>x</script>')
    page = soup(replace(bulletin, blocks=(Paragraph(line(number)),)))
    assert page.select_one("a[data-bind]")["data-bind"] == number.bind
    assert not page.select("script")


def test_the_page_has_no_inline_style_or_script(bulletin):
    assert not re.search(r"<(style|script)|\s(style|on\w+)=", write_page(bulletin, str))


def test_tables_say_what_their_columns_are(bulletin):
    table = soup(bulletin).select("table")[0]
    assert [cell["scope"] for cell in table.select("thead th")] == ["col"] * 4
    assert table.caption.text == "表1 主要指标完成情况"
    assert table.select_one("th:nth-of-type(3)").text == "2021年累计（万元）"
    assert table.select_one("tbody tr td:nth-of-type(3)").text == "12,345.68"
    assert table.select_one("tr.is-total td").text == "合计"


def test_headings_follow_the_title_without_a_gap(bulletin):
    levels = [int(heading.name[1]) for heading in soup(bulletin).select("h1, h2, h3, h4, h5")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
