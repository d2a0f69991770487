// What the server checks: HMAC-SHA-256 over a prefix and the number of the step, cut and written in base 32.
import { encode } from "./base32.js";

const HMAC = { name: "HMAC", hash: "SHA-256" };

// The browser keeps the key and gives it to nobody, this page included; the bytes it came as are forgotten.
export async function importKey(base64) {
  const bytes = Uint8Array.from(atob(base64), (symbol) => symbol.charCodeAt(0));
  try {
    return await crypto.subtle.importKey("raw", bytes, HMAC, false, ["sign"]);
  } finally {
    bytes.fill(0);
  }
}

export async function makeProof(key, prefix, step, length) {
  const words = new TextEncoder().encode(prefix);
  const message = new Uint8Array(words.length + 8);
  message.set(words);
  const number = new DataView(message.buffer, words.length);
  number.setUint32(0, Math.floor(step / 2 ** 32));
  number.setUint32(4, step % 2 ** 32);
  return encode(new Uint8Array(await crypto.subtle.sign(HMAC.name, key, message)), length);
}
