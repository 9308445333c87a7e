"""The ledger kernel: one declaration per ledger, every surface derived from it. Knows no register, domain or page."""
