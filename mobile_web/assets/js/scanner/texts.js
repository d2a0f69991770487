// Sentences in the language of the page; the message id itself where the catalogue cannot be had.
let texts = {};

export async function loadTexts(address) {
  try {
    const answer = await fetch(address);
    if (answer.ok) texts = await answer.json();
  } catch {
    // English ids are better than nothing.
  }
}

export function t(id) {
  return texts[id] ?? id;
}
