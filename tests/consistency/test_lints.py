"""The lints of tools/lint: the code passes, and each mistake they are for is found."""

import ast

import pytest
from tools.lint import scope, translations


def test_nobody_goes_round_the_scope_unlisted() -> None:
    assert list(scope.findings()) == []


def test_every_message_is_one_literal() -> None:
    assert list(translations.findings()) == []


@pytest.mark.parametrize(
    "code",
    [
        "Person._base_manager.all()",
        "context.unscoped('short cut')",
        "connection.cursor()",
        "Person.objects.raw('SELECT 1')",
    ],
)
def test_a_way_round_the_scope_is_found(code: str) -> None:
    assert len(scope.found_in(ast.parse(code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "_(f'{number} 行')",
        "_('%s 行' % number)",
        "_('第' + number)",
        "_('第 {} 行'.format(number))",
        "ngettext('一行', name, number)",
    ],
)
def test_a_message_no_catalogue_could_hold_is_found(code: str) -> None:
    assert len(list(translations.found_in(ast.parse(code)))) == 1


def test_a_literal_filled_after_its_translation_is_right() -> None:
    assert list(translations.found_in(ast.parse("_('%(number)s 行') % {'number': 3}"))) == []
