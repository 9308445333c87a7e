"""Members of a split that no list names stand alike in every process."""

from shanhai.kernel.indicators.members import member_labels
from shanhai.kernel.indicators.registry import registry

KEYS = ("scheme.progressreport", "funds.aidagreement", "funds.payment", "labour.monthlyfact", "")


def test_members_without_a_list_stand_in_the_order_of_their_keys() -> None:
    assert list(member_labels(registry.get("OBL-1A"), "ledger", set(KEYS))) == sorted(KEYS)
