"""Where the job queue finds the tasks of the kernel's packages."""

from .periods import tasks as periods_tasks  # noqa: F401  (importing registers)
