"""Periods and obligations: who owes which ledger by when, so that 应报, 已报, 已核 and late are computed (design 15)."""
