// Sends the form so that its way can be seen; the same key is sent again when the answer was lost, and counts once.
import { releaseForm } from "../parts/forms.js";

export function sendForm(event, form) {
  if (form.dataset.sent) return;
  event.preventDefault();
  const [progress, lost, hint] = ["progress", "lost", "hint"].map((name) => document.querySelector(`[data-photo-${name}]`));
  const request = new XMLHttpRequest();
  progress.hidden = false;
  lost.hidden = hint.hidden = true;
  request.upload.onprogress = (sent) => {
    if (sent.lengthComputable) progress.querySelector("progress").value = sent.loaded / sent.total;
  };
  request.onload = () => arrive(request);
  request.onerror = () => {
    progress.hidden = true;
    lost.hidden = false;
    releaseForm(form);
  };
  request.open("POST", form.getAttribute("action")); // a field of that name stands before form.action
  request.send(new FormData(form));
}

function arrive(request) {
  if (request.status < 400) {
    location.assign(request.responseURL);
    return;
  }
  // A refusal is a page of its own, as a browser without scripts gets it; its form works like the first one.
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  document.title = page.title;
  document.body.replaceWith(page.body);
  document.dispatchEvent(new CustomEvent("page-replaced"));
  scrollTo(0, 0);
}
