"""The desk's queue and what a resident sees of a held action, without scripts."""

import re
from pathlib import Path

import pytest

from greenlife.cases import APPEAL_DAYS, REVIEW_DAYS
from tests.greenlife.cases.test_evidence import photo_of
from tests.held import appeal, case_of, decide, hold_everything, points, record_of, reviewer, scan, weigh
from tests.mobile_web.conftest import People
from tests.world import ANJI, World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = make_world(tmp_path)
    hold_everything(world)
    return world


def test_from_a_held_scan_to_the_receipt_that_says_who_looked(world: World, people: People) -> None:
    resident = world.resident()
    browser, desk = people.sign_in(resident), people.sign_in(reviewer(world))
    answer = browser.send(f"/P/{world.poster().code}", "/scan/confirm", code=world.poster().code)
    entry = re.search(r"/records/(\w+)", answer.headers["Location"])
    assert entry
    waiting = browser.get(answer.headers["Location"])
    assert waiting.status_code == 200
    assert "等人工看一下" in waiting.text
    assert "几分钟里接连记了好几条" in waiting.text
    assert "1 条记录等人工看一下" in browser.get("/").text
    assert "等人工看一下" in browser.get("/records").text

    queue = desk.get("/desk/review")
    case = re.search(r"/desk/review/(rev_\w+)", queue.text)
    assert case
    assert resident.phone not in queue.text
    page = f"/desk/review/{case.group(1)}"
    assert "20 分钟内记了 6 条" in desk.get(page).text
    assert resident.phone not in desk.get(page).text
    done = desk.send(page, look="first", decision="approved", reason="explained")
    assert done.status_code == 303
    assert "已通过，记入账本了" in desk.get(done.headers["Location"]).text

    receipt = browser.get(f"/records/{entry.group(1)}")
    assert "人工查看" in receipt.text
    assert points(world, resident) > 0
    assert "等人工看一下" not in browser.get("/").text


def test_a_refused_record_says_why_and_can_be_appealed_once(world: World, people: People) -> None:
    resident = world.resident()
    booked = scan(world, resident)
    browser, first, second = (people.sign_in(one) for one in (resident, reviewer(world), reviewer(world)))
    page = f"/desk/review/{case_of(world, booked).id}"
    first.send(page, look="first", decision="refused", reason="not_possible")

    shown = browser.get(f"/records/{booked.entry_id}")
    assert "和时间、地点对不上" in shown.text
    for _ in range(2):  # a second press means the same
        sent = browser.send("/", f"/records/{booked.entry_id}/appeal")
        assert sent.status_code == 303
    assert "等人复核" in browser.get(f"/records/{booked.entry_id}").text

    assert "复核要换一个人" in first.get(page).text
    assert 'name="decision"' not in first.get(page).text
    assert 'name="decision"' in second.get(page).text
    second.send(page, look="second", decision="refused", reason="used_before")
    assert "这份凭证之前已经计过" in browser.get(f"/records/{booked.entry_id}").text
    assert "申诉，请人复核" not in browser.get(f"/records/{booked.entry_id}").text
    assert record_of(world, booked).state == "refused"


def test_who_comes_too_late_is_shown_what_somebody_else_decided(world: World, people: People) -> None:
    case = case_of(world, scan(world, world.resident()))
    page = f"/desk/review/{case.id}"
    first, second = (people.sign_in(reviewer(world)) for _ in range(2))
    form = second.form(page) | {"look": "first", "decision": "approved", "reason": "explained"}
    first.send(page, look="first", decision="refused", reason="not_possible")
    late = second.http.post(page, data=form)
    assert late.status_code == 409
    assert "case_decided" in late.text
    assert "和时间、地点对不上" in late.text
    assert 'name="decision"' not in late.text


