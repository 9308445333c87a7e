"""What the queue does for keys. Procrastinate finds this module through `kernel.tasks`."""

from contextlib import suppress

from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from .rotating import under_way, work

_NAME = "shanhai.rotate_keys"


@app.periodic(cron="* * * * *")
@app.task(name=_NAME, queueing_lock=_NAME, queue="upkeep")
def rotate_keys(timestamp: int) -> None:
    """Every minute, so that a worker that died is followed by the next; in pieces, as others wait."""
    try:
        if under_way() is not None and work():
            go_on()
    finally:
        connections.close_all()  # of this thread, which may not be asked again for hours


def go_on() -> None:
    """At once, not in a minute."""
    with suppress(AlreadyEnqueued):
        app.configure_task(_NAME, queue="upkeep", queueing_lock=_NAME).defer(timestamp=0)
