// The first symbols of some bytes, five bits each: Crockford's base 32, upper case.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function encode(bytes, length) {
  let symbols = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && symbols.length < length) {
      bits -= 5;
      symbols += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return symbols;
}
