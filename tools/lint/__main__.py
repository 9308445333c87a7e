"""Tells every finding of every lint; the exit status says whether there was one."""

import sys

from tools.lint import locked, scope, translations

found = [*scope.findings(), *translations.findings(), *locked.findings()]
print("\n".join(found) or "no findings")
sys.exit(bool(found))
