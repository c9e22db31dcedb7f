/* The pictures of a good: the point that must stay in sight is set by a tap. */
(() => {
  "use strict";
  const setUpFocus = (box) => {
    const image = box.querySelector("img");
    const [x, y] = ["x", "y"].map((axis) => box.querySelector(`input[name$=-focus_${axis}]`));
    const dot = document.createElement("span");
    dot.className = "sk-dot";
    image.parentElement.append(dot);
    const place = () => {
      dot.hidden = !x.value || !y.value;
      dot.style.setProperty("left", `${x.value}%`);
      dot.style.setProperty("top", `${y.value}%`);
    };
    image.addEventListener("click", (event) => {
      const frame = image.getBoundingClientRect();
      x.value = Math.round((event.clientX - frame.left) * 100 / frame.width);
      y.value = Math.round((event.clientY - frame.top) * 100 / frame.height);
      place();
    });
    for (const field of [x, y]) field.addEventListener("input", place);
    place();
  };
  document.querySelectorAll("[data-focus]").forEach(setUpFocus);
})();
