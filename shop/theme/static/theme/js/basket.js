/* Comfort of the basket: the number in the masthead, what was told, steps of a quantity. Pages work without it. */
(() => {
  "use strict";
  const body = document.body;
  const told = document.getElementById("told");
  const STAYS = 9000;
  const SAME_CLICK = 800;
  let leaving = 0;

  /* what was told goes by itself, unless somebody is at it */
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => { if (told.matches(":hover, :focus-within")) leave(); else told.replaceChildren(); }, STAYS);
  };
  const say = (words) => {
    const toast = Object.assign(document.createElement("div"), { className: "toast error" });
    toast.append(Object.assign(document.createElement("p"), { textContent: words }));
    told.replaceChildren(toast);
    leave();
  };

  /* one press of a button has one name: sent twice it counts once */
  const presses = new WeakMap();
  const nameOf = (form) => {
    const last = presses.get(form);
    if (last && (last.open || performance.now() - last.at < SAME_CLICK)) return last.name;
    const made = { name: `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`, at: performance.now(), open: true };
    presses.set(form, made);
    return made.name;
  };

  body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.matches("[data-quantity]")) delete event.detail.parameters.step; // the field says it already
    if (event.detail.path.includes("/basket/add/")) event.detail.parameters.click = nameOf(event.detail.elt);
  });
  body.addEventListener("htmx:afterRequest", (event) => {
    const press = presses.get(event.detail.elt);
    if (press) press.open = false;
    if (event.detail.failed && event.detail.xhr.status !== 422) say(told.dataset.lost);
  });
  body.addEventListener("basket-count", (event) => {
    for (const badge of document.querySelectorAll("[data-me-count]")) {
      badge.textContent = event.detail.count > 99 ? "99+" : String(event.detail.count);
      badge.hidden = !event.detail.count;
    }
  });

  /* − and + change the number at once; the form is sent when the hand rests */
  body.addEventListener("click", (event) => {
    const button = event.target.closest("[data-quantity] [data-pieces]");
    if (!button) return;
    event.preventDefault();
    const field = button.form.elements.quantity;
    const before = parseInt(field.value, 10) || 1;
    field.value = String(Math.max(1, before + Number(button.dataset.pieces)));
    if (field.value !== String(before)) field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  /* an answer to an older number must not write over a newer one */
  body.addEventListener("htmx:beforeSwap", (event) => {
    const { elt, parameters } = event.detail.requestConfig;
    if (elt.matches?.("[data-quantity]") && elt.isConnected && elt.elements.quantity.value !== parameters.quantity) event.detail.shouldSwap = false;
  });
  /* copying and printing are comforts of a script: their buttons stand there only with one */
  for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
  body.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) { window.print(); return; }
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      const toast = Object.assign(document.createElement("div"), { className: "toast ok" });
      toast.append(Object.assign(document.createElement("p"), { textContent: button.dataset.copied }));
      told.replaceChildren(toast);
      leave();
    } catch { getSelection().selectAllChildren(button.parentElement.firstElementChild); }
  });
  told.addEventListener("htmx:afterSwap", leave);
  told.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) told.replaceChildren(); });
})();
