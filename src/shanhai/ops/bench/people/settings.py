"""The product's settings with the ledger of the import benchmark beside its own."""

from shanhai.config.settings import *  # noqa: F403
from shanhai.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "shanhai.ops.bench.people"]
