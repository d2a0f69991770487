// Details of an entry: plain JSON without fractions, written one way (ledger/details.py).
const DEEPEST = 6;

export function canonicalDetails(text) {
  const details = JSON.parse(text);
  if (!isMap(details) || write(details, DEEPEST) !== text) throw new TypeError();
  return details;
}

function write(value, levels) {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : fail();
  if (!levels) return fail();
  if (Array.isArray(value)) return `[${value.map((part) => write(part, levels - 1)).join(",")}]`;
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${write(value[key], levels - 1)}`).join(",")}}`;
}

// JavaScript sorts by UTF-16, which puts the letters beyond U+FFFF before some of those below it.
function byCodePoint(one, other) {
  const [left, right] = [Array.from(one), Array.from(other)];
  const at = left.findIndex((letter, place) => letter !== right[place]);
  if (at < 0) return left.length - right.length;
  return at < right.length ? left[at].codePointAt(0) - right[at].codePointAt(0) : 1;
}

function isMap(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fail() {
  throw new TypeError();
}
