"""One module a noun; each view parses, calls one use case, and presents."""
