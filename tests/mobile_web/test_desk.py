"""The desk of a district: what was done is listed, what nobody did is not."""

from greenlife.statistics import refresh_statistics
from tests.greenlife.test_statistics import act
from tests.mobile_web.conftest import People
from tests.world import DEQING, World


def test_actions_that_nobody_did_are_left_out_of_the_page_and_stay_in_the_export(world: World, people: People) -> None:
    act(world, 12)
    with world.database.writing() as session:
        refresh_statistics(session, world.programme, now=world.now)
    desk = people.sign_in(world.staff("district_admin", DEQING))
    page = desk.get("/desk", Accept_Language="en").text
    assert "Bus ride" in page
    assert "Saving gas" not in page
    assert "Saving gas" in desk.get("/desk/export/by_action.csv", Accept_Language="en").text
