"""Shared reference data every chapter points at: places, parties, accounts."""
