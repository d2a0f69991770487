// Where the phone is, added to a scan by who wants to: without it the scan is booked all the same.
const part = document.querySelector("[data-position]");
const form = document.querySelector("form[data-with-position]");
const AS_OLD_AS = 60000; // milliseconds: somebody stands at a code longer than that
const PATIENCE = 10000;

if (part && form && navigator.geolocation) start();

function start() {
  const add = part.querySelector("[data-add]");
  const remove = part.querySelector("[data-remove]");
  const said = part.querySelector("[data-said]");

  function show(sentence, added) {
    said.textContent = sentence;
    add.hidden = added;
    remove.hidden = !added;
  }

  function ask() {
    add.disabled = true;
    navigator.geolocation.getCurrentPosition(found, failed, { maximumAge: AS_OLD_AS, timeout: PATIENCE });
  }

  function found({ coords }) {
    add.disabled = false;
    fill(coords.latitude, coords.longitude, Math.round(coords.accuracy));
    show(part.dataset.added, true);
    remove.focus({ preventScroll: true });
  }

  function failed() {
    add.disabled = false;
    fill("", "", "");
    show(part.dataset.failed, false);
  }

  add.addEventListener("click", ask);
  remove.addEventListener("click", () => {
    fill("", "", "");
    show("", false);
    add.focus({ preventScroll: true });
  });
  part.hidden = false;
}

function fill(latitude, longitude, accuracy) {
  form.elements.latitude.value = latitude;
  form.elements.longitude.value = longitude;
  form.elements.accuracy.value = accuracy;
}
