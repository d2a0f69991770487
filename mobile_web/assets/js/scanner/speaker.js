// What the status line says; the same sentence is never written twice, as it would be read aloud twice.
export function makeSpeaker(status) {
  const hint = status.textContent;
  let since = performance.now();
  let inTrouble = false;

  function say(sentence) {
    since = performance.now();
    if (status.textContent !== sentence) status.textContent = sentence;
  }

  function complain(sentence) {
    inTrouble = true;
    say(sentence);
  }

  // The camera works (again): a complaint goes, but what was said about a photo stays to be read.
  function recover() {
    since = performance.now();
    if (inTrouble) say(hint);
    inTrouble = false;
  }

  return { say, complain, recover, quietFor: () => performance.now() - since };
}
