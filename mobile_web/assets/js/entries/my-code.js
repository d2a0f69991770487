// The own code: computed on this phone where it can keep a key, and by the server where it cannot.
import { deviceKey } from "../code/device.js";
import { makeClock } from "../code/clock.js";
import { renewOwnCode } from "../code/server-code.js";
import { showOwnCode } from "../code/own-code.js";

const holder = document.querySelector("[data-own-code]");
if (holder) start();

async function start() {
  const clock = makeClock({ now: holder.dataset.now, address: holder.dataset.clock });
  const device = await deviceKey(holder.dataset);
  if (device) await showOwnCode(holder, device, clock);
  else renewOwnCode(holder);
}
