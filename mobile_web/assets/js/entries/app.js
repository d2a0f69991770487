// What every page gains from scripts; without them every step still works.
import { guardForms } from "../parts/forms.js";
import { submitForm } from "../parts/submit.js";
import { countDown } from "../parts/countdown.js";
import { listenToKeypad } from "../parts/keypad.js";
import { sendOnChange } from "../parts/select.js";
import { handOver } from "../parts/hand-over.js";

document.documentElement.classList.add("js");
guardForms(document);
countDown(document);
handOver(document);
for (const form of document.querySelectorAll("[data-weigh]")) listenToKeypad(form);
for (const note of document.querySelectorAll("[data-note]")) {
  note.querySelector("[data-dismiss]")?.addEventListener("click", () => note.remove());
  setTimeout(() => note.remove(), 6000);
}
for (const select of document.querySelectorAll("select[data-auto-submit]")) sendOnChange(select, submitForm);
