// Sorts and filters the tables, and shows the sentences behind a number.
"use strict";

// {articles: [[outlet, title, date, id]], rows: [[article, left, match, right, note]], cells: {key: [total, row, ...]}}
let data = null;
const dialog = document.getElementById("evidence");

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text; // never markup
  return made;
}

function sentence(row) {
  const [article, left, match, right, note] = data.rows[row];
  const [outlet, title, date, id] = data.articles[article];
  const item = document.createElement("li");
  const text = document.createElement("p");
  text.dir = "auto";
  text.append(left, match ? element("mark", match) : "", right);
  const from = element("small", [outlet, title, date, id].filter(Boolean).join(" · "));
  item.append(text, from);
  if (note) item.append(element("small", note));
  return item;
}

function showEvidence(button) {
  data ??= JSON.parse(document.getElementById("data").textContent);
  const [total, ...rows] = data.cells[button.dataset.cell] || [0];
  const cell = button.closest("td");
  const head = cell.closest("table").tHead.rows[0].cells[cell.cellIndex].textContent;
  const row = cell.parentElement.cells[0].firstElementChild.textContent;
  document.getElementById("evidence-title").textContent = row + " – " + head + ": " + button.textContent;
  const all = total.toLocaleString("en");
  const ratio = button.dataset.ratio ? button.dataset.ratio + ". " : "";
  document.getElementById("evidence-count").textContent = ratio + (!total
    ? "Nothing of the kind was found: there is no sentence to show."
    : rows.length === total ? (total === 1 ? "The one case there is." : "All " + all + " cases.")
      : rows.length + " of " + all + " cases, drawn at random.");
  const list = document.getElementById("evidence-list");
  list.replaceChildren(...rows.map(sentence));
  dialog.showModal();
  list.scrollTop = 0;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (event.target === dialog) dialog.close(); // on the backdrop
  else if (button && button.dataset.cell) showEvidence(button);
  else if (button && button.classList.contains("sort")) sortBy(button.closest("th"));
});

function sortBy(head) {
  const body = head.closest("table").tBodies[0];
  const at = head.cellIndex;
  const down = head.getAttribute("aria-sort") === "none" ? at > 0 : head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentElement.cells) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const value = (row) => row.cells[at].dataset.v;
  const name = (row) => row.cells[0].textContent;
  const rows = [...body.rows].sort((a, b) => {
    if (!at) return name(a).localeCompare(name(b), "en") * (down ? -1 : 1);
    const [x, y] = [value(a), value(b)];
    if (!x || !y) return !x - !y; // what has no value comes last either way
    return (x - y) * (down ? -1 : 1);
  });
  body.append(...rows);
}

document.querySelectorAll("[data-filter]").forEach((input) => input.addEventListener("input", () => {
  const rows = [...document.getElementById(input.dataset.filter).tBodies[0].rows];
  const wanted = input.value.trim().toLowerCase();
  for (const row of rows) row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
  const shown = rows.filter((row) => !row.hidden).length;
  input.closest(".filter").querySelector("output").textContent = shown + " of " + rows.length;
}));

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((part) => { part.open = true; });
});
addEventListener("afterprint", () => opened.forEach((part) => { part.open = false; }));
