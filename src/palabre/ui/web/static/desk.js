// What pages do beyond links and forms. Every page works without it. Nothing is asked of any other server.
"use strict";

document.documentElement.classList.add("js");

(() => {
  const menu = document.querySelector(".menu details");
  if (menu && window.matchMedia("(max-width: 60rem)").matches) menu.open = false;

  // `/` goes to the search field, as in the terminal's pagers.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const find = document.getElementById("find");
    if (find) {
      event.preventDefault();
      find.focus();
      find.select();
    }
  });

  // What is to be copied whole is chosen whole.
  for (const field of document.querySelectorAll("input.whole")) field.addEventListener("focus", () => field.select());

  // Forms marked so are sent as soon as a choice changes; their button is for those without scripts.
  for (const form of document.querySelectorAll("form[data-live]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
    });
  }

  // A form sent by GET leaves its empty fields out of the address.
  for (const form of document.querySelectorAll("form:not([method=post])")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
      setTimeout(() => { for (const field of form.elements) field.disabled = false; }, 0);
    });
  }
})();

// Choices that open over the page: one at a time, closed by Escape or a click elsewhere.
(() => {
  const picks = [...document.querySelectorAll("details.pick")];
  if (!picks.length) return;
  for (const pick of picks) {
    pick.addEventListener("toggle", () => {
      if (pick.open) for (const other of picks) if (other !== pick) other.open = false;
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const pick of picks) if (pick.open) { pick.open = false; pick.querySelector("summary").focus(); }
  });
  document.addEventListener("click", (event) => {
    for (const pick of picks) if (!pick.contains(event.target)) pick.open = false;
  });
})();
