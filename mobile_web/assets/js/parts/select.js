// A choice sends its form. One that was made before this script came, or that the browser put back, keeps its button.
export function sendOnChange(select, send) {
  select.addEventListener("change", () => send(select.form));
  const first = [...select.options].find((option) => option.defaultSelected) ?? select.options[0];
  if (first && select.value !== first.value) {
    for (const button of select.form.querySelectorAll("button.no-js")) button.classList.remove("no-js");
  }
}
