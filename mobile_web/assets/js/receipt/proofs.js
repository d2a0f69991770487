// Checkpoints and the proofs that carry them: c2sp.org/tlog-checkpoint and c2sp.org/tlog-proof (ledger/tlog/proofs.py).
import { isLine, readBase64, readDecimal, readUtf8 } from "./encodings.js";
import { HASH_BYTES } from "./inclusion.js";
import { openNote } from "./notes.js";
import { Refused } from "./refused.js";

const MAGIC = "c2sp.org/tlog-proof@v1";
const LARGEST_PROOF = 2 ** 21;

export function parseProof(bytes) {
  const malformed = new Refused("proof_malformed");
  if (bytes.length > LARGEST_PROOF) throw malformed;
  const end = bytes.findIndex((byte, at) => byte === 10 && bytes[at + 1] === 10);
  const header = readUtf8(end < 0 ? bytes : bytes.subarray(0, end));
  const [magic, ...lines] = (header ?? "").split("\n");
  if (magic !== MAGIC || end < 0 || end + 2 === bytes.length) throw malformed;
  const extra = lines[0]?.startsWith("extra ") ? readExtra(lines.shift().slice(6)) : new Uint8Array();
  const index = lines[0]?.startsWith("index ") ? readDecimal(lines.shift().slice(6)) : null;
  const hashes = lines.map(readBase64);
  if (!extra || index === null || !hashes.every((hash) => hash?.length === HASH_BYTES)) throw malformed;
  return { extra, index, hashes, checkpoint: bytes.subarray(end + 2) };
}

export async function openCheckpoint(note, { origin, verifiers }) {
  const checkpoint = parseCheckpoint(await openNote(note, verifiers));
  if (checkpoint.origin !== origin) throw new Refused("origin_foreign", { found: checkpoint.origin, expected: origin });
  return checkpoint;
}

// Which log a proof says it is of: nobody has signed for that until the checkpoint was opened with the log's key.
export function claimedOrigin(proof) {
  return (readUtf8(proof.checkpoint) ?? "").split("\n", 1)[0];
}

// An empty one would be a second spelling of none at all.
function readExtra(text) {
  return text ? readBase64(text) : null;
}

function parseCheckpoint(text) {
  const [origin, sizeText, rootText, ...rest] = text.split("\n");
  const end = rest.pop();
  const size = readDecimal(sizeText ?? "");
  const root = readBase64(rootText ?? "");
  const sound = isLine(origin) && size !== null && root?.length === HASH_BYTES && end === "" && rest.every(isLine);
  if (!sound) throw new Refused("checkpoint_malformed");
  return { origin, size, root };
}
