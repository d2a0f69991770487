// What a receipt shows beside its proof: leaf, body and row, each hashed into the one before (ledger/openings.py).
import { decode, encode } from "cborg";

import { canonicalDetails } from "./details.js";
import { LARGEST, same, sha256 } from "./encodings.js";
import { Refused } from "./refused.js";

const INSTANT = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

export function readOpening(bytes) {
  const parts = part("opening", () => list(read(bytes), 5));
  if (parts[0] !== "greenlife/receipt" || parts[1] !== 1 || !parts.slice(2).every(isBytes)) malformed("opening");
  return { leaf: parts[2], body: parts[3], row: parts[4] };
}

// The leaf is of this log's book.
export function openLeaf({ leaf }, origin) {
  const opened = part("leaf", () => readLeaf(read(leaf)));
  if (opened.book !== origin.slice(origin.lastIndexOf("/") + 1)) throw new Refused("receipt_false", { part: "book" });
  return opened;
}

// The body is what the leaf commits to.
export async function openBody({ body }, commitment) {
  if (!same(await sha256(body), commitment)) throw new Refused("receipt_false", { part: "body" });
  return part("body", () => readBody(list(read(body), 3)));
}

// Reference and exact times are what the body commits to.
export async function openRow({ row }, commitment) {
  if (!same(await sha256(row), commitment)) throw new Refused("receipt_false", { part: "row" });
  return part("row", () => readRow(list(read(row), 5)));
}

function readLeaf(map) {
  check(map instanceof Map && [...map.keys()].join() === "0,1,2,3,4");
  const [tag, version, book, commitment, identity] = map.values();
  check(tag === "greenlife/leaf" && version === 1 && isText(book) && isBytes(commitment) && isBytes(identity));
  return { book, commitment };
}

function readBody([tag, salt, body]) {
  check(tag === "greenlife/body" && isBytes(salt) && salt.length > 0);
  const [id, home, kind, day, lines, details, reverses, act, hold, deadline, closes, row] = list(body, 12);
  check([id, home, kind].every(isText) && [reverses, act, hold].every((one) => one === null || isText(one)));
  check(isDay(day) && (deadline === null || isInstant(deadline)) && list(closes).every(isText) && isBytes(row));
  return {
    id, home, kind, day, reverses, act, hold, deadline, closes,
    lines: list(lines).map(readLine), details: canonicalDetails(details), row,
  };
}

function readLine(line) {
  const [path, unit, floor, ceiling, expiresAt, amount] = list(line, 6);
  check(isText(path) && isText(unit) && (floor === null || isNumber(floor)) && (ceiling === null || isNumber(ceiling)));
  check((expiresAt === null || isInstant(expiresAt)) && isNumber(amount));
  return { path, unit, amount: BigInt(amount) };
}

function readRow([tag, salt, reference, occurredAt, recordedAt]) {
  check(tag === "greenlife/row" && isBytes(salt) && salt.length > 0);
  check(isText(reference) && isInstant(occurredAt) && isInstant(recordedAt));
  return { reference, occurredAt, recordedAt };
}

// What the bytes hold, if they are the one way to write it: RFC 8949 section 4.2.
function read(bytes) {
  const value = decode(bytes, { strict: true, allowIndefinite: false, allowUndefined: false, useMaps: true });
  check(same(encode(value), bytes));
  return value;
}

function part(why, reader) {
  try {
    return reader();
  } catch {
    return malformed(why);
  }
}

function malformed(why) {
  throw new Refused("receipt_malformed", { why });
}

function check(holds) {
  if (!holds) throw new TypeError();
}

function list(value, length = value?.length) {
  check(Array.isArray(value) && value.length === length);
  return value;
}

function isText(value) {
  return typeof value === "string";
}

function isBytes(value) {
  return value instanceof Uint8Array;
}

function isNumber(value) {
  return Number.isSafeInteger(value) || (typeof value === "bigint" && value <= LARGEST && value >= -LARGEST);
}

function isDay(value) {
  return isText(value) && isInstant(`${value}T00:00:00.000000Z`);
}

function isInstant(value) {
  return isText(value) && INSTANT.test(value) && isOnTheCalendar(value.slice(0, 23));
}

function isOnTheCalendar(text) {
  const moment = new Date(`${text}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}
