"""What the queue does for history. Procrastinate finds this module through `kernel.tasks`."""

from django.db import connection
from procrastinate.contrib.django import app

from shanhai.kernel import clock, context

#: Months that stand ready, this one included.
AHEAD = 15


@app.periodic(cron="10 0 * * *")
@app.task(name="shanhai.prepare_history", queueing_lock="shanhai.prepare_history", queue="upkeep")
def prepare_history(timestamp: int) -> None:
    """Every night: the partitions of the months to come, for ever."""
    with context.unscoped("历史分区"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT kernel_ensure_history_partitions(%s, %s)", [clock.today().replace(day=1), AHEAD]
        )
