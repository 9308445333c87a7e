#!/usr/bin/env python
"""Django's command line in the environment of this installation (or of DATABASE_URL, where it is set)."""

import sys

from shanhai.ops.cli import run_django

if __name__ == "__main__":
    run_django(sys.argv)
