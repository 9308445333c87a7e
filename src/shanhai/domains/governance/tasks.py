"""What the queue does for the chapter. Procrastinate finds this module by its name."""

from procrastinate.contrib.django import app

from shanhai.kernel import clock

from . import reminding


@app.periodic(cron="0 0 * * *")
@app.task(name="shanhai.remind", queueing_lock="shanhai.remind", queue="upkeep")
def remind(timestamp: int) -> None:
    """At eight in China (the queue counts in UTC): what each side has to press today."""
    reminding.prepare(clock.today())
    reminding.send_waiting()


@app.periodic(cron="*/15 * * * *")
@app.task(name="shanhai.remind_again", queueing_lock="shanhai.remind_again", queue="upkeep")
def remind_again(timestamp: int) -> None:
    """What did not arrive is tried again."""
    reminding.send_waiting()
