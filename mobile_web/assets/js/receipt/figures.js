// Figures and days as the other pages write them (mobile_web/presenters/numbers.py), in the language of the page.
const NBSP = "\u00a0";

// Milligrams as grams or kilograms, cut as they were booked and never rounded up.
export function mass(mg, language) {
  const size = mg < 0n ? -mg : mg;
  const [unit, places, scale] =
    size >= 1_000_000n ? ["kg", size >= 1_000_000_000n ? 0 : 2, 1_000_000n]
    : ["g", size >= 10_000n || size === 0n ? 0 : size >= 100n ? 1 : 3, 1_000n];
  const cut = Number((size * 10n ** BigInt(places)) / scale) / 10 ** places;
  const figure = cut.toLocaleString(language, { minimumFractionDigits: places, maximumFractionDigits: places });
  return `${mg < 0n ? "−" : ""}${figure}${NBSP}${unit}`;
}

export function signed(value, language) {
  const sign = value > 0n ? "+" : value < 0n ? "−" : "";
  return sign + count(value < 0n ? -value : value, language);
}

export function count(value, language) {
  return value.toLocaleString(language);
}

export function day(text, language) {
  return airy(new Date(`${text}T12:00:00Z`).toLocaleDateString(variant(language), { dateStyle: "long", timeZone: "UTC" }));
}

export function moment(text, zone, language) {
  const written = new Date(`${text.slice(0, 23)}Z`).toLocaleString(variant(language), {
    year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
    hourCycle: "h23", timeZone: zone,
  });
  return airy(written);
}

// The day before the month, as on the other pages.
function variant(language) {
  return language === "en" ? "en-GB" : language;
}

// A half space between figure and word, which browsers leave out of Chinese dates.
function airy(text) {
  return text.replace(/(\d)([年月日])/g, "$1 $2").replace(/([年月])(\d)/g, "$1 $2");
}
