// Why there is no camera, and what helps.
import { t } from "./texts.js";

export function cameraSentence(error) {
  switch (error.name) {
    case "InsecureContext":
      return t("The camera needs a secure address (https). Use a photo, or type the code");
    case "NotAllowedError":
    case "SecurityError":
      return t("The camera is not allowed for this page. Allow it in the browser, or type the code");
    case "NotFoundError":
    case "OverconstrainedError":
      return t("There is no camera here. Use a photo, or type the code");
    default:
      return t("The camera is in use or does not answer. Try again, or type the code");
  }
}
