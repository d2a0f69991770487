"""Measurements to be looked at, not tests: a machine's load is no failure."""
