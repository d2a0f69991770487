// A screen at a place: its code changes every half minute, without a network; it stays awake and watches its clock.
import { drawCode } from "../code/picture.js";
import { drawRing } from "../code/ring.js";
import { canHoldKeys, readKey } from "../code/keys.js";
import { makeClock, stepAt } from "../code/clock.js";
import { makeProof } from "../code/proofs.js";
import { stayAwake } from "../code/awake.js";

const PROOF = 16;
const OFF_BY = 15_000; // milliseconds that a clock may be wrong before anybody is bothered
const ASK_AGAIN = 600_000;
const ASK_SOON = 15_000;

const screen = document.querySelector("[data-kiosk]");
if (screen) start();

async function start() {
  const { id, prefix, address, seconds, now, clock: clockAddress } = screen.dataset;
  const part = (name) => screen.querySelector(`[data-${name}]`);
  const record = canHoldKeys() ? await readKey(`kiosk:${id}`).catch(() => null) : null;
  part("waiting").hidden = true;
  if (!record?.key) {
    part("keyless").hidden = false;
    return;
  }
  const clock = makeClock({ now, address: clockAddress });
  let shown = null;
  let askAt = performance.now() + ASK_AGAIN;

  async function turn() {
    const { step, left } = stepAt(clock.now(), Number(seconds));
    drawRing(part("panel"), left, Number(seconds));
    part("clock-off").hidden = Math.abs(clock.offset()) < OFF_BY || !clock.isSure();
    part("clock-unsure").hidden = clock.isSure();
    if (performance.now() >= askAt) ask();
    if (step === shown) return;
    shown = step;
    const proof = await makeProof(record.key, prefix, step, PROOF);
    if (step !== shown) return;
    drawCode(part("panel").querySelector(".qr svg"), address + proof);
    part("panel").hidden = false;
    screen.dataset.shown = step;
  }

  async function ask() {
    askAt = performance.now() + ASK_SOON;
    await clock.ask();
    if (clock.isSure()) askAt = performance.now() + ASK_AGAIN;
  }

  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return;
    await ask();
    turn();
  });
  stayAwake();
  setInterval(() => {
    if (!clock.isSure() && askAt > performance.now() + ASK_SOON) askAt = performance.now();
    turn();
  }, 1000);
  await turn();
}
