// A code that was just refused stands in the field, and often still before the camera: it must not be sent for ever.
const SHOWN = 80; // symbols that the server gives back of a long text

export function refusedIn(field) {
  const refused = field.matches("[aria-invalid]") ? field.defaultValue.trim() : "";
  return (text) => {
    // A field of one line drops line breaks, so the text must be compared without them.
    const seen = text.replace(/[\r\n]/g, "").trim();
    return refused !== "" && (seen === refused || (refused.length >= SHOWN && seen.startsWith(refused)));
  };
}
