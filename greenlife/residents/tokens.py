"""Tokens of sign-ins are kept as hashes only."""

import hashlib


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def public_mark(token: str) -> str:
    """By which a page tells one sign-in from another; it opens nothing."""
    return hashlib.sha256(b"greenlife/1 mark:" + token.encode()).hexdigest()[:16]
