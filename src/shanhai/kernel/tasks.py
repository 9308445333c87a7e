"""Where the job queue finds the tasks of the kernel's packages."""

from .jobs import tasks as jobs_tasks  # noqa: F401  (importing registers)
from .periods import tasks as periods_tasks  # noqa: F401
