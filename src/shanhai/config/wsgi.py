"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanhai.config.settings")
application = get_wsgi_application()

from .settled import settle  # noqa: E402  (needs the applications loaded)

settle()
