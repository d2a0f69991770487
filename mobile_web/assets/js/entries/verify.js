// The page that checks a receipt: chosen, pasted or handed over, it never leaves the device.
import { checkReceipt } from "../receipt/check.js";
import { readUtf8, writeUtf8 } from "../receipt/encodings.js";
import { readVerifier } from "../receipt/notes.js";
import { Refused } from "../receipt/refused.js";
import { makeResult } from "../receipt/show.js";
import { takeHandedOver } from "../parts/hand-over.js";
import { makeDecoder } from "../scanner/decoder.js";
import { readPhoto } from "../scanner/frames.js";
import { loadTexts } from "../scanner/texts.js";

const LARGEST_FILE = 20 * 2 ** 20;

const root = document.querySelector("[data-verifier]");
if (root && globalThis.crypto?.subtle) start();
else if (root) root.querySelector("[data-unable]").hidden = false;

async function start() {
  const field = (name) => root.querySelector(`[data-${name}]`);
  const pinned = JSON.parse(field("pinned").textContent);
  await loadTexts(root.dataset.texts);
  const result = makeResult(field("result"), pinned);
  const button = document.querySelector("[data-check]");

  async function check() {
    result.clear();
    let log = null;
    const choose = async (claimed) => (log = await chosenLog(claimed));
    try {
      const entry = await checkReceipt(writeUtf8(tidy(field("text").value)), choose, result.passed);
      result.good(entry, log);
    } catch (error) {
      result.bad(error);
    }
  }

  // The log that the receipt names, with the keys that came with this page; or the one that was entered.
  async function chosenLog(claimed) {
    const key = field("key").value.trim();
    if (key) {
      const verifiers = await Promise.all(key.split(/\s+/).map(readVerifier));
      const origin = field("origin").value.trim() || verifiers[0].name;
      return { name: origin, origin, verifiers };
    }
    const log = pinned.logs.find(({ origin }) => origin === claimed);
    if (!log) throw new Refused("origin_unknown", { found: claimed.slice(0, 200) });
    return { ...log, verifiers: await Promise.all(log.keys.map(readVerifier)) };
  }

  // A file that cannot be read says nothing about a receipt, so no step fails.
  async function readChosen(event) {
    const [file] = event.target.files;
    if (!file) return;
    const text = await contentOf(file).catch(() => null);
    event.target.value = "";
    field("text").value = text ?? "";
    if (text !== null) return check();
    result.clear();
    result.bad(Object.assign(new Error(), { code: "file_unreadable" }));
  }

  field("file").addEventListener("change", readChosen);
  button.addEventListener("click", check);
  button.disabled = false;
  const handedOver = takeHandedOver();
  if (handedOver) {
    field("text").value = handedOver;
    check();
  }
}

// A text file as it is; of a picture, the QR code in it.
async function contentOf(file) {
  if (file.type.startsWith("image/")) return readPhoto(file).then(makeDecoder(root).readPhoto);
  return file.size > LARGEST_FILE ? null : readUtf8(new Uint8Array(await file.arrayBuffer()));
}

// Chats and editors change the ends of lines and the blank around a text; that changes nothing that was signed.
function tidy(text) {
  return `${text.replace(/\r\n/g, "\n").trim()}\n`;
}
