"""The ledger kernel: every surface derives from one declaration. Knows no register, domain or page."""
