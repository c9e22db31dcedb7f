/* Stock and prices: plus and minus, what is changed is marked and counted, and leaving asks while it is not saved. */
(() => {
  "use strict";
  const THAI = "๐๑๒๓๔๕๖๗๘๙";
  const form = document.querySelector("form[data-stock]");
  if (!form) return;
  const count = form.querySelector("[data-count]");
  const number = (text) => {
    const plain = [...text].map((sign) => (THAI.includes(sign) ? THAI.indexOf(sign) : sign)).join("").replace(/[,\s]/g, "");
    return /^\d{0,6}$/.test(plain) ? Number(plain) : null;
  };
  const isChanged = (field) => (field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
  const look = () => {
    let changed = 0;
    for (const row of form.querySelectorAll(".st-row")) {
      const is = [...row.querySelectorAll("input:not([type=hidden])")].some(isChanged);
      row.classList.toggle("changed", is);
      changed += is;
    }
    if (count) {
      count.hidden = !changed;
      count.querySelector("b").textContent = changed;
    }
    return changed;
  };
  for (const button of form.querySelectorAll("[data-by]")) button.hidden = false;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-by]");
    if (!button) return;
    const field = button.closest("[data-count-by]").querySelector("input");
    const now = number(field.value);
    if (now === null) { field.focus(); return; }
    field.value = String(Math.max(0, now + Number(button.dataset.by)));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.addEventListener("input", look);
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("pageshow", () => { sending = false; look(); });
  window.addEventListener("beforeunload", (event) => { if (!sending && look()) event.preventDefault(); });
})();
