// The accounts of one meeting: all cells opened at once to read their words, or only the rows on which accounts differ.
"use strict";

(() => {
  const table = document.querySelector("table.accounts");
  const open = document.querySelector("[data-open]");
  const only = document.querySelector("[data-only]");
  if (!table || !open) return;
  const cells = [...table.querySelectorAll("details")];
  const said = open.textContent;
  const tell = () => { open.textContent = cells.every((cell) => cell.open) ? open.dataset.close : said; };
  open.addEventListener("click", () => {
    const all = !cells.every((cell) => cell.open);
    for (const cell of cells) cell.open = all;
    tell();
  });
  for (const cell of cells) cell.addEventListener("toggle", tell);
  if (only) {
    const apply = () => table.classList.toggle("only", only.checked);
    only.addEventListener("change", apply);
    apply();
  }
})();
