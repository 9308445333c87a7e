"""What the chapter adds to the API."""

from shanhai.web.check_operations import register_checks

from .pages import CHECKS

register_checks("governance", CHECKS)
