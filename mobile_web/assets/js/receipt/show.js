// What was checked, step by step, and what the entry says; nothing is shown as passed before it has passed.
import { t } from "../scanner/texts.js";
import { hex } from "./encodings.js";
import { count, day, mass, moment, signed } from "./figures.js";
import { Refused } from "./refused.js";
import { fill, kindWord, refusalSentence, unitWord } from "./words.js";

export function makeResult(section, pinned) {
  const language = document.documentElement.lang;
  const part = (name) => section.querySelector(`[data-${name}]`);
  const steps = [...section.querySelectorAll("[data-step]")];

  function mark(step, state, word) {
    step.dataset.state = state;
    step.querySelector("[data-word]").textContent = word;
  }

  function clear() {
    section.hidden = true;
    for (const step of steps) mark(step, "open", t("not checked"));
    part("entry").hidden = part("good").hidden = part("bad").hidden = true;
  }

  function passed(name) {
    mark(steps.find((step) => step.dataset.step === name), "passed", t("passed"));
  }

  function verdict(name, sentence) {
    section.hidden = part(name).hidden = false;
    part(`${name}-why`).textContent = sentence;
    part(name).focus({ preventScroll: true });
    part(name).scrollIntoView({ block: "start", behavior: "instant" });
  }

  function good(entry, log) {
    verdict("good", fill(t("This entry stands in the public log “{log}”, as it was when it was signed."), { log: log.name }));
    write(part("facts"), facts(entry, log));
    write(part("small-print"), smallPrint(entry));
    part("entry").hidden = false;
  }

  function bad(error) {
    const failed = steps.find((step) => step.dataset.state === "open");
    // Whatever else goes wrong says nothing about the receipt.
    if (failed && error instanceof Refused) mark(failed, "failed", t("failed"));
    verdict("bad", refusalSentence(error));
    part("code").textContent = error.code ?? error.name;
  }

  function facts(entry, log) {
    const own = entry.lines.filter((line) => line.path.startsWith(`${entry.home}:`) || line.path === entry.home);
    const sum = (unit) => own.filter((line) => line.unit === unit).reduce((all, line) => all + line.amount, 0n);
    const { action, material, quantity, unit, tier } = entry.details;
    const known = pinned.subjects[`${action}/${material}`] ?? pinned.subjects[action];
    return [
      [t("Day"), day(entry.day, language)],
      [t("What"), entry.kind === "action" && known ? known : kindWord(entry.kind)],
      quantity && unit && [t("Quantity"), `${quantity}\u00a0${unitWord(unit, quantity)}`],
      [t("Avoided"), `${mass(sum("mgCO2e"), language)} CO₂e`],
      [t("Points"), signed(sum("point"), language)],
      tier && [t("Evidence"), pinned.tiers[tier] ?? tier],
      [t("Happened"), moment(entry.occurredAt, pinned.zone, language)],
      [t("Recorded at"), moment(entry.recordedAt, pinned.zone, language)],
      [t("Log"), log.name],
      [t("Place"), fill(t("no. {index} of {size}"), { index: count(entry.index + 1n, language), size: count(entry.size, language) })],
    ].filter(Boolean);
  }

  function smallPrint(entry) {
    return [
      [t("Name of the log"), entry.origin],
      [t("Root"), hex(entry.root)],
      [t("Entry"), entry.id],
      [t("Account"), entry.home],
      [t("Reference"), entry.reference],
      ...entry.lines.map((line) => [line.path, `${signed(line.amount, language)} ${line.unit}`]),
      ...["reverses", "act", "hold", "deadline"].filter((name) => entry[name]).map((name) => [name, entry[name]]),
      ...Object.entries(entry.details).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
    ];
  }

  clear();
  return { clear, passed, good, bad };
}

function write(list, rows) {
  list.replaceChildren(
    ...rows.map(([name, value]) => {
      const row = document.createElement("div");
      row.append(element("dt", name), element("dd", value));
      return row;
    }),
  );
}

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
