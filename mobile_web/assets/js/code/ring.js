// The ring around a code and the seconds beside it.
export function drawRing(panel, left, seconds) {
  panel.querySelector("[data-left]").textContent = left;
  panel.querySelector("[data-ring]").setAttribute("stroke-dashoffset", String(100 - (left / seconds) * 100));
}
