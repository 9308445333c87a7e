"""Erasing who a person is (ADR 0046): rows stay as facts of nobody, history forgets and stays sealed."""
