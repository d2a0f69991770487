// Reads the QR code of a picture: width and height as arguments, its pixels (RGBA) on standard input.
import decodeQR from "../../mobile_web/node_modules/qr/decode.js";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const [width, height] = process.argv.slice(2).map(Number);
process.stdout.write(decodeQR({ width, height, data: new Uint8ClampedArray(Buffer.concat(chunks)) }));
