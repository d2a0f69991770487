// The lamp beside the camera, offered where there is one; a camera opened anew begins without it.
export function offerLight(button, camera) {
  const show = (on) => button.setAttribute("aria-pressed", String(on));
  show(false);
  button.hidden = !camera.hasLight;
  button.onclick = async () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    try {
      await camera.light(on);
      show(on);
    } catch {
      button.hidden = true; // it said that it had one
    }
  };
}
