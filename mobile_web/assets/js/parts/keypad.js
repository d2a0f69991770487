// Large keys for a hand that holds a bag; the field itself takes a keyboard or a scale that types.
const LONGEST = 7;

export function listenToKeypad(form) {
  const field = form.elements.quantity;
  const book = form.querySelector(".book");
  const over = book.disabled;
  const materials = form.elements.material !== undefined;
  // What stands there at first is a suggestion: the first key replaces it.
  let suggested = field.value !== "";
  // The phone's own keyboard would cover the keys of the page.
  if (matchMedia("(pointer: coarse)").matches) field.inputMode = "none";

  form.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key], [data-rub]");
    if (!key) return;
    field.value = key.dataset.key ? extended(suggested ? "" : field.value, key.dataset.key) : field.value.slice(0, -1);
    suggested = false;
    settle();
  });
  form.addEventListener("input", () => {
    suggested = false;
    settle();
  });

  function settle() {
    const ready = field.value.trim() !== "" && (!materials || form.querySelector("[name=material]:checked") !== null);
    book.disabled = over || !ready;
  }
  settle();
}

function extended(text, key) {
  if (key === "." && (text.includes(".") || text === "")) return text === "" ? "0." : text;
  return (text + key).slice(0, LONGEST);
}
