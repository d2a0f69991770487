// A text that goes to the next page of this tab, and to no server: an address would be written into its logs.
const PLACE = "greenlife-receipt";

export function handOver(root) {
  for (const link of root.querySelectorAll("a[data-hand-over]")) {
    link.addEventListener("click", () => {
      sessionStorage.setItem(PLACE, document.getElementById(link.dataset.handOver).value);
    });
  }
}

export function takeHandedOver() {
  const text = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  return text;
}
