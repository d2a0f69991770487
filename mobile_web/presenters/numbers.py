"""Figures with their unit: masses, points, money, quantities. A no-break space stands between figure and unit."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from babel.numbers import format_decimal as babel_decimal
from flask_babel import get_locale, gettext, ngettext, pgettext

MG_PER_G, MG_PER_KG = 1_000, 1_000_000
NBSP = "\u00a0"


@dataclass(frozen=True)
class Mass:
    """A mass in the unit that suits its size: 325 g, 1.24 kg; ``word`` is the unit as sentences write it."""

    figure: str
    unit: str
    word: str
    is_zero: bool

    @property
    def text(self) -> str:
        return f"{self.figure}{NBSP}{self.unit}"

    @property
    def in_words(self) -> str:
        return f"{self.figure}{NBSP}{self.word}"

    def __str__(self) -> str:
        return self.text


def integer(value: int) -> str:
    """1,286"""
    return babel_decimal(value, "#,##0", locale=get_locale())


def decimal(value: Decimal, most: int | None = None) -> str:
    """The number with its own decimals, at most ``most`` of them (cut, not rounded)."""
    if most is not None and value.as_tuple().exponent < -most:  # type: ignore[operator]  # finite numbers only
        value = value.quantize(Decimal(1).scaleb(-most), ROUND_FLOOR)
    places = max(0, -int(value.as_tuple().exponent))
    pattern = "#,##0." + "0" * places if places else "#,##0"
    return babel_decimal(value, pattern, locale=get_locale(), decimal_quantization=False)


def mass(mg: int, *, total: bool = False) -> Mass:
    """Milligrams, rounded down as they were booked; a ``total`` is shown in kilograms however small it is."""
    size = abs(mg)
    if size >= MG_PER_KG or total:
        kilograms = Decimal(size) / MG_PER_KG
        return _mass(mg, kilograms, 2 if kilograms < 1_000 else 0, "kg", gettext("kilograms"))
    grams = Decimal(size) / MG_PER_G
    return _mass(mg, grams, 0 if grams >= 10 or mg == 0 else 1 if size >= 100 else 3, "g", gettext("grams"))


def kilograms(mg: int) -> str:
    """Kilograms with two decimals, cut: for the columns of tables, in which figures stand under one another."""
    return decimal((Decimal(mg) / MG_PER_KG).quantize(Decimal("0.01"), ROUND_FLOOR))


def _mass(mg: int, value: Decimal, places: int, unit: str, word: str) -> Mass:
    figure = decimal(value.quantize(Decimal(1).scaleb(-places), ROUND_FLOOR))
    return Mass(f"−{figure}" if mg < 0 else figure, unit, word, mg == 0)


def signed(value: int) -> str:
    """+16, −100, 0; with a true minus."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{integer(abs(value))}"


def points(value: int) -> str:
    """1,286 points, as a text with its unit."""
    return ngettext("%(figure)s pt", "%(figure)s pts", abs(value), figure=integer(value)).replace(" ", NBSP)


def signed_points(value: int) -> str:
    """+16 points, with its unit."""
    return ngettext("%(figure)s pt", "%(figure)s pts", abs(value), figure=signed(value)).replace(" ", NBSP)


def money(cents: int) -> str:
    """500 cents as ¥5.00"""
    amount = babel_decimal(Decimal(cents) / 100, "#,##0.00", locale=get_locale())
    return pgettext("money", "¥%(amount)s", amount=amount).replace(" ", NBSP)


def quantity(value: Decimal, unit: str, *, exact: bool = False) -> str:
    """3.20 kg, 6.4 km, 2 bags: the quantity with its unit as a word; distances to 100 m unless ``exact``."""
    figure = decimal(value, None if exact else {"km": 1}.get(unit))
    count = int(value) if value == int(value) else 2
    words = {
        "km": ngettext("%(figure)s km", "%(figure)s km", count, figure=figure),
        "kg": ngettext("%(figure)s kg", "%(figure)s kg", count, figure=figure),
        "ride": ngettext("%(figure)s ride", "%(figure)s rides", count, figure=figure),
        "bag": ngettext("%(figure)s bag", "%(figure)s bags", count, figure=figure),
        "step": ngettext("%(figure)s step", "%(figure)s steps", count, figure=figure),
        "day": ngettext("%(figure)s day", "%(figure)s days", count, figure=figure),
        "cup": ngettext("%(figure)s cup", "%(figure)s cups", count, figure=figure),
        "L": ngettext("%(figure)s litre", "%(figure)s litres", count, figure=figure),
        "pair": ngettext("%(figure)s pair", "%(figure)s pairs", count, figure=figure),
        "box": ngettext("%(figure)s box", "%(figure)s boxes", count, figure=figure),
        "item": ngettext("%(figure)s item", "%(figure)s items", count, figure=figure),
        "meal": ngettext("%(figure)s meal", "%(figure)s meals", count, figure=figure),
        "kWh": ngettext("%(figure)s kWh", "%(figure)s kWh", count, figure=figure),
        "m3": ngettext("%(figure)s m³", "%(figure)s m³", count, figure=figure),
        "sheet": ngettext("%(figure)s sheet", "%(figure)s sheets", count, figure=figure),
        "tree": ngettext("%(figure)s tree", "%(figure)s trees", count, figure=figure),
    }
    return words.get(unit, f"{figure} {unit}").replace(" ", NBSP)


def symbol(value: Decimal, unit: str) -> str:
    """3.20 kg, 0.10161 kg/kg: the value with its unit as a symbol, all its decimals; with a true minus."""
    written = "/".join(unit_symbol(part) for part in unit.split("/"))
    figure = f"−{decimal(-value)}" if value < 0 else decimal(value)
    return f"{figure}{NBSP}{written}" if unit else figure


def step(operator: str, value: Decimal, unit: str) -> str:
    """One line of a derivation; what lies below zero stands in brackets behind its operator."""
    figure = symbol(value, unit)
    if value < 0 and operator:
        figure = f"({figure})"
    return f"{operator} {figure}".strip()


def unit_symbol(unit: str) -> str:
    """A unit as it stands in a formula: kg, kg CO₂e, ride."""
    return {
        "kgCO2e": f"kg{NBSP}CO₂e",
        "gCO2e": f"g{NBSP}CO₂e",
        "m3": "m³",
        "step": pgettext("unit", "step"),
        "ride": pgettext("unit", "ride"),
        "day": pgettext("unit", "day"),
        "bag": pgettext("unit", "bag"),
        "cup": pgettext("unit", "cup"),
        "pair": pgettext("unit", "pair"),
        "box": pgettext("unit", "box"),
        "item": pgettext("unit", "item"),
        "meal": pgettext("unit", "meal"),
        "sheet": pgettext("unit", "sheet"),
        "tree": pgettext("unit", "tree"),
        "person": pgettext("unit", "person"),
    }.get(unit, unit)
