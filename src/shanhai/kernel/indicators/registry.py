"""Which indicators there are: domains register theirs in `indicators.py`.

Wording changes yearly, so a code has versions.
"""

from collections.abc import Iterator

from django.apps import apps

from shanhai.engines.values import Period
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Side

from .declare import Indicator, Ratio


class IndicatorRegistry:
    """Versions of each indicator by its code, oldest first, codes in order of registration."""

    def __init__(self) -> None:
        self._versions: dict[str, list[Indicator]] = {}

    def register(self, *indicators: Indicator) -> None:
        for indicator in indicators:
            versions = self._versions.setdefault(indicator.code, [])
            versions.append(indicator)
            versions.sort(key=lambda one: one.valid_from)

    def get(self, code: str, period: Period | None = None) -> Indicator:
        """The version that defines figures of `period`; the newest without one.

        A period before the first version is read by the first. Errors: NotVisible for an unknown code.
        """
        versions = self._versions.get(code)
        if not versions:
            raise NotVisible
        if period is None:
            return versions[-1]
        valid = [one for one in versions if one.valid_from <= period.end]
        return valid[-1] if valid else versions[0]

    def versions(self, code: str) -> tuple[Indicator, ...]:
        """Errors: NotVisible for an unknown code."""
        if code not in self._versions:
            raise NotVisible
        return tuple(self._versions[code])

    def __contains__(self, code: str) -> bool:
        return code in self._versions

    def __iter__(self) -> Iterator[Indicator]:
        """The newest version of every indicator."""
        return (versions[-1] for versions in self._versions.values())

    def all_versions(self) -> Iterator[Indicator]:
        return (one for versions in self._versions.values() for one in versions)

    def chapter(self, indicator: Indicator) -> str:
        """App label of the chapter the indicator is listed under."""
        if indicator.chapter or not isinstance(indicator.measure, Ratio):
            return indicator.chapter or indicator.source.partition(".")[0]
        return self.chapter(self.get(indicator.measure.numerator))

    def by_chapter(self) -> dict[str, list[Indicator]]:
        """Indicators of each chapter, chapters in the order their applications are installed."""
        chapters: dict[str, list[Indicator]] = {config.label: [] for config in apps.get_app_configs()}
        for indicator in self:
            chapters.setdefault(self.chapter(indicator), []).append(indicator)
        return {label: found for label, found in chapters.items() if found}

    def of_source(self, source: str) -> list[Indicator]:
        return [one for one in self if one.source == source]


registry = IndicatorRegistry()
register = registry.register


def filed_by(indicator: Indicator, side: Side) -> bool:
    """Whether the side keeps the ledger behind the indicator; for a ratio, both its parts'."""
    if isinstance(indicator.measure, Ratio):
        parts = (indicator.measure.numerator, indicator.measure.denominator)
        return all(filed_by(registry.get(code), side) for code in parts)
    return indicator.source not in ledgers or side in ledgers.get(indicator.source).sides
