/* The account: hearts and followed groups without leaving the page. The buttons are those of the form `hearts`; `name` says what a press does. */
(() => {
  "use strict";
  document.querySelector(".acc-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }); /* the strip of the account on the phone */
  const form = document.getElementById("hearts");
  if (!form) return;
  let signedIn = false;
  let last = { button: null, at: 0 }; /* the second press of a double click is none */
  const buttons = () => document.querySelectorAll("button[form=hearts]");

  const show = (button, on) => {
    button.name = on ? "remove" : "add";
    if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(on));
  };

  const say = (text, failed) => {
    let box = document.getElementById("said");
    if (!box) {
      box = Object.assign(document.createElement("p"), { id: "said" });
      box.setAttribute("role", "status");
      document.body.append(box);
    }
    box.className = `toast said ${failed ? "error" : "success"}`;
    box.textContent = text;
    clearTimeout(box.timer);
    box.timer = setTimeout(() => { box.className = "vh"; }, 4000);
  };

  document.addEventListener("me", (event) => {
    const me = event.detail;
    signedIn = me.signed_in;
    const marked = { favourites: new Set((me.favourites || []).map(String)), follows: new Set((me.follows || []).map(String)) };
    for (const button of buttons()) show(button, marked["follow" in button.dataset ? "follows" : "favourites"].has(button.value));
  });

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!signedIn || !button) return;
    event.preventDefault();
    if (button.ariaBusy === "true" || (last.button === button && event.timeStamp - last.at < 700)) return;
    last = { button, at: event.timeStamp };
    button.ariaBusy = "true";
    const address = button.getAttribute("formaction") || form.action;
    try {
      const answer = await fetch(address, { method: "POST", body: new FormData(form, button), headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (answer.status === 401) { location.href = (await answer.json()).login; return; }
      const done = await answer.json();
      for (const other of buttons()) if (other.value === button.value && ("follow" in other.dataset) === ("follow" in button.dataset)) show(other, done.on);
      say(done.text, !answer.ok);
    } catch { signedIn = false; form.requestSubmit(button); }
    finally { button.ariaBusy = null; }
  });
})();
