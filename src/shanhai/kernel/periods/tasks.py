"""What the queue does for obligations. Procrastinate finds this module through `kernel.tasks`."""

from procrastinate.contrib.django import app

from shanhai.kernel import clock, context

from .obligations import ensure_obligations


@app.periodic(cron="5 0 * * *")
@app.task(name="shanhai.make_obligations", queueing_lock="shanhai.make_obligations", queue="upkeep")
def make_obligations(timestamp: int) -> None:
    """Every night: what the rules make due by today. After days off one run catches up."""
    with context.unscoped("应报事项"):
        ensure_obligations(clock.today())
