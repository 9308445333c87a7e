"""Where the job queue finds the tasks of the kernel's packages."""

from .chain import tasks as chain_tasks  # noqa: F401
from .evidence import tasks as evidence_tasks  # noqa: F401
from .history import tasks as history_tasks  # noqa: F401
from .jobs import tasks as jobs_tasks  # noqa: F401  (importing registers)
from .keys import tasks as keys_tasks  # noqa: F401
from .periods import tasks as periods_tasks  # noqa: F401
