// Files that take a while: the button says that it was heard, until the file is there. Without scripts it is a link.
import { save } from "../parts/save.js";

const PDF = "application/pdf";

for (const link of document.querySelectorAll("a[data-download]")) {
  link.addEventListener("click", (event) => {
    // A press that means another tab is left to the browser.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!link.hasAttribute("aria-busy")) download(link);
  });
}

async function download(link) {
  link.setAttribute("aria-busy", "true");
  say("making");
  try {
    const answer = await fetch(link.href);
    // A refusal is a page, and says what is wrong better than a script does.
    if (answer.headers.get("Content-Type") !== PDF) {
      location.assign(link.href);
      return;
    }
    save(await answer.blob(), nameOf(answer));
    say("done");
  } catch {
    say("failed");
  } finally {
    link.removeAttribute("aria-busy");
  }
}

function say(what) {
  const place = document.querySelector("[data-said]");
  if (place) place.textContent = place.dataset[what];
}

function nameOf(answer) {
  return /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "posters.pdf";
}
