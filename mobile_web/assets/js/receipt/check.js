// A receipt checked with nothing but the log's name and keys, in the order of ledger.receipts.open_receipt.
import { checkInclusion, hashLeaf } from "./inclusion.js";
import { openBody, openLeaf, openRow, readOpening } from "./openings.js";
import { claimedOrigin, openCheckpoint, parseProof } from "./proofs.js";

// What the receipt shows. `chooseLog` is given the log's name that it claims and gives back { origin, verifiers }.
// Rejects with Refused; `passed` has then been told of every step before the one that failed.
export async function checkReceipt(bytes, chooseLog, passed = () => {}) {
  const proof = parseProof(bytes);
  const opening = readOpening(proof.extra);
  passed("form");
  const { origin, size, root } = await openCheckpoint(proof.checkpoint, await chooseLog(claimedOrigin(proof)));
  passed("signature");
  const leafHash = await hashLeaf(opening.leaf);
  await checkInclusion(proof.hashes, { index: proof.index, size, leafHash, root });
  passed("inclusion");
  const leaf = openLeaf(opening, origin);
  passed("leaf");
  const body = await openBody(opening, leaf.commitment);
  passed("body");
  const row = await openRow(opening, body.row);
  passed("row");
  return { origin, size, root, index: proof.index, book: leaf.book, ...body, ...row };
}
