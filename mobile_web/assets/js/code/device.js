// This phone's own key: the one it holds for this sign-in, or a new one that the server tells once.
import { canHoldKeys, oneAtATime, readKey, writeKey } from "./keys.js";
import { importKey } from "./proofs.js";

const PLACE = "resident";
const PATIENCE = 6000;

// Null where there is none to be had; then the server computes the code.
export async function deviceKey(page) {
  if (!canHoldKeys()) return null;
  try {
    return await oneAtATime(async () => (await kept(page)) ?? (await enrol(page)));
  } catch {
    return null;
  }
}

async function kept({ session, device }) {
  const record = await readKey(PLACE);
  // Another tab may have enrolled since this page was written, so no device at all is no contradiction.
  return record?.key && record.session === session && (!device || record.id === device) ? record : null;
}

async function enrol({ session, enrol: address, token }) {
  // Kept first: a browser that keeps nothing must not use up a key on each visit.
  await writeKey(PLACE, { session });
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      credentials: "same-origin",
      signal: patience.signal,
    });
    if (!answer.ok || answer.redirected) return null;
    const { secret, ...told } = await answer.json();
    const record = { ...told, session, key: await importKey(secret) };
    await writeKey(PLACE, record);
    return record;
  } finally {
    clearTimeout(timer);
  }
}
