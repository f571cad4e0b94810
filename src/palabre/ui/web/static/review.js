// The review by keyboard: a key does what the button or link that bears it does. Nothing happens by scrolling.
"use strict";

(() => {
  const asked = document.getElementById("asked");
  if (asked) asked.focus({ preventScroll: true });
  let sent = false;
  for (const form of document.querySelectorAll("form[method=post]")) {
    // A key held down, or a double click, answers one question and not the next one as well.
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
  }
  window.addEventListener("pageshow", () => { sent = false; });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape") {
      const open = document.querySelector("details.ask[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      return;
    }
    if (typing && !typing.matches("input[type=radio], input[type=checkbox]")) return;
    const its = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!its) return;
    event.preventDefault();
    if (its.tagName === "SUMMARY") {
      const box = its.parentElement;
      box.open = !box.open;
      const first = box.open && box.querySelector("select, textarea, input:not([type=hidden])");
      (first || its).focus();
      return;
    }
    its.click();
  });
})();
