"""An application of benchmarks alone: a ledger of people to import, and tables of a plain service."""
