// One camera at a time: opened, looked through some ten times a second, and let go of, in whatever order.
import { openCamera } from "./camera.js";
import { grabFrame } from "./frames.js";

const PAUSE = 100; // milliseconds between two pictures

// Calls back: `opened` with the camera, `found` with a text, `unread` after each picture without one, `failed` with
// the error of a camera or decoder that is not to be had. Of one that was stopped nothing is heard any more.
export function makeViewfinder(video, decoder, { opened, found, unread, failed }) {
  let current = null;

  function stop() {
    current?.abort();
    current = null;
  }

  async function start() {
    stop();
    const mine = new AbortController();
    current = mine;
    const fail = (error) => {
      if (mine.signal.aborted) return;
      stop();
      failed(error);
    };
    const lost = () => fail(new DOMException("the camera was taken away", "NotReadableError"));
    try {
      const camera = await openCamera(video, { signal: mine.signal, lost });
      if (mine.signal.aborted) return;
      opened(camera);
      await look(mine.signal);
    } catch (error) {
      fail(error);
    }
  }

  async function look(signal) {
    while (!signal.aborted) {
      const text = await decoder.read(grabFrame(video));
      if (signal.aborted) return;
      if (text) found(text);
      else unread();
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  return { start, stop, isOn: () => current !== null };
}
