// The page's half of the decoder: one picture at a time goes to the worker, a text or null comes back.
export function startDecoder(section) {
  const worker = new Worker(section.dataset.worker);
  const waiting = new Map();
  let last = 0;
  worker.postMessage({ wasm: new URL(section.dataset.wasm, location.href).href, engine: section.dataset.forceEngine ?? "" });
  worker.onmessage = ({ data }) => {
    if (data.engine && data.text) section.dataset.engine = data.engine;
    waiting.get(data.id)?.(data.text);
    waiting.delete(data.id);
  };
  const ask = (image, isPhoto) =>
    image &&
    new Promise((resolve) => {
      waiting.set(++last, resolve);
      worker.postMessage({ id: last, image, isPhoto }, [image.data.buffer]);
    });
  return { read: async (image) => ask(image, false), readPhoto: async (image) => ask(image, true) };
}
