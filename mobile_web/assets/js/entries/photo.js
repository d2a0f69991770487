// A photo is shown before it is sent, refused here when it is too large, and its way is drawn; without scripts the form
// sends it all the same.
import { choosePhoto } from "../photo/choose.js";
import { sendForm } from "../photo/send.js";

start();
document.addEventListener("page-replaced", start);

function start() {
  const form = document.querySelector("[data-photo-form]");
  if (!form) return;
  const chosen = choosePhoto(form);
  form.addEventListener("submit", (event) => {
    if (chosen() !== null) sendForm(event, form);
    else refuse(event);
  });
}

function refuse(event) {
  event.preventDefault();
  event.stopPropagation(); // nothing is on its way, so the button stays as it is
}
