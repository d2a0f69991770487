"""Rows read by those who do not believe them: a few at once, each value looked at before it is used."""
