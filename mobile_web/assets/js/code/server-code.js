// The own code as the server computes it: fetched anew a moment after it has changed, while somebody looks.
import { drawRing } from "./ring.js";

const AFTER = 400;

export function renewOwnCode(holder) {
  let turns = 0;
  let endsAt = 0;
  let isRenewing = false;

  function begin() {
    const panel = holder.querySelector("[data-seconds]");
    endsAt = performance.now() + Number(panel.dataset.seconds) * 1000;
    clearInterval(turns);
    turns = setInterval(turn, 1000);
    turn();
  }

  function turn() {
    const panel = holder.querySelector("[data-seconds]");
    drawRing(panel, Math.max(0, Math.round((endsAt - performance.now()) / 1000)), Number(panel.dataset.step));
    if (performance.now() >= endsAt) {
      clearInterval(turns);
      setTimeout(renew, AFTER);
    }
  }

  async function renew() {
    if (document.hidden || isRenewing) return;
    isRenewing = true;
    try {
      const answer = await fetch(holder.dataset.ownCode, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      holder.innerHTML = await answer.text();
      begin();
    } catch {
      setTimeout(renew, 3000);
    } finally {
      isRenewing = false;
    }
  }

  document.addEventListener("visibilitychange", () => {
    // Always: a phone's clock of seconds stands still while it sleeps, so an old code would look fresh.
    if (!document.hidden) renew();
  });
  begin();
}
