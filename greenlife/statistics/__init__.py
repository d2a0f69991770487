"""Statistics of the districts: daily facts made from the ledger, and the panels that are read from them."""

from greenlife.statistics.build import read_built_until, rebuild_statistics, refresh_statistics
from greenlife.statistics.export import panel_csv
from greenlife.statistics.panels import PANELS, Panel, Summary, read_panel, read_summary
from greenlife.statistics.period import Period, parse_period
from greenlife.statistics.small_groups import Row, hide_small, hide_total

__all__ = [
    "PANELS",
    "Panel",
    "Period",
    "Row",
    "Summary",
    "hide_small",
    "hide_total",
    "panel_csv",
    "parse_period",
    "read_built_until",
    "read_panel",
    "read_summary",
    "rebuild_statistics",
    "refresh_statistics",
]
