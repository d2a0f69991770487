// A new screen: the key is asked for once, kept in this browser, and the screen's own page is opened.
import { canHoldKeys, writeKey } from "../code/keys.js";
import { importKey } from "../code/proofs.js";
import { loadTexts, t } from "../scanner/texts.js";

const form = document.querySelector("[data-kiosk-form]");
if (form && document.querySelector("[data-set-up]")) start();

async function start() {
  const button = document.querySelector("[data-set-up]");
  const status = form.querySelector("[data-status]");
  await loadTexts(form.dataset.texts);

  function say(sentence) {
    status.hidden = false;
    status.querySelector("span").textContent = sentence;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await setUp();
    } catch {
      say(t("The screen could not be set up. See whether there is a network, and try again"));
      button.disabled = false;
    }
  });

  async function setUp() {
    // Not form.action: that is the field of this name.
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (!answer.ok) {
      say(titleOf(await answer.text()));
      button.disabled = false;
      return;
    }
    const { id, secret, page } = await answer.json();
    await writeKey(`kiosk:${id}`, { key: await importKey(secret) });
    location.assign(page);
  }

  offerWhatFits(form.querySelector("[data-places]"), form.querySelector("[data-actions]"));
  if (await canKeep()) button.disabled = false;
  else say(t("This browser cannot keep a key. Use an https address and no private window"));
}

// A bus stop records no bags: only what the chosen place can record is offered.
function offerWhatFits(places, actions) {
  function offer() {
    const able = places.selectedOptions[0].dataset.able.split(" ");
    for (const option of actions.options) option.disabled = option.hidden = !able.includes(option.value);
    if (actions.selectedOptions[0]?.disabled ?? true) actions.value = able[0];
  }
  places.addEventListener("change", offer);
  offer();
}

// What the server refuses is a page, with the reason as its heading.
function titleOf(page) {
  return new DOMParser().parseFromString(page, "text/html").querySelector("h1")?.textContent ?? t("This did not work");
}

async function canKeep() {
  try {
    await writeKey("trial", {});
    return canHoldKeys();
  } catch {
    return false;
  }
}
