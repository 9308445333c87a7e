"""The product's settings with the toy ledgers that exercise every option of the kernel."""

from shanhai.config.settings import *  # noqa: F403
from shanhai.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "toys"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = None  # nothing is collected for tests: files come from the finders
# Sessions of the cast are older than a minute, and some runs last longer than an hour.
SHANHAI_SEEN_SECONDS = SHANHAI_IDLE_SECONDS = 24 * 3600
