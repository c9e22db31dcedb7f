/* Comfort of the product page: the large picture, the chosen price, delivery without a reload. */
(() => {
  "use strict";
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const setUpGallery = (gallery) => {
    const slides = gallery.querySelector(".slides");
    const links = [...gallery.querySelectorAll("[data-zoom]")];
    const thumbs = [...gallery.querySelectorAll(".thumbs a")];
    const dialog = gallery.querySelector("dialog");
    if (!slides || !dialog?.showModal) return;
    const frame = dialog.querySelector(".zoom-in");
    const larger = dialog.querySelector("[data-larger]");
    let shown = 0;

    const mark = (index) => thumbs.forEach((thumb, at) => { if (at === index) thumb.setAttribute("aria-current", "true"); else thumb.removeAttribute("aria-current"); });
    const slideTo = (index) => { slides.scrollTo({ left: slides.clientWidth * index, behavior: calm.matches ? "auto" : "smooth" }); mark(index); };
    const enlarge = (on) => { frame.classList.toggle("large", on); larger.setAttribute("aria-pressed", String(on)); };
    const show = (index) => {
      shown = (index + links.length) % links.length;
      const picture = new Image();
      picture.src = links[shown].href;
      picture.alt = links[shown].querySelector("img:not(.pv)")?.alt || "";
      frame.replaceChildren(picture);
      enlarge(false);
    };
    links.forEach((link, index) => link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(index);
      dialog.showModal();
    }));
    thumbs.forEach((thumb, index) => thumb.addEventListener("click", (event) => { event.preventDefault(); slideTo(index); }));
    slides.addEventListener("scroll", () => mark(Math.round(slides.scrollLeft / slides.clientWidth)), { passive: true });
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (event.target === dialog || button?.hasAttribute("data-close")) dialog.close();
      else if (button?.dataset.turn) show(shown + Number(button.dataset.turn));
      else if (button === larger || event.target.closest(".zoom-in")) enlarge(!frame.classList.contains("large"));
    });
    dialog.addEventListener("keydown", (event) => {
      if (links.length < 2 || frame.classList.contains("large")) return;
      if (event.key === "ArrowLeft") show(shown - 1);
      else if (event.key === "ArrowRight") show(shown + 1);
    });
    dialog.addEventListener("close", () => slideTo(shown));
  };

  const setUpChoice = () => {
    const price = document.querySelector("[data-price]:not(input)");
    if (!price) return;
    const follow = (input) => {
      price.textContent = input.dataset.price;
      document.querySelector("[data-from]")?.remove();
    };
    document.querySelectorAll("input[name=variant]").forEach((input) => input.addEventListener("change", () => follow(input)));
  };

  const setUpDelivery = (form) => {
    const target = document.getElementById("delivery");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const query = new URLSearchParams(new FormData(form));
      try {
        const answer = await fetch(`${form.dataset.fragment}?${query}`, { headers: { "X-Requested-With": "fetch" } });
        if (!answer.ok) throw new Error(String(answer.status));
        target.innerHTML = await answer.text();
        const wrong = Boolean(target.querySelector(".err"));
        form.elements.postcode.toggleAttribute("aria-invalid", wrong);
        if (wrong) { form.elements.postcode.setAttribute("aria-invalid", "true"); form.elements.postcode.focus(); }
      } catch { HTMLFormElement.prototype.submit.call(form); }
    });
  };

  document.querySelectorAll("[data-gallery]").forEach(setUpGallery);
  setUpChoice();
  document.querySelectorAll("form[data-fragment]").forEach(setUpDelivery);
})();
