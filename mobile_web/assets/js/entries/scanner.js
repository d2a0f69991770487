// The camera of a page with a form for a code; typing always works, so whatever fails here only says so.
import { submitForm } from "../parts/submit.js";
import { makeDecoder } from "../scanner/decoder.js";
import { readPhoto } from "../scanner/frames.js";
import { offerLight } from "../scanner/light.js";
import { refusedIn } from "../scanner/refused.js";
import { cameraSentence } from "../scanner/sentences.js";
import { makeSpeaker } from "../scanner/speaker.js";
import { loadTexts, t } from "../scanner/texts.js";
import { makeViewfinder } from "../scanner/viewfinder.js";

const HELP_AFTER = 8000;

const section = document.querySelector("[data-scanner]");
const form = document.querySelector("[data-code-form]");
if (section && form) start();

function start() {
  const part = (name) => section.querySelector(`[data-${name}]`);
  const speaker = makeSpeaker(part("status"));
  const texts = loadTexts(section.dataset.texts);
  const decoder = makeDecoder(section);
  const viewfinder = makeViewfinder(part("video"), decoder, { opened, found: seen, unread, failed });
  const wasRefused = refusedIn(form.elements.code);
  let done = false;

  function open() {
    part("start-panel").hidden = true;
    viewfinder.start();
  }

  function opened(camera) {
    speaker.recover();
    offerLight(part("torch"), camera);
  }

  // Who wants a refused code sent again presses the button, or chooses its photo.
  function seen(text) {
    if (!wasRefused(text)) found(text);
  }

  function found(text) {
    if (done) return;
    done = true;
    viewfinder.stop();
    form.elements.code.value = text;
    navigator.vibrate?.(60);
    speaker.say(t("Code read"));
    submitForm(form);
  }

  function unread() {
    if (speaker.quietFor() > HELP_AFTER) speaker.say(t("No code yet: more light, a hand’s width away, or type it"));
  }

  async function failed(error) {
    part("start-panel").hidden = false;
    await texts;
    if (!viewfinder.isOn()) speaker.complain(cameraSentence(error));
  }

  async function readChosen(event) {
    const [file] = event.target.files;
    if (!file) return;
    await texts;
    speaker.say(t("Reading the photo"));
    const text = await readPhoto(file).then(decoder.readPhoto).catch(() => null);
    event.target.value = "";
    if (text) found(text);
    else speaker.say(t("No code found in this photo. Take it closer, or type the code"));
  }

  part("start").addEventListener("click", open);
  part("photo").addEventListener("change", readChosen);
  window.addEventListener("pagehide", viewfinder.stop);
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    done = false;
    if (!viewfinder.isOn()) open();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) viewfinder.stop();
    else if (!done && !viewfinder.isOn()) open();
  });
  open();
}
