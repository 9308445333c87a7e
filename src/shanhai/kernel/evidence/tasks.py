"""What the queue does for evidence. Procrastinate finds this module through `kernel.tasks`."""

from procrastinate.contrib.django import app

from .checking import check_all


@app.periodic(cron="40 1 * * *")
@app.task(name="shanhai.check_evidence", queueing_lock="shanhai.check_evidence", queue="upkeep")
def check_evidence(timestamp: int) -> None:
    """Every night: is every paper still what was stored?"""
    check_all()
