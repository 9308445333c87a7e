"""What the queue does for accounts at night. Procrastinate finds this module by its name."""

from procrastinate.contrib.django import app

from shanhai.kernel import context

from .forgetting import forget_expired


@app.periodic(cron="45 3 * * *")
@app.task(name="shanhai.forget_expired", queueing_lock="shanhai.forget_expired", queue="upkeep")
def forget(timestamp: int) -> None:
    with context.unscoped("清理过期的登录"):
        forget_expired()
