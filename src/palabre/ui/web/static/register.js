// The register: choosing lines, all of the page at once if need be, to take them away.
"use strict";

(() => {
  const chosen = document.querySelector("[data-chosen]");
  const all = document.querySelector("[data-all]");
  if (!chosen || !all) return;
  const boxes = [...document.querySelectorAll("tbody input[name=id]")];
  const count = () => {
    const number = boxes.filter((box) => box.checked).length;
    chosen.hidden = number === 0;
    chosen.textContent = `${chosen.dataset.chosen} (${number})`;
    all.checked = number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  for (const box of boxes) box.addEventListener("change", count);
  count();
})();
