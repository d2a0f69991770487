// Minutes and seconds until an instant; a reader of the screen is not told each second.
export function countDown(root) {
  for (const place of root.querySelectorAll("[data-until]")) {
    const until = Date.parse(place.dataset.until);
    const show = () => {
      const left = Math.max(0, Math.round((until - Date.now()) / 1000));
      place.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (left === 0) clearInterval(timer);
    };
    const timer = setInterval(show, 1000);
    show();
  }
}
