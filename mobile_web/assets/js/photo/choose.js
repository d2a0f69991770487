// Of the two fields the one that was filled last holds the photo; the other is emptied, so that one photo is sent.
export function choosePhoto(form) {
  const inputs = [...form.querySelectorAll("[data-photo-input]")];
  const seen = form.querySelector("[data-photo-seen]");
  const large = form.querySelector("[data-photo-large]");
  const most = Number(form.dataset.most);
  const file = () => inputs.flatMap((input) => [...input.files])[0];
  const isTooLarge = () => (file()?.size ?? 0) > most;

  for (const input of inputs) {
    input.addEventListener("change", () => {
      if (input.files.length) for (const other of inputs) if (other !== input) other.value = "";
      large.hidden = !isTooLarge();
      document.querySelector("#photo-wrong")?.remove(); // it was said of the photo before
      show(seen, file());
    });
  }
  // The file to send; undefined where there is none, which the server says best; null for one that it would not take.
  return () => (isTooLarge() ? null : file());
}

function show(picture, file) {
  if (picture.src) URL.revokeObjectURL(picture.src);
  picture.hidden = !file;
  if (file) picture.src = URL.createObjectURL(file);
  // What this browser cannot draw, such as HEIC, may still be sent: the server says what it makes of it.
  picture.onerror = () => { picture.hidden = true; };
}
