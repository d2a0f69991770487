// That a leaf is in a tree: RFC 6962 section 2.1, checked as in RFC 9162 section 2.1.3.2 (ledger/tlog/inclusion.py).
import { same, sha256 } from "./encodings.js";
import { Refused } from "./refused.js";

export const HASH_BYTES = 32;

export function hashLeaf(leaf) {
  return sha256([0], leaf);
}

function hashNode(left, right) {
  return sha256([1], left, right);
}

// Numbers of leaves are BigInts: a log may have more than a JavaScript number counts.
export async function checkInclusion(proof, { index, size, leafHash, root }) {
  if (index >= size) throw new Refused("out_of_tree", { index, size });
  let at = index;
  let last = size - 1n;
  let found = leafHash;
  for (const beside of proof) {
    if (last === 0n) throw new Refused("proof_false");
    if (at & 1n || at === last) {
      found = await hashNode(beside, found);
      while (!(at & 1n) && at) {
        at >>= 1n;
        last >>= 1n;
      }
    } else {
      found = await hashNode(found, beside);
    }
    at >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n || !same(found, root)) throw new Refused("proof_false");
}
