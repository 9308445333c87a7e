"""Pairs of brackets, matched in one pass whatever their widths.

Writers open full-width and close half-width, forget to close, or close twice. A pair here is any opening
with the next free closing of its family; what is left open is reported, never guessed.
"""

import re
from dataclasses import dataclass

from shanhai.engines.clauses.words import CLOSERS, EXACT_CLOSER, OPENERS

ANY = re.compile("[" + re.escape(OPENERS + CLOSERS) + "\n]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A bracketed span of the flow: `start` is the opening, `end` is after the closing, or where the text
    stops.
    """

    start: int
    end: int
    closed: bool
    mismatched: bool
    depth: int

    @property
    def inner(self) -> tuple[int, int]:
        """The span between the brackets."""
        return self.start + 1, self.end - 1 if self.closed else self.end


def outer_pairs(text: str) -> list[Pair]:
    """The outermost pairs of every paragraph in reading order, unclosed ones with what they may hold.

    Shape: of the brackets left open in one paragraph only the first and the last are kept, so that a page of
    nothing but brackets costs no more than its length.
    """
    pairs: list[Pair] = []
    stack: list[int] = []
    for found in ANY.finditer(text):
        at, character = found.start(), found.group()
        if character == "\n":
            pairs.extend(_left_open(stack, at))
            stack.clear()
        elif character in OPENERS:
            stack.append(at)
        elif stack:
            opened = stack.pop()
            pairs.append(_closed(text, opened, at, len(stack)))
    pairs.extend(_left_open(stack, len(text)))
    return _outermost(pairs)


def _closed(text: str, opened: int, at: int, depth: int) -> Pair:
    opener, closer = text[opened], text[at]
    return Pair(opened, at + 1, True, closer != EXACT_CLOSER[opener], depth)


def _left_open(stack: list[int], end: int) -> list[Pair]:
    ends = {stack[0]: 0, stack[-1]: len(stack) - 1} if stack else {}
    return [Pair(start, end, False, False, depth) for start, depth in ends.items()]


def _outermost(pairs: list[Pair]) -> list[Pair]:
    """Drop what lies inside a closed pair; what lies after an unclosed opening stays beside it."""
    kept: list[Pair] = []
    reach = -1
    for pair in sorted(pairs, key=lambda one: (one.start, -one.end)):
        if pair.start >= reach:
            kept.append(pair)
            if pair.closed:
                reach = pair.end
    return kept
