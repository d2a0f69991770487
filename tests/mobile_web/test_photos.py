"""The page for photos, without scripts: what is sent, what is refused, and who may see the picture."""

from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from greenlife.actions import confirm_pending, refuse_pending
from greenlife.models import ActionRecord, Photo, ReviewCase
from greenlife.photos import KEPT_FOR, LARGEST_FILE, MEGABYTE, take_photo
from greenlife.scans.photo_tries import MOST_A_DAY
from greenlife.scheduler import delete_photos
from tests.greenlife.photos.pictures import photo
from tests.mobile_web.conftest import Browser, People
from tests.world import ANJI, DEQING, World

CUP = photo(1, (400, 300))
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def person(world: World, people: People) -> Browser:
    return people.sign_in(world.resident())


def send(browser: Browser, content: bytes | None = CUP, action: str = "own_cup", **fields: str) -> TestResponse:
    """The form of the page, filled in; with both fields for a photo, as a browser sends them."""
    files = {"photo": [(BytesIO(content or b""), "x.jpg" if content else ""), (BytesIO(b""), "")]}
    data = browser.form("/photo") | {"action": action} | files | fields
    return browser.http.post("/photo", data=data, content_type="multipart/form-data", headers=ENGLISH)


def kept(world: World) -> tuple[int, int]:
    with world.database.reading() as session:
        count = [session.scalar(select(func.count()).select_from(one)) or 0 for one in (Photo, ActionRecord)]
    return count[0], count[1]


def case(world: World) -> str:
    with world.database.reading() as session:
        return session.scalars(select(ReviewCase.id)).one()


def decide(world: World, how: object) -> None:
    with world.database.writing() as session:
        one = session.scalars(select(ReviewCase)).one()
        today = world.programme.local_day(world.now)
        how(session, case=one, local_day=today, now=world.now, entropy=world.entropy)  # type: ignore[operator]


def test_a_photo_is_sent_and_its_page_says_that_it_waits(world: World, person: Browser) -> None:
    answer = send(person)
    assert answer.status_code == 303
    page = person.get(answer.headers["Location"], Accept_Language="en").text
    assert "It waits for somebody to look" in page
    assert "Nothing is booked yet" in page
    assert kept(world) == (1, 1)


def test_the_second_field_counts_where_the_first_is_empty(world: World, person: Browser) -> None:
    files = {"photo": [(BytesIO(b""), ""), (BytesIO(CUP), "chosen.jpg")]}
    data = person.form("/photo") | {"action": "own_cup"} | files
    assert person.http.post("/photo", data=data, content_type="multipart/form-data").status_code == 303
    assert kept(world) == (1, 1)


