// The server's time, known from the page and asked again; in between this device's own clock counts.
const PATIENCE = 5000;
const JUMP = 5000; // milliseconds by which a clock does not run ahead of itself

export function makeClock({ now, address }) {
  // The page was written when its answer began, which may be seconds ago.
  const [load] = performance.getEntriesByType?.("navigation") ?? [];
  const began = Date.now() - (load?.responseStart ? performance.now() - load.responseStart : 0);
  let offset = Number(now) - began;
  let isSure = true;
  let seen = { wall: Date.now(), count: performance.now() };

  // A clock that was set, or that slept, is no longer known to be right.
  function look() {
    const next = { wall: Date.now(), count: performance.now() };
    if (Math.abs(next.wall - seen.wall - (next.count - seen.count)) > JUMP) isSure = false;
    seen = next;
    return next.wall + offset;
  }

  async function ask() {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const before = Date.now();
      const answer = await fetch(address, { cache: "no-store", signal: patience.signal });
      const told = Number(await answer.text());
      if (!answer.ok || !Number.isFinite(told)) return;
      offset = told - (before + Date.now()) / 2;
      seen = { wall: Date.now(), count: performance.now() };
      isSure = true;
    } catch {
      // No network: what was known stays.
    } finally {
      clearTimeout(timer);
    }
  }

  return { now: look, ask, offset: () => offset, isSure: () => isSure };
}

export function stepAt(milliseconds, seconds) {
  const length = seconds * 1000;
  return { step: Math.floor(milliseconds / length), left: Math.ceil((length - (milliseconds % length)) / 1000) };
}
