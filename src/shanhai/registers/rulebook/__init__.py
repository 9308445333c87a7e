"""The book of dated rules: what documents set, read by all, changed by one person and approved by another."""
