// Signed notes and their keys: c2sp.org/signed-note with Ed25519 (ledger/tlog/notes.py and keys.py).
import { verifyAsync } from "@noble/ed25519";

import { hex, isLine, join, readBase64, readUtf8, sha256, writeUtf8 } from "./encodings.js";
import { Refused } from "./refused.js";

const ED25519 = 1;
const KEY_BYTES = 32;
const KEY_ID_BYTES = 4;
const MOST_SIGNATURES = 100;
const LARGEST_NOTE = 2 ** 20;
const SIGNATURE = /^— ([^ ]+) ([^ ]+)$/;
const NO_KEY_NAME = /[+\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000 ]/;

export async function readVerifier(text) {
  const malformed = new Refused("key_malformed");
  const [name, id, ...rest] = text.split("+");
  const key = rest.length ? readBase64(rest.join("+")) : null;
  if (!key || key[0] !== ED25519 || key.length !== 1 + KEY_BYTES || !isKeyName(name)) throw malformed;
  const verifier = { name, key: key.slice(1), id: hex((await sha256(writeUtf8(`${name}\n`), key)).slice(0, KEY_ID_BYTES)) };
  if (verifier.id !== id) throw malformed;
  return verifier;
}

// The signed text, of which at least one known key is the signer, and under which no known key's signature is false.
export async function openNote(note, verifiers) {
  const known = byNameAndId(verifiers);
  const { text, signatures } = split(note);
  let signed = false;
  for (const { name, id, signature } of signatures) {
    const verifier = known.get(`${name}+${id}`);
    if (!verifier) continue;
    if (!(await accepts(verifier, signature, writeUtf8(text)))) throw new Refused("signature_false", { name });
    signed = true;
  }
  if (!signed) throw new Refused("signature_unknown");
  return text;
}

// One implementation for every browser: those of many phones have no Ed25519 of their own yet.
async function accepts(verifier, signature, text) {
  try {
    return await verifyAsync(signature, text, verifier.key, { zip215: false });
  } catch {
    return false;
  }
}

function byNameAndId(verifiers) {
  const known = new Map();
  for (const verifier of verifiers) {
    const name = `${verifier.name}+${verifier.id}`;
    if (known.has(name) && hex(known.get(name).key) !== hex(verifier.key)) throw new Refused("keys_ambiguous");
    known.set(name, verifier);
  }
  return known;
}

function split(note) {
  const malformed = new Refused("note_malformed");
  const whole = note.length <= LARGEST_NOTE ? readUtf8(note) : null;
  if (whole === null || /[\x00-\x09\x0b-\x1f]/.test(whole)) throw malformed;
  // The last empty line is the one that counts: the text may have others.
  const at = whole.lastIndexOf("\n\n");
  const lines = whole.slice(at + 2).split("\n");
  if (at < 0 || lines.pop() !== "" || !lines.length || lines.length > MOST_SIGNATURES) throw malformed;
  return { text: whole.slice(0, at + 1), signatures: lines.map(readSignature) };
}

function readSignature(line) {
  const found = SIGNATURE.exec(line);
  const signature = found && isKeyName(found[1]) ? readBase64(found[2]) : null;
  if (!signature || signature.length <= KEY_ID_BYTES) throw new Refused("note_malformed");
  return { name: found[1], id: hex(signature.slice(0, KEY_ID_BYTES)), signature: signature.slice(KEY_ID_BYTES) };
}

function isKeyName(name) {
  return isLine(name) && !NO_KEY_NAME.test(name);
}
