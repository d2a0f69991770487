"""`greenlife posters`: sheets to print."""

import os
from pathlib import Path

import click

from greenlife.cli.parameters import PathParameter, WholeNumber
from greenlife.console import console_text
from greenlife.posters import BATCH, Which, draw_sheets, list_sheets, load_typeface
from greenlife.runtime import open_runtime
from greenlife.settings import read_settings

_FILE = PathParameter(dir_okay=False, path_type=Path)


@click.group()
def posters() -> None:
    """Posters with codes to scan."""


@posters.command("print")
@click.option("--out", required=True, type=_FILE, help="The PDF to write.")
@click.option("--site", help="The posters of this place alone.")
@click.option("--district", help="The posters of this district alone.")
@click.option("--town", help="The posters of this town or street alone.")
@click.option("--action", help="The posters of this action alone.")
@click.option("--font", type=_FILE, help="A TrueType font with Chinese; else one that is installed.")
@click.option("--batch", type=WholeNumber(1, 5000), default=BATCH, show_default=True, help="Sheets of one file.")
def print_(
    out: Path,
    *,
    site: str | None,
    district: str | None,
    town: str | None,
    action: str | None,
    font: Path | None,
    batch: int,
) -> None:
    """Write the posters in use as A4 sheets, by district, town and place; several files where they are many."""
    _, runtime = console_text(), open_runtime(read_settings(os.environ))
    typeface = load_typeface(font or runtime.settings.poster_font)
    with runtime.database.reading() as session:
        sheets = list_sheets(
            session,
            runtime.programme,
            base_url=runtime.settings.base_url,
            which=Which(district=district, town=town, site=site, action=action),
        )
    parts = [sheets[start : start + batch] for start in range(0, len(sheets), batch)]
    for number, part in enumerate(parts, 1):
        path = out if len(parts) == 1 else out.with_name(f"{out.stem}-{number}{out.suffix}")
        _write(path, draw_sheets(part, typeface))
        click.echo(_("{path}: {count} sheets").format(path=path, count=len(part)))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(path), hint=error.strerror) from error
