// Sends a form as a press on its button would: checked, and heard by whoever listens to it.
export function submitForm(form) {
  if (form.requestSubmit) {
    form.requestSubmit();
    return;
  }
  // Safari before 16 lacks requestSubmit; a press on a button asks for the same.
  const button = document.createElement("button");
  button.hidden = true;
  form.append(button);
  button.click();
  button.remove();
}
