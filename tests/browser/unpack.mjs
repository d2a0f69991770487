// Brotli is in Node.js and not in Python's standard library: FROM TO, a line each, on standard input.
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

for await (const line of createInterface({ input: process.stdin })) {
  const [from, to] = line.split("\t");
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}
