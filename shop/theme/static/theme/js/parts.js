/* What components gain with a script: a dialog that holds the focus, plus and minus of a quantity, no second click on a button that sends. */
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const closer = event.target.closest("[data-closes]");
    const step = event.target.closest("[data-step]");
    if (opener) {
      event.preventDefault();
      const dialog = document.getElementById(opener.dataset.opens);
      if (dialog && !dialog.open) dialog.showModal();
    } else if (closer) {
      event.preventDefault();
      document.getElementById(closer.dataset.closes)?.close();
    } else if (step) {
      const input = step.closest("[data-stepper]").querySelector("input");
      const before = input.value;
      if (Number(step.dataset.step) > 0) input.stepUp(); else input.stepDown();
      if (input.value !== before) input.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (event.target.matches("dialog[open]")) {
      const box = event.target.getBoundingClientRect(); /* the veil belongs to the dialog: outside its box is beside it */
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) event.target.close();
    }
  });

  /* A form sent twice: the second press does nothing until the answer is there, the page comes back, or ten seconds are over. */
  const ready = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };
  window.addEventListener("submit", (event) => { /* after everybody else, who may send it another way */
    const form = event.target;
    if (form.getAttribute("method") !== "post" || event.defaultPrevented) return; /* form.method would be a field of that name */
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(ready, 10_000, form);
  });
  /* what htmx sends shows at once that it was pressed; on a slow line the answer takes its time */
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.requestConfig?.triggeringEvent?.submitter?.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.requestConfig?.triggeringEvent?.submitter?.removeAttribute("aria-busy"));
  window.addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(ready); });

  /* A picture that cannot be fetched leaves a calm ground, with its description where it is framed, not a broken sign. */
  const lose = (image) => {
    const frame = image.closest(".pic");
    if ((frame || image).classList.contains("lost")) return;
    (frame || image).classList.add("lost");
    if (!frame) {
      image.removeAttribute("srcset");
      image.src = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/%3E";
      return;
    }
    const words = image.alt;
    frame.classList.add("noph");
    frame.replaceChildren(words);
    if (words) { frame.setAttribute("role", "img"); frame.setAttribute("aria-label", words); }
  };
  document.addEventListener("error", (event) => { if (event.target.nodeName === "IMG") lose(event.target); }, true);
  for (const image of document.images) if (image.complete && image.currentSrc && !image.naturalWidth) lose(image);

  const showSteppers = (root) => { for (const button of root.querySelectorAll("[data-step]")) button.hidden = false; };
  showSteppers(document);
  document.addEventListener("htmx:load", (event) => showSteppers(event.target));
})();
