"""Feeds: what partners report in bulk, turned into actions by a mapping, with every rejected row named."""

from greenlife.feeds.importing import Summary, import_feed
from greenlife.feeds.mapping import Mapping, load_mapping
from greenlife.feeds.rows import FeedRow, Rejection, read_rows, write_rejects

__all__ = [
    "FeedRow",
    "Mapping",
    "Rejection",
    "Summary",
    "import_feed",
    "load_mapping",
    "read_rows",
    "write_rejects",
]
