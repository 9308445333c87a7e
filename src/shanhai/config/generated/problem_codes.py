"""docs/api-codes.md: what the codes of refused calls mean."""

from shanhai.kernel.surfaces.api.codes import CODES

_HEAD = """# Codes of refused calls

Written by `make sync` from `kernel/surfaces/api/codes.py`; a test holds it against what the code raises.
A refusal is `application/problem+json` (RFC 9457) with `code`, `status` and `detail`, a sentence for people;
`problems` (422) tells it field by field, `fields` (409 `conflict`) both values.
Programs go by `code`, which keeps its meaning for good, never by `detail`, which may be said better tomorrow.

| status | code | 含义 |
|---|---|---|
"""


def text() -> str:
    """The whole document, by status."""
    lines = sorted((status, code, told) for code, (status, told) in CODES.items())
    return _HEAD + "".join(f"| {status} | `{code}` | {told} |\n" for status, code, told in lines)
