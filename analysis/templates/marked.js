// Shows the reason of a mark on hover, focus or tap. The reasons are in the page, as a list under each text.
"use strict";
const card = document.getElementById("card");
const reasons = document.getElementById("card-reasons");
let shown = null; // the mark whose reason is on the card
let pinned = false; // tapped: stays until closed
let waiting = 0;

function isOn(layer) {
  const box = document.getElementById("layer-" + layer);
  return !box || box.checked;
}

function reasonsOf(mark) {
  const rows = mark.dataset.m.split(" ").map((id) => document.getElementById(id));
  return rows.filter((row) => isOn(row.dataset.layer));
}

function show(mark) {
  clearTimeout(waiting);
  const rows = reasonsOf(mark);
  if (!rows.length) return;
  if (shown) shown.classList.remove("now");
  shown = mark;
  mark.classList.add("now");
  reasons.replaceChildren(...rows.map((row) => {
    const copy = row.cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelectorAll("a").forEach((link) => {
      const plain = document.createElement("span"); // of the same class: what is hidden in the list is so here
      plain.className = link.className;
      plain.append(...link.childNodes);
      link.replaceWith(plain);
    });
    return copy;
  }));
  const sheet = mark.closest(".sheet");
  card.classList.toggle("revealed", !!sheet && sheet.classList.contains("revealed"));
  card.hidden = false;
  place(mark);
}

function place(mark) {
  // Below the first line of the mark, or above it where there is more room, and never over it: what does not fit
  // scrolls. Narrow screens dock the card (see the style).
  const line = mark.getClientRects()[0] || mark.getBoundingClientRect();
  const below = innerHeight - line.bottom - 16;
  const above = line.top - 16;
  card.style.maxHeight = "";
  const under = card.offsetHeight <= below || below >= above;
  card.style.maxHeight = Math.max(96, Math.min(innerHeight * 0.6, under ? below : above)) + "px";
  card.style.left = Math.min(Math.max(8, line.left), innerWidth - card.offsetWidth - 8) + "px";
  card.style.top = (under ? line.bottom + 8 : Math.max(8, line.top - card.offsetHeight - 8)) + "px";
}

function hide() {
  clearTimeout(waiting);
  card.hidden = true;
  pinned = false;
  if (shown) shown.classList.remove("now");
  shown = null;
}

function markOf(target) {
  return target instanceof Element ? target.closest(".m[data-m]") : null;
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse" || pinned) return;
  const mark = markOf(event.target);
  if (mark) show(mark);
  else if (card.contains(event.target)) clearTimeout(waiting);
  else if (shown && document.activeElement !== shown) {
    clearTimeout(waiting);
    waiting = setTimeout(hide, 250);
  }
});

document.addEventListener("click", (event) => {
  const mark = markOf(event.target);
  if (mark) {
    if (pinned && shown === mark) return hide();
    show(mark);
    pinned = true;
  } else if (!card.contains(event.target)) hide();
});
document.getElementById("card-close").addEventListener("click", () => {
  const back = shown;
  hide();
  if (back) back.focus({ preventScroll: true });
  hide();
});

// -- keyboard: each text is one stop; the arrow keys go from mark to mark ------------------------------------

function stopsOf(text) {
  return [...text.querySelectorAll(".m[data-s]")].filter(
    (mark) => mark.dataset.s.split(" ").some(isOn) && mark.checkVisibility());
}

function setStops() {
  for (const text of document.querySelectorAll(".text")) {
    for (const mark of text.querySelectorAll(".m[data-m]")) {
      mark.removeAttribute("tabindex");
      mark.removeAttribute("role");
      mark.removeAttribute("aria-describedby");
    }
    stopsOf(text).forEach((mark, i) => {
      mark.tabIndex = i ? -1 : 0;
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-describedby", reasonsOf(mark).map((row) => row.id).join(" "));
    });
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return hide();
  const mark = markOf(event.target);
  if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
  const stops = stopsOf(mark.closest(".text"));
  const at = stops.indexOf(mark);
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: stops.length - 1 }[event.key];
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    mark.click();
  } else if (next !== undefined && stops[next]) {
    event.preventDefault();
    mark.tabIndex = -1;
    stops[next].tabIndex = 0;
    stops[next].focus();
  }
});
document.addEventListener("focusin", (event) => {
  const mark = markOf(event.target);
  if (mark && mark.hasAttribute("tabindex")) {
    if (shown !== mark) pinned = false;
    show(mark);
  } else if (!card.contains(event.target)) hide();
});
addEventListener("scroll", () => {
  if (shown) place(shown);
}, { passive: true });

// -- switches -----------------------------------------------------------------------------------------------

document.querySelectorAll(".bar input").forEach((box) => box.addEventListener("change", () => {
  hide();
  setStops();
}));
document.querySelectorAll(".reveal").forEach((button) => button.addEventListener("click", () => {
  const sheet = button.closest(".sheet");
  sheet.classList.add("revealed");
  sheet.tabIndex = -1;
  sheet.focus();
  setStops();
}));
const blind = document.getElementById("blind");
if (blind) blind.addEventListener("change", () => {
  document.querySelectorAll(".revealed").forEach((sheet) => sheet.classList.remove("revealed"));
});

let opened = []; // a printed page holds the reasons too
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((part) => { part.open = true; });
});
addEventListener("afterprint", () => opened.forEach((part) => { part.open = false; }));
setStops();
