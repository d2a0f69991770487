// The page's verifier without the page: receipts in base64 on standard input, a code or what it shows for each.
import { checkReceipt } from "../../mobile_web/assets/js/receipt/check.js";
import { hex } from "../../mobile_web/assets/js/receipt/encodings.js";
import { readVerifier } from "../../mobile_web/assets/js/receipt/notes.js";
import { Refused } from "../../mobile_web/assets/js/receipt/refused.js";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { origin, keys, receipts } = JSON.parse(Buffer.concat(chunks));

const answers = [];
for (const receipt of receipts) answers.push(await answer(Buffer.from(receipt, "base64")));
process.stdout.write(JSON.stringify(answers));

async function answer(bytes) {
  const steps = [];
  try {
    const log = async () => ({ origin, verifiers: await Promise.all(keys.map(readVerifier)) });
    const { id, book, index, size, root, lines, details } = await checkReceipt(new Uint8Array(bytes), log, (step) => steps.push(step));
    const amounts = lines.map(({ path, unit, amount }) => [path, unit, String(amount)]);
    return { shown: [id, book, String(index), String(size), hex(root), amounts, details] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { code: error.code, steps };
  }
}
