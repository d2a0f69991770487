"""Scans: a resident at a poster or a screen, or with a photo; an attendant at a scale; what is seen of them afterwards."""

from greenlife.scans.account import LotLeft, Summary, resident_summary, spendable_points
from greenlife.scans.declare import DeclaredView, declarable_actions, declare_action, declared_action
from greenlife.scans.kiosks import (
    KioskKey,
    KioskView,
    close_kiosk,
    kiosk_actions,
    kiosk_sites,
    list_kiosks,
    open_kiosk,
    show_kiosk,
)
from greenlife.scans.own_code import own_code
from greenlife.scans.photo_tries import count_photo
from greenlife.scans.records import Record, records_on, resident_record, resident_records
from greenlife.scans.scan import ScanPreview, ScanReceipt, preview_scan, record_scan
from greenlife.scans.undo import UNDO_REASONS, undo_weighing
from greenlife.scans.visits import VisitView, get_visit, open_visit
from greenlife.scans.weighing import UNDO_FOR, WeighingView, attended_kinds, last_weighings, record_attended

__all__ = [
    "UNDO_FOR",
    "UNDO_REASONS",
    "DeclaredView",
    "KioskKey",
    "KioskView",
    "LotLeft",
    "Record",
    "ScanPreview",
    "ScanReceipt",
    "Summary",
    "VisitView",
    "WeighingView",
    "attended_kinds",
    "close_kiosk",
    "count_photo",
    "declarable_actions",
    "declare_action",
    "declared_action",
    "get_visit",
    "kiosk_actions",
    "kiosk_sites",
    "last_weighings",
    "list_kiosks",
    "open_kiosk",
    "open_visit",
    "own_code",
    "preview_scan",
    "record_attended",
    "record_scan",
    "records_on",
    "resident_record",
    "resident_records",
    "resident_summary",
    "show_kiosk",
    "spendable_points",
    "undo_weighing",
]
