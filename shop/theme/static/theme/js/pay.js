/* The payment page: a clock that runs, and a page that asks whether it has turned. Without it there is a link to look again. */
(() => {
  "use strict";
  const opened = Date.now();
  const panel = () => document.getElementById("pay-panel");
  const ask = () => { const here = panel(); if (here && "waits" in here.dataset) here.dispatchEvent(new CustomEvent("ask")); };

  /* Every three seconds at first, then more seldom; not at all while nobody looks. */
  let timer = 0;
  const pause = () => { const minutes = (Date.now() - opened) / 60_000; return minutes < 5 ? 3_000 : minutes < 15 ? 6_000 : 15_000; };
  const next = () => {
    clearTimeout(timer);
    if (document.hidden || !panel()?.hasAttribute("data-waits")) return;
    timer = setTimeout(() => { ask(); next(); }, pause());
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); next(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); next(); });
  window.addEventListener("online", ask);

  /* What is left, counted from what the server said: the clock of the phone may be wrong. */
  let from = Date.now();
  const show = () => {
    const place = document.querySelector("[data-left]");
    if (!place) return;
    const left = Math.max(0, Math.round(Number(place.dataset.left) - (Date.now() - from) / 1000));
    const hours = Math.floor(left / 3600);
    const rest = `${String(Math.floor(left / 60) % 60).padStart(2, "0")}:${String(left % 60).padStart(2, "0")}`;
    place.textContent = `${place.dataset.words} ${hours ? `${hours}:${rest}` : rest}`;
    place.hidden = hours > 2; /* of two days nobody counts the seconds */
    if (!left && !place.dataset.over) { place.dataset.over = "1"; ask(); }
  };
  setInterval(show, 1000);
  show();

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "pay-panel" && event.target.id !== "pay-panel") return;
    from = Date.now();
    show();
    next();
    if (document.activeElement === document.body) panel()?.querySelector("[data-focus]")?.focus({ preventScroll: false });
  });
  next();
})();
