"""The platform's own settings; the seed and the pages are small ones, and no chapter has tables.

How an installation starts, stops and keeps its data does not depend on them; `test_kills` has them all.
"""

from shanhai.config.settings import *  # noqa: F403
from shanhai.config.settings import INSTALLED_APPS

# First, so that its commands go before those of the platform.
_GROUND = (app for app in INSTALLED_APPS if not app.startswith(("shanhai.domains", "shanhai.config")))
INSTALLED_APPS = ["probe", *_GROUND]
ROOT_URLCONF = "probe.urls"
# allauth insists on its own.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
