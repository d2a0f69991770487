// A screen that shows something does not go dark, where the browser lets a page ask for that.
export function stayAwake() {
  const ask = () => navigator.wakeLock?.request("screen").catch(() => null); // a weak battery refuses it
  // The browser lets go of it whenever the page is out of sight.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
  ask();
}
