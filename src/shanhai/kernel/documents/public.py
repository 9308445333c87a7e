"""Proof that a document shown to everybody holds no number of a person."""

import re
from collections.abc import Iterator

from shanhai.kernel.documents.bound import Place, lines
from shanhai.kernel.documents.follows import Unfounded
from shanhai.kernel.documents.model import Document, Signature, Text, line_text

#: What is looked for, longest first. Runs of digits may be cut by blanks and dashes, as people write them.
_KINDS = (
    ("身份证号", re.compile(r"(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx](?!\d)")),
    ("银行账号", re.compile(r"(?<!\d)\d{16,19}(?!\d)")),
    ("身份证号", re.compile(r"(?<!\d)\d{15}(?!\d)")),
    ("手机号", re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")),
)
_CUTS = re.compile(r"(?<=\d)[ \-—－·]+(?=\d)")
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")


def check_public(document: Document) -> list[Unfounded]:
    """Identity numbers, mobile telephones and bank accounts anywhere in it; never the number itself.

    Shape: empty when it may be put up. Numbers of offices (12345, 0852-4220000) pass.
    """
    head = (document.title, document.number, document.masthead, *document.recipients)
    signers = [
        signer for block in document.blocks if isinstance(block, Signature) for signer in block.signers
    ]
    places = (
        *(Place("文头", (Text(one),)) for one in head),
        *(Place("落款", (Text(one),)) for one in signers),
        *lines(document),
    )
    return [found for place in places for found in _in(place)]


def _in(place: Place) -> Iterator[Unfounded]:
    text = line_text(place.line).translate(_WIDE)
    joined = _CUTS.sub("", text)
    for kind, shape in _KINDS:
        if shape.search(text) or shape.search(joined):
            yield Unfounded(place.where, kind, "不得公开，请改掉后再公示。")
            return
