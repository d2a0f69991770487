// Keys that stay in this browser: a record each, by name. Whoever cannot keep any is told so by an error.
const NAME = "greenlife";
const SHELF = "keys";
const ENROLMENT = "greenlife-enrolment";

export function canHoldKeys() {
  return Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);
}

export function readKey(name) {
  return onShelf("readonly", (shelf) => shelf.get(name));
}

export function writeKey(name, record) {
  return onShelf("readwrite", (shelf) => shelf.put(record, name));
}

// Two tabs at once would each ask for a key, and the second would take away the first one's.
export function oneAtATime(work) {
  return navigator.locks ? navigator.locks.request(ENROLMENT, work) : work();
}

async function onShelf(mode, ask) {
  const database = await open();
  try {
    const turn = database.transaction(SHELF, mode);
    const asked = ask(turn.objectStore(SHELF));
    return await new Promise((resolve, reject) => {
      turn.oncomplete = () => resolve(asked.result);
      turn.onerror = turn.onabort = () => reject(turn.error);
    });
  } finally {
    database.close();
  }
}

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(SHELF);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => reject(asked.error ?? new Error("the browser’s storage is busy"));
  });
}