def test_the_same_form_sent_twice_is_one_photo(world: World, person: Browser) -> None:
    fields = person.form("/photo")
    places = {send(person, **fields).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    assert kept(world) == (1, 1)


@pytest.mark.parametrize(
    ("content", "action", "status", "said"),
    [
        (None, "own_cup", 422, "There is no photo yet"),
        (b"<script>alert(1)</script>", "own_cup", 422, "This is not a photo"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "own_cup", 422, "Most compatible"),
        (CUP[:500], "own_cup", 422, "cannot be opened"),
        (CUP, "bus_ride", 409, "tier_not_accepted"),
        (CUP, "", 404, "action_unknown"),
        (b"x" * (LARGEST_FILE * MEGABYTE + 1), "own_cup", 413, "This photo is too large"),
        (b"x" * (LARGEST_FILE * MEGABYTE + 1_000_000), "own_cup", 413, "This photo is too large"),
    ],
)
def test_what_is_wrong_is_said_above_the_form_and_nothing_is_booked(
    world: World, person: Browser, content: bytes | None, action: str, status: int, said: str
) -> None:
    answer = send(person, content, action)
    assert answer.status_code == status
    assert said in answer.text
    assert kept(world) == (0, 0)


def test_what_was_chosen_stays_chosen_when_the_photo_was_wrong(person: Browser) -> None:
    assert 'value="plant_tree" required checked' in send(person, b"nothing", "plant_tree").text


def test_a_file_of_another_person_is_refused(world: World, people: People, person: Browser) -> None:
    send(person)
    answer = send(people.sign_in(world.resident()))
    assert answer.status_code == 409
    assert "photo_used" in answer.text
    assert kept(world) == (1, 1)


def test_other_forms_take_no_more_than_before(person: Browser) -> None:
    data = person.form("/scan") | {"code": "x" * (MEGABYTE)}
    assert person.http.post("/scan", data=data, content_type="multipart/form-data").status_code == 413


def test_without_the_forms_key_nothing_is_booked(world: World, person: Browser) -> None:
    assert send(person, form_key="").status_code == 422
    assert send(person, csrf_token="forged").status_code == 422
    assert kept(world) == (0, 0)


def test_the_picture_is_served_to_whose_it_is_and_kept_by_nobody(world: World, people: People, person: Browser) -> None:
    place = send(person).headers["Location"].partition("?")[0]
    picture = person.get(f"{place}/picture")

    assert picture.data == take_photo(CUP).picture
    assert picture.mimetype == "image/jpeg"
    for name, value in {
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'inline; filename="photo.jpg"',
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }.items():
        assert picture.headers[name] == value

    other = people.sign_in(world.resident())
    assert other.get(f"{place}/picture").status_code == 404
    assert other.get(place).status_code == 404
    assert "/sign-in" in Browser(people.app.test_client()).get(f"{place}/picture").headers["Location"]


def test_the_desk_that_reviews_sees_it_and_no_other_desk(world: World, people: People, person: Browser) -> None:
    send(person)
    path = f"/desk/review/{case(world)}/photo"
    seen = {
        role: people.sign_in(world.staff(role, scope)).get(path).status_code
        for role, scope in (
            ("district_admin", DEQING), ("city_admin", "huzhou"), ("attendant", DEQING), ("clerk", DEQING),
        )
    }  # fmt: skip
    assert seen == {"district_admin": 200, "city_admin": 200, "attendant": 403, "clerk": 403}
    assert people.sign_in(world.staff("district_admin", ANJI)).get(path).status_code == 404
    assert person.get(path).status_code == 403


def refuse(session: Session, *, case: ReviewCase, **_: object) -> None:
    refuse_pending(session, case=case)


@pytest.mark.parametrize(("how", "said"), [(confirm_pending, "Approved"), (refuse, "Not approved")])
def test_its_page_says_what_was_decided(world: World, person: Browser, how: object, said: str) -> None:
    place = send(person).headers["Location"]
    decide(world, how)
    assert said in person.get(place, Accept_Language="en").text


def test_its_page_says_when_the_picture_is_gone(world: World, people: People) -> None:
    resident = world.resident()
    browser = people.sign_in(resident)
    place = send(browser).headers["Location"].partition("?")[0]
    assert f'src="{place}/picture"' in browser.get(place).text

    world.later(days=KEPT_FOR.days + 1)
    delete_photos(people.app.extensions["greenlife"])

    page = people.sign_in(resident).get(place, Accept_Language="en").text
    assert "deleted" in page
    assert "<img" not in page


def test_the_notice_says_what_is_kept_and_for_how_long(stranger: Browser) -> None:
    notice = stranger.get("/privacy", Accept_Language="en").text
    assert "Photos that you send as evidence" in notice
    assert "deleted after 90 days" in notice
    assert "365 days" in notice


def test_what_cannot_be_opened_is_not_opened_all_day(world: World, person: Browser) -> None:
    said = [send(person, b"\xff\xd8\xff no photo").status_code for _ in range(MOST_A_DAY)]
    assert set(said) == {422}
    over = send(person)
    assert (over.status_code, "too many photos for one day" in over.text) == (429, True)
    assert send(person, None).status_code == 422, "no photo is none that would be opened"
    assert kept(world) == (0, 0)
    world.later(seconds=24 * 3600)
    assert send(person).status_code == 303
