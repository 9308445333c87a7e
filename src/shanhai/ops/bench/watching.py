"""Looks at processes again and again while others work, in a thread of its own."""

import threading
from abc import ABC, abstractmethod
from typing import Self

import psutil


class Watcher(ABC):
    """While the block runs, `look` is called every `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._is_over = seconds, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @abstractmethod
    def look(self) -> None:
        """Processes may end meanwhile."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(self._seconds):
            self.look()


def tree(pid: int) -> list[psutil.Process]:
    """A process and those it started; none when it is gone."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []
