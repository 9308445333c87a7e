"""What the queue does for labour at night. Procrastinate finds this module by its name."""

from procrastinate.contrib.django import app

from .rolling import start_all


@app.periodic(cron="20 4 * * *")
@app.task(name="shanhai.labour_rolling", queueing_lock="shanhai.labour_rolling", queue="upkeep")
def match_again(timestamp: int) -> None:
    """Every night: sides that have it on are matched anew, where something changed."""
    start_all()
