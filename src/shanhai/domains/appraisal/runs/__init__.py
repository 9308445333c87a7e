"""The run of an appraisal: opened, checked, scored under a hash, shown, published, final (ADR 0059)."""
