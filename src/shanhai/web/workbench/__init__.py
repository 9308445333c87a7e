"""Cards of the workbench and search over ledgers, made from the registry of ledgers alone."""
