// Minutes and seconds that are left; a reader of the screen is told of the end only, not of each second.
export function countDown(root) {
  for (const place of root.querySelectorAll("[data-seconds-left]")) {
    // By the server's seconds, not by its hour: the clocks of phones differ.
    const end = performance.now() + Number(place.dataset.secondsLeft) * 1000;
    const show = () => {
      const left = Math.max(0, Math.round((end - performance.now()) / 1000));
      place.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      // A place must be live before the change that is to be heard.
      if (left === 1) place.setAttribute("aria-live", "polite");
      if (left === 0) clearInterval(timer);
    };
    const timer = setInterval(show, 1000);
    show();
  }
}
