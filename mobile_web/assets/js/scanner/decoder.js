// The page's half of the decoder: a picture goes to the worker, a text or null comes back.
export function makeDecoder(section) {
  const waiting = new Map();
  let worker = null;
  let last = 0;

  function wake() {
    worker = new Worker(section.dataset.worker);
    worker.postMessage({ wasm: new URL(section.dataset.wasm, location.href).href, engine: section.dataset.forceEngine ?? "" });
    worker.onmessage = ({ data }) => {
      if (data.text) section.dataset.engine = data.engine;
      settle(data.id, (promise) => promise.resolve(data.text));
    };
    // A worker that does not load would leave the page waiting for ever; the next picture tries a new one.
    worker.onerror = () => {
      worker.terminate();
      worker = null;
      const error = new Error("the decoder does not answer");
      for (const id of [...waiting.keys()]) settle(id, (promise) => promise.reject(error));
    };
  }

  function settle(id, how) {
    const promise = waiting.get(id);
    waiting.delete(id);
    if (promise) how(promise);
  }

  async function ask(image, isPhoto) {
    if (!image) return null;
    if (!worker) wake();
    return new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      worker.postMessage({ id: last, image, isPhoto }, [image.data.buffer]);
    });
  }

  // Loading the WebAssembly takes longest, so it begins while the camera is still being opened.
  try {
    wake();
  } catch {
    worker = null; // the first picture tries again, and says so
  }
  return { read: (image) => ask(image, false), readPhoto: (image) => ask(image, true) };
}
