"""The English catalogue against the messages of the code."""

import re

import pytest
from babel.messages.catalog import Catalog, Message

from shanhai.config.generated import catalogue

#: Share of the messages that must have English.
LEAST_COVERAGE = 0.95
#: What a translation may neither lose nor invent: printf fields, doubled percent signs, tags.
FIXED = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-z]|%%|</?\w+>")
#: Chinese that an English reader must type or recognise as it is.
QUOTED = re.compile(
    r"湄协通〔2021〕2号|湄潭县/永兴镇|珠海市斗门区|遵义市湄潭县|各镇（街道）|“，”|“一、”|“（一）”"
)


@pytest.fixture(scope="module")
def english() -> Catalog:
    return catalogue.load()


def pairs(catalog: Catalog) -> list[tuple[str, str]]:
    """Every Chinese message with its English, each plural form on its own; untranslated ones left out."""
    return [
        (source, target)
        for message in catalog
        if message.id
        for source, target in zip(_forms(message.id), _forms(message.string), strict=True)
        if target
    ]


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _is_translated(message: Message | None) -> bool:
    return message is not None and all(_forms(message.string))


def test_the_messages_of_the_code_have_english(english: Catalog) -> None:
    wanted = [message for message in catalogue.extracted() if message.id]
    lacking = [
        str(message.id) for message in wanted if not _is_translated(english.get(message.id, message.context))
    ]
    coverage = 1 - len(lacking) / len(wanted)
    assert coverage >= LEAST_COVERAGE, (
        f"{coverage:.1%} of {len(wanted)} messages have English; lacking: {lacking[:20]}"
    )


def test_placeholders_and_tags_are_the_same_in_both_languages(english: Catalog) -> None:
    differing = [
        pair for pair in pairs(english) if set(FIXED.findall(pair[0])) != set(FIXED.findall(pair[1]))
    ]
    assert differing == []


def test_placeholders_have_names() -> None:
    unnamed = re.compile(r"%[-#0 +]*\d*(?:\.\d+)?[sdif]|\{\}")
    texts = [text for message in catalogue.extracted() for text in _forms(message.id)]
    assert [text for text in texts if unnamed.search(text.replace("%%", ""))] == []


def test_no_translation_is_a_guess(english: Catalog) -> None:
    assert [message.id for message in english if message.id and message.fuzzy] == []


def test_english_sentences_end_where_chinese_ones_do(english: Catalog) -> None:
    odd = [
        (source, target)
        for source, target in pairs(english)
        if source.endswith("。") != target.endswith(".") and not target.endswith("…")
    ]
    assert odd == []


def test_english_holds_no_chinese_but_examples(english: Catalog) -> None:
    """Examples are quoted as a person would type them: names of places, headings, document numbers."""
    quoted = re.compile(
        r"湄协通〔2021〕2号|湄潭县/永兴镇|珠海市斗门区|遵义市湄潭县|各镇（街道）|“[一，]、?”|“（一）”"
        r"|会签|或签|本单位|上级单位|科室审核|核实|unit·role、|：|with 、"
    )
    chinese = re.compile(r"[一-鿿，。：；、（）]")
    assert [target for _source, target in pairs(english) if chinese.search(quoted.sub("", target))] == []


def test_english_does_not_begin_or_end_with_stray_space(english: Catalog) -> None:
    stray = [
        (source, target)
        for source, target in pairs(english)
        if target != target.strip() and source == source.strip()
    ]
    assert stray == []
