// Why a receipt was refused, and what an entry is, in words.
import { t } from "../scanner/texts.js";

export function refusalSentence({ code, params = {} }) {
  switch (code) {
    case "proof_malformed":
    case "receipt_malformed":
      return t("This is not a whole proof: something is missing, or something was added.");
    case "note_malformed":
    case "checkpoint_malformed":
      return t("The signed part cannot be read: something is missing, or something was added.");
    case "origin_unknown":
      return fill(t("It says that it is from {found}, which is no log of this city. If you have that log’s key, enter it below."), params);
    case "origin_foreign":
      return fill(t("It is from another log: {found}."), params);
    case "signature_unknown":
      return t("None of the signatures is by a key of this log.");
    case "signature_false":
      return t("The signature is false: the text was changed after it was signed, or somebody forged it.");
    case "key_malformed":
    case "keys_ambiguous":
      return t("The key that was entered cannot be used: it is not complete, or its parts do not belong together.");
    case "out_of_tree":
    case "proof_false":
      return t("The way from this entry does not lead to the signed root: one of the two was changed.");
    case "receipt_false":
      return partSentence(params.part);
    case "file_unreadable":
      return t("Nothing could be read from this file or photo. Choose another one, or paste the text.");
    default:
      return t("The check could not be made on this device. Use the offline tool, or another browser.");
  }
}

function partSentence(part) {
  if (part === "book") return t("The entry belongs to the log of another district.");
  if (part === "row") return t("The time or the reference was changed: it is not what the log committed to.");
  return t("The content was changed: it is not what the log committed to.");
}

export function kindWord(kind) {
  const words = {
    action: t("Low-carbon action"),
    reversal: t("Undone"),
    hold: t("Redeemed"),
    capture: t("Used"),
    release: t("Given back"),
    hold_expired: t("Expired"),
    deposit: t("Deposit"),
  };
  return words[kind] ?? kind;
}

export function unitWord(unit, quantity) {
  const one = quantity === "1";
  const words = { km: t("km"), kg: t("kg"), ride: one ? t("ride") : t("rides"), bag: one ? t("bag") : t("bags") };
  return words[unit] ?? unit;
}

export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
