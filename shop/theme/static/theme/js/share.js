/* Sharing with a script: the phone's own sheet, and the link into the clipboard. LINE and Facebook are plain links. */
(() => {
  "use strict";
  for (const box of document.querySelectorAll("[data-share]:not([data-ready])")) {
    box.dataset.ready = "1";
    const url = box.dataset.share;
    const title = box.dataset.shareTitle || document.title;
    const said = box.querySelector(".share-said");
    const sheet = box.querySelector("[data-share-sheet]");
    const copy = box.querySelector("[data-share-copy]");
    if (navigator.share) {
      sheet.hidden = false;
      sheet.firstElementChild.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
    }
    copy.hidden = false;
    copy.firstElementChild.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(url);
        said.textContent = said.dataset.done;
      } catch {
        said.textContent = `${said.dataset.failed} ${url}`;
      }
    });
  }
})();
