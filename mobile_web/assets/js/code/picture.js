// A text as a QR code in an SVG that is there already; level M, four modules of white around it.
import { encodeQR } from "qr";

const QUIET = 4;

export function drawCode(svg, text) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  svg.setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`);
  svg.querySelector("path").setAttribute("d", rows.map(runs).join(""));
}

function runs(row, y) {
  let path = "";
  for (let x = 0; x < row.length; x++) {
    const start = x;
    while (x < row.length && row[x]) x++;
    if (x > start) path += `M${start} ${y}h${x - start}v1h-${x - start}z`;
  }
  return path;
}
