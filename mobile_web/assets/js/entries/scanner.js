// The camera of a page with a form for a code; typing always works, so whatever fails here only says so.
import { openCamera } from "../scanner/camera.js";
import { startDecoder } from "../scanner/decoder.js";
import { cameraSentence } from "../scanner/sentences.js";
import { loadTexts, t } from "../scanner/texts.js";
import { grabFrame, readPhoto } from "../scanner/frames.js";

const PAUSE = 90;
const HELP_AFTER = 8000;

const section = document.querySelector("[data-scanner]");
if (section) start(section, document.querySelector("[data-code-form]"));

async function start(section, form) {
  const part = (name) => section.querySelector(`[data-${name}]`);
  const status = part("status");
  const hint = status.textContent;
  const say = (sentence) => {
    status.textContent = sentence;
  };
  await loadTexts(section.dataset.texts);
  const decoder = startDecoder(section);
  let camera = null;
  let done = false;

  function found(text) {
    if (done) return;
    done = true;
    stop();
    form.elements.code.value = text;
    navigator.vibrate?.(60);
    say(t("Code read"));
    form.requestSubmit();
  }

  function stop() {
    camera?.stop();
    camera = null;
  }

  async function run() {
    part("start-panel").hidden = true;
    try {
      camera = await openCamera(part("video"));
    } catch (error) {
      part("start-panel").hidden = false;
      say(cameraSentence(error));
      return;
    }
    say(hint);
    offerLight(part("torch"), camera);
    const mine = camera;
    const begun = performance.now();
    while (camera === mine && !done) {
      const text = await decoder.read(grabFrame(part("video")));
      if (camera !== mine) return;
      if (text) found(text);
      else if (performance.now() - begun > HELP_AFTER) say(t("No code yet: more light, a hand’s width away, or type it"));
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  part("start").addEventListener("click", run);
  part("photo").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    say(t("Reading the photo"));
    const text = await readPhoto(file).then(decoder.readPhoto, () => null);
    event.target.value = "";
    if (text) found(text);
    else say(t("No code found in this photo. Take it closer, or type the code"));
  });
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      done = false;
      run();
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) stop();
    else if (!done && !camera) run();
  });
  run();
}

function offerLight(button, camera) {
  button.hidden = !camera.hasLight;
  button.onclick = () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    camera.light(on);
    button.setAttribute("aria-pressed", String(on));
  };
}
