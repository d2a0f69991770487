"""Tokens of sign-ins are kept as hashes only."""

import hashlib


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
