"""Values that break what trusts its reader, by what they attack."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

#: Computed by whoever takes text for a template; stands nowhere else.
SOLVED = "1787569"
#: What an answer shows that was talked into something; none of it is part of a question.
TRACES = (SOLVED, "root:x:0", "PostgreSQL 18", "pbkdf2_sha256$")
#: Of pages alone: elsewhere it is text.
ALIVE = ("<script>alert(", "<img src=x")
#: A host that no answer may lead to.
EVIL = "evil.example"

CORPUS: Mapping[str, tuple[str, ...]] = {
    "sql": (
        *("' OR '1'='1", "') OR 1=1--", "1; DROP TABLE toys_workshop--", "' UNION SELECT version()--"),
        *(
            "';SELECT pg_sleep(30)--",
            "1 OR pg_sleep(30) IS NULL",
            "\\'; --",
            "$$",
            "%s",
            "%(pk)s",
            "{0}",
            "'\"--;%_\\",
        ),
        *("name) FROM accounts_user--", "id__in", "password", "extra->>'x'", "E'\\x27'", "/**/OR/**/1=1"),
    ),
    "template": (
        "{{1337*1337}}",
        "{% debug %}",
        "${1337*1337}",
        "#{1337*1337}",
        "{{''.__class__}}",
        "<%= 1337*1337 %>",
    ),
    "markup": (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        "' onmouseover='x",
    ),
    "header": (
        "a\r\nSet-Cookie: evil=1",
        "a\nX-Evil: 1",
        "a\rb",
        "\u010d\u010aX-Evil: 1",
        "=?utf-8?q?=0d=0aX-Evil:1?=",
    ),
    "path": (
        *(
            "../../../../etc/passwd",
            "..\\..\\etc\\passwd",
            "/etc/passwd",
            "file:///etc/passwd",
            "....//....//etc",
        ),
        *(
            f"//{EVIL}/",
            f"https://{EVIL}",
            f"/\\{EVIL}",
            f"http:{EVIL}",
            "\\\\host\\share",
            "~root",
            "C:\\boot.ini",
        ),
    ),
    "formula": (
        "=1+1",
        "@SUM(A1)",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "\t=1+1",
        '=HYPERLINK("http://evil.example")',
        "＝1+1",
    ),
    "long": (
        "长" * 3_000,
        "a" * 20_000,
        "a " * 3_000,
        "%" * 3_000,
        "_" * 3_000,
        "\\" * 3_001,
        "-" * 3_000,
        "," * 5_000,
    ),
    "nothing": ("\0", "a\0b", "\u200b", "\ufeff", "\u00ad", "\u2028", "\u0085", " ", "\u3000"),
    "direction": (
        "\u202egnp.exe",
        "\u2066x\u2069",
        "a\u200d\u200db",
        "\u0301" * 500,
        "😀" * 50,
        "👨‍👩‍👧",
        "\ufffe",
    ),
    "number": (
        *(
            "9" * 400,
            "9" * 5000,
            "-1",
            "-" + "9" * 20,
            "1e999",
            "-1e-999",
            "NaN",
            "Infinity",
            "0x10",
            "1_000",
            "1,0,0",
        ),
        *(
            "2147483648",
            "9223372036854775808",
            "0" * 400 + "1",
            "1.0000000000000000000001",
            "--1",
            "1/0",
            "+",
        ),
    ),
    "digits": ("٣", "²", "一百", "Ⅻ", "１２３", "𝟙𝟚", "½", "०", "٢٠٢١-٠٩-٠١", "２０２１年９月"),
    "date": (
        *(
            "9999-12-31",
            "0000-00-00",
            "0001-01-01",
            "9999",
            "9999Q4",
            "0000Q1",
            "2021-13",
            "2021-02-30",
            "10000-01-01",
        ),
        *(
            "-2021-01-01",
            "last_99999999999_days",
            "last_0_days",
            "2021-W53",
            "99999-99",
            "1e4-01-01",
            "292278994-08-17",
        ),
    ),
    "json": ("[" * 5_000, '{"a":' * 1_000, "[]", "{}", "null", '{"$ne": null}', "[1e999]", '"\\ud800"'),
    "regex": (
        "(a+)+$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        ".*" * 500,
        "(?:a|a)*b",
        "\\1",
        "[",
        "(?P<n>",
        "a" * 3_000 + "!",
    ),
    "names": (
        "side",
        "pk",
        "owner_unit__side",
        "person__name__startswith",
        "__class__",
        "-",
        "--id",
        "?",
        "random()",
    ),
}
#: Bytes of an address that are no UTF-8.
RAW = ("%ED%A0%80", "%FF%FE", "%C0%AF", "%00", "%", "%zz", "%25%30%30", "%E6%96")
ALL = tuple(value for values in CORPUS.values() for value in values)
#: What reaches a list: NUL is refused before (`test_what_no_text_may_hold_...`).
WITHOUT_NUL = tuple(value for value in ALL if "\0" not in value)
#: None of these is the value of anything, nor part of what was planted: who finds rows by it, was obeyed.
NOBODYS = tuple(
    v for sort in ("sql", "template", "markup", "header", "path", "regex", "json") for v in CORPUS[sort]
)


def traces(response: Any, text: str) -> list[str]:
    """What shows that an answer, with this text, did more than it was asked for."""
    is_page = response.get("Content-Type", "").startswith("text/html")
    return [trace for trace in (*TRACES, *(ALIVE if is_page else ())) if trace in text]


def written() -> Iterator[str]:
    """As they stand in an address."""
    yield from map(quote_plus, ALL)
    yield from RAW


def in_path(value: str) -> str:
    """One part of a path: as long as a browser would send it, with nothing that parts paths."""
    return quote(value[:200], safe="")
