"""Benchmarks: ours and the named rival on the same data, alternately, in fresh processes."""

from . import load, match
from .appraisal import APPRAISAL
from .benefits import BENEFITS
from .documents import DOCUMENTS
from .export import EXPORT
from .harness import Benchmark, ResultsDiffer, run
from .imports import IMPORT
from .indicators import INDICATORS
from .linkage import LINKAGE
from .list import LIST
from .match import MATCH
from .rollup import ROLLUP
from .settle import SETTLE
from .sheets import SHEETS

_ALL = (
    *(IMPORT, LIST, EXPORT, INDICATORS, SETTLE, SHEETS, BENEFITS, LINKAGE, MATCH, APPRAISAL),
    *(DOCUMENTS, ROLLUP),
)
#: What `shanhai bench NAME` knows.
BENCHMARKS: dict[str, Benchmark] = {one.name: one for one in _ALL}

__all__ = ["BENCHMARKS", "Benchmark", "ResultsDiffer", "load", "match", "run"]
