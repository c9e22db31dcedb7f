// The newsroom's dates: the calendar of Wagtail knows the Gregorian year alone, so the Buddhist one is told beside it.
(() => {
  if (!document.documentElement.lang.startsWith("th")) return;
  const DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}:\d{2}))?$/;
  const MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split(" ");
  const told = (value) => {
    const found = DATE.exec(value.trim());
    if (!found || !MONTHS[found[2] - 1]) return "";
    const year = Number(found[3]) < 2400 ? Number(found[3]) + 543 : Number(found[3]);
    return `${Number(found[1])} ${MONTHS[found[2] - 1]} ${year}${found[4] ? ` ${found[4].replace(":", ".")} น.` : ""}`;
  };
  const tell = (input) => {
    const words = told(input.value);
    let line = input.nextElementSibling?.classList.contains("ed-be") ? input.nextElementSibling : null;
    if (!line && !words) return;
    if (!line) {
      line = document.createElement("p");
      line.className = "ed-be";
      line.id = `${input.id}_be`;
      input.insertAdjacentElement("afterend", line);
      const others = input.getAttribute("aria-describedby");
      input.setAttribute("aria-describedby", others ? `${others} ${line.id}` : line.id);
    }
    line.textContent = words;
  };
  const years = (picker) => {
    for (const year of picker.querySelectorAll(".xdsoft_year > span, .xdsoft_yearselect .xdsoft_option")) {
      const number = Number(year.textContent);
      if (number > 1000 && number < 2400) year.textContent = number + 543;
    }
  };
  for (const name of ["input", "change", "focusout"])
    document.addEventListener(name, (event) => {
      if (event.target.matches?.("input[type=text]")) tell(event.target);
    });
  const begin = () => {
    for (const input of document.querySelectorAll("input[type=text]")) tell(input);
    const seen = new MutationObserver((changes) => {
      for (const change of changes) {
        const picker = change.target.closest?.(".xdsoft_datetimepicker");
        if (picker) years(picker);
        for (const node of change.addedNodes)
          if (node.matches?.(".xdsoft_datetimepicker")) years(node);
      }
    });
    seen.observe(document.body, { childList: true, subtree: true });
  };
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();
