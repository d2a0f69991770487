// A double click sends a form once; the server would book it once anyway, but people should see that it was heard.
export function guardForms(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    for (const button of buttonsOf(form)) button.setAttribute("aria-busy", "true");
  });
  // The page may come back from the browser's memory with the form still marked.
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) {
      delete form.dataset.sent;
      for (const button of buttonsOf(form)) button.removeAttribute("aria-busy");
    }
  });
}

function buttonsOf(form) {
  return [...form.elements].filter((element) => element.matches("button:not([type=button])"));
}
