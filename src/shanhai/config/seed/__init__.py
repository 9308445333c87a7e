"""The demonstration year 2020-10 to 2021-09: registers, each chapter's own seed, papers, duties."""
