"""How much of anything the API takes; what is more is refused with a problem of its own."""

DEEPEST_BODY = 16
"""Levels of nesting in a JSON body; no schema here needs more than three."""

LONGEST_TEXT = 300
"""Characters of one text in a body; no code, name or number of ours comes near it."""

MOST_DIGITS = 16
"""Digits of an integer in a body: 2^53 - 1, the largest that every JSON reader keeps exactly, has 16."""

LARGEST_INTEGER = 2**53 - 1
"""Largest amount in an answer, in points or milligrams; the ledger takes no larger leg either."""

LONGEST_KEY = 100
"""Characters of an Idempotency-Key."""

LARGEST_PAGE, USUAL_PAGE = 100, 20
"""Items of one page."""
