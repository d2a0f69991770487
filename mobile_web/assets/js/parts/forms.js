// A double click sends a form once; the server would book it once anyway, but people should see that it was heard.
export function guardForms(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // A tick later: the pressed button's own name and value are still to be sent.
    setTimeout(() => buttonsOf(form).filter((button) => !button.disabled).forEach(hold));
  });
  // The page may come back from the browser's memory with the form still marked.
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) releaseForm(form);
  });
}

// The form can be sent again.
export function releaseForm(form) {
  delete form.dataset.sent;
  buttonsOf(form).filter((button) => button.hasAttribute("aria-busy")).forEach(release);
}

function hold(button) {
  button.setAttribute("aria-busy", "true");
  button.disabled = true;
}

function release(button) {
  button.removeAttribute("aria-busy");
  button.disabled = false;
}

function buttonsOf(form) {
  return [...form.elements].filter((element) => element.matches("button:not([type=button])"));
}
