"""The platform's own settings; only the seed and the pages are small ones."""

from shanhai.config.settings import *  # noqa: F403
from shanhai.config.settings import INSTALLED_APPS

# First, so that its commands go before those of the platform.
INSTALLED_APPS = ["probe", *INSTALLED_APPS]
ROOT_URLCONF = "probe.urls"
# allauth insists on its own.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
