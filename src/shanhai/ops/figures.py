"""Where the processes of a service keep their figures for Prometheus, which adds them up."""

import shutil
from pathlib import Path

from .errors import Refusal
from .installation import Installation, run_folder

#: Read by `prometheus_client` when it is loaded.
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def fresh_folder(installation: Installation) -> Path:
    """An empty folder for a service that begins; figures count from there.

    Shape: below the place for what lives no longer than the machine is up, mostly in memory: these files are
    written as memory, and a full disk under them would end the process.
    """
    folder = run_folder(f"{installation.name}-figures")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise Refusal(f"无法建立 {folder}：{error.strerror}。请删除它后重试。") from error
    return folder
