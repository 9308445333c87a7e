"""What the queue runs. Procrastinate finds this module through `kernel.tasks`."""

from django.db import connections
from procrastinate.contrib.django import app

from shanhai.kernel import context
from shanhai.kernel.answers import forget_old_answers

from . import runner
from .rescue import RUN_JOB
from .upkeep import remove_old_files


@app.task(name=RUN_JOB, queue="jobs")
def run_job(job_id: str) -> None:
    try:
        runner.run(job_id)
    finally:
        connections.close_all()  # those of this worker thread, which may not be asked again for hours


@app.periodic(cron="* * * * *")
@app.task(name="shanhai.rescue_jobs", queueing_lock="shanhai.rescue_jobs", queue="upkeep")
async def rescue_jobs(timestamp: int) -> None:
    """Give other tasks of a worker that died back to the queue; jobs of people are rescued in seconds."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@app.periodic(cron="30 3 * * *")
@app.task(name="shanhai.remove_old_files", queueing_lock="shanhai.remove_old_files", queue="upkeep")
def tidy_up(timestamp: int) -> None:
    remove_old_files()
    with context.unscoped("清理接口答复"):
        forget_old_answers()