def test_the_start_page_leads_to_what_was_refused_as_long_as_it_can_be_appealed(world: World, people: People) -> None:
    resident = world.resident()
    booked = scan(world, resident)
    browser = people.sign_in(resident)
    decide(world, reviewer(world), case_of(world, booked), "refused")
    assert "1 条没通过审核，可以申诉" in browser.get("/").text
    assert f'href="/records/{booked.entry_id}"' in browser.get("/").text
    world.later(days=APPEAL_DAYS)
    assert "没通过审核" not in people.sign_in(resident).get("/").text


def test_the_queue_says_until_when_a_decision_was_promised_and_that_it_is_over(world: World, people: People) -> None:
    scan(world, world.resident())
    desk = people.sign_in(reviewer(world))
    assert "前办结" in desk.get("/desk/review").text
    assert "超期" not in desk.get("/desk/review").text
    world.later(days=REVIEW_DAYS, hours=1)
    assert "超期" in people.sign_in(reviewer(world)).get("/desk/review").text


def test_a_decision_without_its_reason_is_asked_again(world: World, people: People) -> None:
    case = case_of(world, scan(world, world.resident()))
    desk = people.sign_in(reviewer(world))
    for fields in ({}, {"decision": "approved", "reason": "used_before"}, {"decision": "x", "reason": "\0"}):
        answer = desk.send(f"/desk/review/{case.id}", look="first", **fields)
        assert answer.status_code == 422
        assert "请先选理由" in answer.text
    assert case_of(world, scan(world, world.resident(), "form:2")).state == "open"


def test_nobody_reads_another_districts_queue_or_anothers_record(world: World, people: People) -> None:
    resident = world.resident()
    booked = scan(world, resident)
    case = case_of(world, booked)
    anji = people.sign_in(reviewer(world, ANJI))
    assert case.id not in anji.get("/desk/review").text
    assert anji.get(f"/desk/review/{case.id}").status_code == 403
    assert people.sign_in(world.attendant()).get("/desk/review").status_code == 403
    stranger = people.sign_in(world.resident())
    assert stranger.get(f"/records/{booked.entry_id}").status_code == 404
    assert stranger.send("/", f"/records/{booked.entry_id}/appeal").status_code == 404
    assert people.sign_in(resident).get(f"/records/{booked.entry_id}").status_code == 200  # the control


def test_every_part_of_the_queue_opens_and_counts(world: World, people: People) -> None:
    resident, first = world.resident(), reviewer(world)
    booked = scan(world, resident)
    decide(world, first, case_of(world, booked), "refused")
    appeal(world, resident, case_of(world, booked))
    scan(world, world.resident(), "form:2")
    city = people.sign_in(world.staff("city_admin", "huzhou"))
    assert "2<span" in city.get("/desk/city").text
    for show, expected in (("waiting", 1), ("appeals", 1), ("marked", 0), ("decided", 0), ("nonsense", 1)):
        page = city.get(f"/desk/review?show={show}")
        assert (page.status_code, page.text.count('href="/desk/review/rev_')) == (200, expected)
    assert city.get("/desk/review?after=nothing").status_code == 404


def test_the_counter_is_told_that_a_weighing_waits(world: World, people: People) -> None:
    attendant = world.attendant()
    booked = weigh(world, attendant, world.resident())
    counter = people.sign_in(attendant)
    assert "等人工看一下" in counter.get("/counter/last").text
    decide(world, reviewer(world), case_of(world, booked), "refused")
    assert "看过了，没记上" in counter.get("/counter/last").text


def test_a_photo_is_shown_to_who_decides(world: World, people: People) -> None:
    case = case_of(world, scan(world, world.resident()))
    desk = people.sign_in(reviewer(world))
    assert "evidence-photo" not in desk.get(f"/desk/review/{case.id}").text
    with world.database.writing() as session:
        session.add(photo_of(world, case))
    assert f'src="/desk/review/{case.id}/photo"' in desk.get(f"/desk/review/{case.id}").text
    assert desk.get(f"/desk/review/{case.id}/photo").data == b"jpg"
