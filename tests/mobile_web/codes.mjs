// The page's codes without the page: for each asked key, prefix and step the proof, and the picture's path of a text.
import { drawCode } from "../../mobile_web/assets/js/code/picture.js";
import { importKey, makeProof } from "../../mobile_web/assets/js/code/proofs.js";
import { stepAt } from "../../mobile_web/assets/js/code/clock.js";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { proofs, texts, moments } = JSON.parse(Buffer.concat(chunks));

const answers = { proofs: [], pictures: [], steps: moments.map((moment) => stepAt(moment, 30)), exported: null };
for (const { secret, prefix, step, length } of proofs) {
  answers.proofs.push(await makeProof(await importKey(secret), prefix, step, length));
}
for (const text of texts) {
  const svg = new Map();
  const path = new Map();
  drawCode({ setAttribute: (name, value) => svg.set(name, value), querySelector: () => ({ setAttribute: (name, value) => path.set(name, value) }) }, text);
  answers.pictures.push([svg.get("viewBox"), path.get("d")]);
}
answers.exported = await crypto.subtle.exportKey("raw", await importKey(proofs[0].secret)).then(() => "given away", () => "refused");
process.stdout.write(JSON.stringify(answers));
