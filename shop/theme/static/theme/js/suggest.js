/* Suggestions below the search field: a combobox with a list, for keyboard and screen readers. Without it Enter searches. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-suggest]");
  const field = form?.querySelector("input[type=search]");
  if (!field) return;
  const list = Object.assign(document.createElement("ul"), { id: "suggestions", className: "suggest", hidden: true });
  const said = Object.assign(document.createElement("span"), { className: "vh" });
  const kept = new Map();
  let asked = 0;
  let timer = 0;
  let active = -1;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.listLabel);
  said.setAttribute("role", "status");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", "suggestions"], ["aria-expanded", "false"]]) field.setAttribute(name, value);
  form.append(list, said);

  const close = () => {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (at) => {
    active = at;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    if (at < 0) { field.removeAttribute("aria-activedescendant"); return; }
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const show = (found) => {
    list.replaceChildren(...found.map((entry, at) => {
      const item = Object.assign(document.createElement("li"), { id: `suggestion-${at}` });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.url = entry.url;
      item.append(Object.assign(document.createElement("span"), { textContent: entry.text }), Object.assign(document.createElement("small"), { textContent: entry.label }));
      return item;
    }));
    close();
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(Boolean(found.length)));
    said.textContent = found.length ? form.dataset.some.replace("#", found.length) : form.dataset.none;
  };
  const ask = async () => {
    const text = field.value.trim();
    const number = ++asked;
    if (!text) { close(); said.textContent = ""; return; }
    try {
      if (!kept.has(text)) {
        const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
        if (!answer.ok) return;
        kept.set(text, (await answer.json()).suggestions);
      }
      if (number === asked && document.activeElement === field) show(kept.get(text));
    } catch { /* typing and Enter go on working */ }
  };

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown" && !list.hidden) mark(active >= last ? -1 : active + 1);
    else if (event.key === "ArrowUp" && !list.hidden) mark(active < 0 ? last : active - 1);
    else if (event.key === "Enter" && active >= 0) location.href = list.children[active].dataset.url;
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) location.href = item.dataset.url;
  });
  field.addEventListener("blur", close);
  if (document.activeElement === field && field.value !== field.defaultValue) ask(); /* typed while this script was on its way */
})();
