"""What the queue does for the chain. Procrastinate finds this module through `kernel.tasks`."""

from django.conf import settings
from django.db import connections
from procrastinate.contrib.django import app

from .anchors import write_anchor
from .checking import check
from .sealing import seal


@app.periodic(cron="* * * * *")
@app.task(name="shanhai.seal_history", queueing_lock="shanhai.seal_history", queue="upkeep")
def seal_history(timestamp: int) -> None:
    """Every minute: what was written since."""
    try:
        seal()
    finally:
        connections.close_all()  # of this thread, which may not be asked again for hours


@app.periodic(cron="20 2 * * *")
@app.task(name="shanhai.check_chain", queueing_lock="shanhai.check_chain", queue="upkeep")
def check_chain(timestamp: int) -> None:
    """Every night: an anchor, and the whole chain."""
    try:
        seal()
        write_anchor(settings.SHANHAI_ANCHORS)
        check()
    finally:
        connections.close_all()
