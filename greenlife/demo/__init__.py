"""The demo city: a seeded two months of Huzhou, made by the same use cases that a real day goes through."""

from greenlife.demo.accounts import ACCOUNTS, Account
from greenlife.demo.build import build_demo
from greenlife.demo.size import Size

__all__ = ["ACCOUNTS", "Account", "Size", "build_demo"]
