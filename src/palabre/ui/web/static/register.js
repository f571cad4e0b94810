// The register: choosing lines, all of the page at once if need be, to take them away.
"use strict";

(() => {
  const chosen = document.querySelector("[data-chosen]");
  const none = document.querySelector("[data-none]");
  const all = document.querySelector("[data-all]");
  if (!chosen || !none || !all) return;
  const boxes = [...document.querySelectorAll("tbody input[name=id]")];
  let last = null;
  const count = () => {
    const number = boxes.filter((box) => box.checked).length;
    chosen.hidden = none.hidden = number === 0;
    // What can be done with the lines chosen stays in view, however long the list.
    chosen.form.classList.toggle("choosing", number > 0);
    chosen.textContent = `${chosen.dataset.chosen} (${number})`;
    all.checked = number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
  };
  const set = (some, checked) => {
    for (const box of some) box.checked = checked;
    count();
  };
  all.hidden = false;
  all.addEventListener("change", () => set(boxes, all.checked));
  none.addEventListener("click", () => { set(boxes, false); (boxes[0] || all).focus(); });
  for (const box of boxes) {
    box.addEventListener("change", count);
    // With Shift, all the lines from the last one chosen to this one.
    box.addEventListener("click", (event) => {
      const at = boxes.indexOf(box);
      if (event.shiftKey && last !== null) set(boxes.slice(Math.min(at, last), Math.max(at, last) + 1), box.checked);
      last = at;
    });
  }
  count();
})();
