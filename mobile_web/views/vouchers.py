"""Rewards: offers, the voucher for one, and giving it back."""

from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for
from flask_babel import gettext

from greenlife import chart
from greenlife.actions import ResidentRef
from greenlife.codes.parse import VOUCHER_PREFIX
from greenlife.db import keep_residents
from greenlife.scans import resident_summary, spendable_points
from greenlife.scans.own_code import ref_of
from mobile_web.pages import leave_note, pages
from mobile_web.presenters import dates, numbers, offers
from mobile_web.presenters.qr import qr_picture
from mobile_web.web import Page, form_key, now, reference, resident, resident_only, runtime
from rewards import get_offer, get_voucher, list_offers, list_vouchers, redeem_offer, release_voucher


@dataclass(frozen=True)
class Purse:
    """The caller as rewards knows people: accounts, never a resident."""

    owner: ResidentRef
    book: str
    account: str
    holder: str
    wallet: str
    today: date


def purse() -> Purse:
    ref = ref_of(resident())
    return Purse(ref, ref.book, ref.account, chart.holder(ref.account), chart.wallet(ref.account), dates.today())


@pages.get("/rewards")
@resident_only
def rewards() -> Page:
    mine = purse()
    with runtime().database.reading() as session:
        summary = resident_summary(session, runtime().programme, resident=resident(), now=now())
        page = list_offers(
            session,
            district=mine.book,
            holder=mine.holder,
            points=summary.points,
            today=mine.today,
            after=request.args.get("after"),
        )
    ends = summary.next_to_expire
    return render_template(
        "rewards.html",
        points=numbers.integer(summary.points),
        expiring=(numbers.points(ends.points), dates.end_of_month(ends.month)) if ends else None,
        offers=[offers.offer(one) for one in page.items],
        next=page.next,
    )


@pages.get("/rewards/<offer>")
@resident_only
def offer(offer: str) -> Page:
    """The terms of an offer, and what would be left after it."""
    mine = purse()
    with runtime().database.reading() as session:
        points = spendable_points(session, book=mine.book, account=mine.account, today=mine.today)
        found = get_offer(session, offer, district=mine.book, holder=mine.holder, points=points, today=mine.today)
    return render_template(
        "offer.html",
        offer=offers.offer(found),
        terms=offers.terms(found, mine.today),
        key=form_key(),
        points=numbers.points(points),
        left=numbers.points(points - found.points),
    )


@pages.post("/rewards/<offer>")
@resident_only
def redeem(offer: str) -> Page:
    mine = purse()
    with runtime().database.writing() as session:
        keep_residents(session, [mine.owner.id])
        voucher = redeem_offer(
            session,
            offer_id=offer,
            book=mine.book,
            holder=mine.holder,
            wallet=mine.wallet,
            reference=mine.owner.blind(reference()),
            today=mine.today,
            zone=runtime().programme.zone,
            now=now(),
            entropy=runtime().entropy,
        )
    return redirect(url_for("pages.voucher", redemption=voucher.redemption_id), 303)


@pages.get("/vouchers")
@resident_only
def vouchers() -> Page:
    mine = purse()
    with runtime().database.reading() as session:
        page = list_vouchers(
            session, book=mine.book, holder=mine.holder, before=request.args.get("before"), today=mine.today
        )
    return render_template("vouchers.html", vouchers=[offers.voucher(one) for one in page.items], next=page.next)


@pages.get("/vouchers/<redemption>")
@resident_only
def voucher(redemption: str) -> Page:
    mine = purse()
    with runtime().database.reading() as session:
        found = get_voucher(session, redemption_id=redemption, book=mine.book, holder=mine.holder, today=mine.today)
    return render_template(
        "voucher.html",
        voucher=offers.voucher(found),
        picture=qr_picture(VOUCHER_PREFIX + found.code),
        key=form_key(),
    )


@pages.post("/vouchers/<redemption>/give-back")
@resident_only
def give_back(redemption: str) -> Page:
    mine = purse()
    with runtime().database.writing() as session:
        keep_residents(session, [mine.owner.id])
        back = release_voucher(
            session,
            redemption_id=redemption,
            book=mine.book,
            holder=mine.holder,
            reference=mine.owner.blind(reference()),
            today=mine.today,
            now=now(),
            entropy=runtime().entropy,
        )
    leave_note(gettext("%(points)s are back in your account", points=numbers.points(back.points)))
    return redirect(url_for("pages.rewards"), 303)
