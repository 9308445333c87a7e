"""An application of benchmarks alone: one ledger of people with twenty columns to import."""
