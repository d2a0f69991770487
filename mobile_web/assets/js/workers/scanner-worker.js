// Reads QR codes away from the page: zxing in WebAssembly once it has come, a small decoder until then or instead.
import decodeQR from "qr/decode.js";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const OPTIONS = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };
const PATIENCE = 8000; // milliseconds that a photo waits for the better decoder
let zxing = false;
let loading = Promise.resolve();

self.onmessage = async ({ data }) => {
  if (data.wasm) {
    if (data.engine !== "qr") loading = load(data.wasm);
    return;
  }
  // A photo comes once, so it can wait; but a network that hangs must not keep the small decoder from trying.
  if (data.isPhoto) await Promise.race([loading, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  const engine = zxing ? "zxing" : "qr";
  self.postMessage({ id: data.id, engine, text: await (zxing ? byZxing(data.image) : byQr(data.image)) });
};

async function load(address) {
  try {
    await prepareZXingModule({ overrides: { locateFile: () => address }, fireImmediately: true });
    zxing = true;
  } catch {
    zxing = false; // blocked or not to be had: the small decoder goes on
  }
}

async function byZxing(image) {
  try {
    const [found] = await readBarcodes(image, OPTIONS);
    return found?.isValid ? found.text : null;
  } catch {
    zxing = false;
    return byQr(image);
  }
}

function byQr(image) {
  try {
    return decodeQR(image);
  } catch {
    return null; // its way to say that there is no code
  }
}
