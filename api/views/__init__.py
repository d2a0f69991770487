"""The views, a module for each noun: parse, one use case, present after the commit."""
