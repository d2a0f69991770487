// The one spelling that numbers, bytes and texts have in notes, checkpoints and proofs (ledger/tlog/encodings.py).
// What has another spelling is null here, and the caller says what that means.
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/;

export const LARGEST = 2n ** 63n - 1n;

export function readBase64(text) {
  if (!BASE64.test(text)) return null;
  const raw = atob(text);
  // Bits that are set in the padding would be a second spelling.
  return btoa(raw) === text ? Uint8Array.from(raw, (letter) => letter.charCodeAt(0)) : null;
}

export function readDecimal(text) {
  return DECIMAL.test(text) && BigInt(text) <= LARGEST ? BigInt(text) : null;
}

export function readUtf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function writeUtf8(text) {
  return new TextEncoder().encode(text);
}

export function isLine(text) {
  return text !== "" && !/[\x00-\x1f]/.test(text);
}

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
}
