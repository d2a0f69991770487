// The own code renews itself a moment after it has changed, and rests while nobody looks.
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
    const left = Math.max(0, Math.round((endsAt - performance.now()) / 1000));
    panel.querySelector("[data-left]").textContent = left;
    const ring = panel.querySelector("[data-ring]");
    ring.setAttribute("stroke-dashoffset", String(100 - (left / Number(panel.dataset.step)) * 100));
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
