"""Files into ledgers: read → plan → show → confirm → write in one transaction, counted."""
