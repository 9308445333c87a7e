"""Which tests one worker runs one after the other, so that what is costly is made once.

The groups of xdist itself go by marks, which xdist 3.8 writes where pytest 9.2 no longer looks.
"""

from xdist.scheduler import LoadScopeScheduling

#: Beginnings of the paths of tests that share an installation, a served page, a browser or a database.
TOGETHER = (
    "tests/e2e/",
    "tests/ops/",
    "tests/web/test_accessibility.py",
    "tests/web/test_behaviour.py",
    "tests/config/test_seed.py",
    "tests/consistency/test_adding_a_ledger.py",
    "tests/domains/funds/test_joint_migration.py",
)


class Together(LoadScopeScheduling):
    """The largest groups first, one for each worker; then every other test to whoever is free."""

    def _split_scope(self, nodeid: str) -> str:
        return next((beginning for beginning in TOGETHER if nodeid.startswith(beginning)), nodeid)
