// A document: layers that can be switched off, and a card beside the words that says what was understood.
"use strict";

(() => {
  const text = document.querySelector("[data-text]");
  const layers = document.querySelector(".layers");
  if (!text) return;

  if (layers) {
    const apply = () => {
      const hidden = [];
      for (const box of layers.querySelectorAll("input[name=show]")) {
        text.classList.toggle(`off-${box.value}`, !box.checked);
        if (!box.checked) hidden.push(box.value);
      }
      const address = new URL(location.href);
      address.searchParams.delete("hide");
      for (const name of hidden) address.searchParams.append("hide", name);
      history.replaceState(null, "", address);
    };
    layers.addEventListener("change", apply);
    for (const button of layers.querySelectorAll("[data-layers]")) {
      button.addEventListener("click", () => {
        for (const box of layers.querySelectorAll("input[name=show]")) box.checked = button.dataset.layers === "all";
        apply();
      });
    }
    layers.addEventListener("submit", (event) => event.preventDefault());
  }

  const card = document.createElement("div");
  card.className = "card";
  card.setAttribute("role", "status");
  card.hidden = true;
  document.body.append(card);

  const isShown = (layer) => !text.classList.contains(`off-${layer}`);
  const layerOf = (note) => [...note.classList].find((name) => name.startsWith("k-")).slice(2);

  const show = (mark) => {
    const notes = mark.dataset.n.split(" ").map((n) => document.getElementById(`n${n}`)).filter((n) => n && isShown(layerOf(n)));
    if (!notes.length) return hide();
    card.replaceChildren(...notes.map((note) => {
      const copy = document.createElement("div");
      copy.className = note.className;
      copy.append(...[...note.childNodes].map((child) => child.cloneNode(true)));
      return copy;
    }));
    card.hidden = false;
    const at = mark.getClientRects()[0] || mark.getBoundingClientRect();
    const box = card.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.width - 8));
    const below = at.bottom + 6 + box.height < window.innerHeight;
    card.style.left = `${left + window.scrollX}px`;
    card.style.top = `${(below ? at.bottom + 6 : Math.max(4, at.top - box.height - 6)) + window.scrollY}px`;
  };
  const hide = () => { card.hidden = true; };

  let leaving = 0;
  const stay = () => clearTimeout(leaving);
  const leave = () => { stay(); leaving = setTimeout(hide, 180); };
  text.addEventListener("mouseover", (event) => {
    const mark = event.target.closest("[data-n]");
    if (mark) { stay(); show(mark); } else leave();
  });
  text.addEventListener("mouseleave", leave);
  card.addEventListener("mouseenter", stay);
  card.addEventListener("mouseleave", leave);
  text.addEventListener("focusin", (event) => { const mark = event.target.closest("[data-n]"); if (mark) { stay(); show(mark); } });
  text.addEventListener("focusout", leave);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // The notes are beside the words: clicking a mark shows the card, and does not jump away from the sentence.
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-n]");
    if (mark && !event.ctrlKey && !event.metaKey) { event.preventDefault(); mark.focus({ preventScroll: true }); show(mark); }
  });
})();

// Words chosen in the text fill the form that adds what was missed. Offsets are code points in the whole text.
(() => {
  const text = document.querySelector("[data-text]");
  const form = document.getElementById("missed");
  if (!text || !form) return;
  const how = form.querySelector("[data-how]");
  const said = how.textContent;
  const place = (node, offset) => {
    const line = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest("[data-at]");
    if (!line || !text.contains(line)) return null;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, offset);
    return Number(line.dataset.at) + [...before.toString()].length;
  };
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    const range = chosen.rangeCount ? chosen.getRangeAt(0) : null;
    const words = chosen.toString().trim();
    const start = range && words ? place(range.startContainer, range.startOffset) : null;
    const end = range && words ? place(range.endContainer, range.endOffset) : null;
    if (start === null || end === null || end <= start) {
      // Focus moves to the button: what was chosen before it stays.
      if (document.activeElement && form.contains(document.activeElement)) return;
      form.elements.start.value = form.elements.end.value = "";
      how.textContent = said;
      form.classList.remove("ready");
      return;
    }
    form.elements.start.value = start;
    form.elements.end.value = end;
    how.textContent = words.length > 60 ? `${words.slice(0, 60)}…` : words;
    form.classList.add("ready");
  });
})();
