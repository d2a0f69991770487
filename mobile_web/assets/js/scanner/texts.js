// Sentences in the language of the page; the message id itself where the catalogue cannot be had.
const PATIENCE = 3000; // milliseconds: an English sentence in time helps more than a Chinese one never
let texts = {};

export function loadTexts(address) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return Promise.race([fetchTexts(address), late]);
}

async function fetchTexts(address) {
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
