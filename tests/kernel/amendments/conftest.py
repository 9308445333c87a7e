"""Rows that are verified or locked, as the tests of locks make them."""

from kernel.locking.conftest import duties, output

__all__ = ["duties", "output"]
