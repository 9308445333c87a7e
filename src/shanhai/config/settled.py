"""What a serving process does once it is loaded, before its first request."""

import gc

from django.urls import get_resolver

#: Objects made and not yet freed, after which Python looks for garbage: about one page's worth, not a tenth.
_UNTIL_LOOKED = 20_000


def settle() -> None:
    """Load every page, and leave what is there now out of the search for garbage.

    Some 300,000 objects of models, pages and words stay as long as the process; going through them time and
    again was a tenth of every answer.
    """
    get_resolver().url_patterns  # noqa: B018  (loads them)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_UNTIL_LOOKED)
