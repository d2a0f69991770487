// The own code as this phone computes it: no network is asked, except for the time when the page is looked at again.
import { makeProof } from "./proofs.js";
import { drawCode } from "./picture.js";
import { drawRing } from "./ring.js";
import { stepAt } from "./clock.js";

const SCANNED = 16;
const TYPED = 4;

export function showOwnCode(holder, device, clock) {
  const panel = holder.querySelector("[data-seconds]");
  const seconds = Number(panel.dataset.step);
  let shown = null;

  async function turn() {
    const { step, left } = stepAt(clock.now(), seconds);
    drawRing(panel, left, seconds);
    if (step === shown) return;
    shown = step;
    const [scanned, typed] = await Promise.all([
      makeProof(device.key, device.scanned_prefix, step, SCANNED),
      makeProof(device.key, device.typed_prefix, step, TYPED),
    ]);
    if (step !== shown) return; // a page that slept catches up at once
    drawCode(panel.querySelector(".qr svg"), `${holder.dataset.prefix}${device.subject}:${scanned}`);
    panel.querySelector("[data-typed]").textContent = inHalves(device.alias + typed);
    holder.dataset.computed = device.id;
  }

  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return;
    turn();
    await clock.ask();
    turn();
  });
  setInterval(turn, 1000);
  return turn();
}

function inHalves(text) {
  return `${text.slice(0, text.length / 2)} ${text.slice(text.length / 2)}`;
}
