// Keys, matches, copies, similar articles and saved searches. Every page works without it.

const SAVED = "searchkit.searches";
const MAX_SAVED = 50;

/** The marks of an article's text, and which of them the reader is at. */
class Matches {
  constructor(marks) {
    this.marks = [...marks];
    this.at = -1;
  }

  go(step) {
    if (!this.marks.length) return;
    this.marks[this.at]?.removeAttribute("class");
    this.at = (this.at + step + this.marks.length + (this.at < 0 && step < 0 ? 1 : 0)) % this.marks.length;
    const mark = this.marks[this.at];
    mark.className = "present";
    mark.scrollIntoView({ block: "center" });
  }
}

/** Searches that this browser remembers: their addresses and names. */
class Saved {
  read() {
    try {
      const found = JSON.parse(localStorage.getItem(SAVED) ?? "[]");
      return Array.isArray(found) ? found.filter((each) => typeof each.name === "string" && /^\?/.test(each.search)) : [];
    } catch {
      return [];
    }
  }

  write(searches) {
    try {
      localStorage.setItem(SAVED, JSON.stringify(searches.slice(0, MAX_SAVED)));
    } catch {} // a browser that stores nothing
  }

  add(search, name) {
    this.write([{ search, name }, ...this.read().filter((each) => each.search !== search)]);
  }

  remove(search) {
    this.write(this.read().filter((each) => each.search !== search));
  }
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function showSaved(section, saved) {
  const searches = saved.read();
  section.hidden = !searches.length;
  const items = searches.map(({ search, name }) => {
    const item = document.createElement("li");
    const remove = element("button", section.dataset.remove, { type: "button", "aria-label": `${section.dataset.remove}: ${name}` });
    remove.addEventListener("click", () => {
      saved.remove(search);
      showSaved(section, saved);
    });
    item.append(
      element("a", name, { href: section.dataset.base + "/" + search }), " ",
      element("a", "Atom", { href: section.dataset.base + "/feed" + search, "aria-label": `Atom: ${name}` }), " ", remove,
    );
    return item;
  });
  section.querySelector("ul").replaceChildren(...items);
}

function offerSaving(button, saved) {
  button.hidden = false;
  button.addEventListener("click", () => {
    saved.add(button.dataset.save, button.dataset.name);
    button.textContent = button.dataset.done;
  });
}

function offerCopying(button) {
  if (!navigator.clipboard) return; // an address without TLS
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.href ?? source.textContent);
    button.textContent = button.dataset.done;
  });
}

/** Takes the list from the page of similar articles; where that fails, the link to it stays. */
async function loadSimilar(section) {
  try {
    const response = await fetch(section.dataset.load);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.querySelector("ul.alike");
    if (found) section.append(found);
  } catch {} // offline
}

function onKey(event, matches) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const go = (selector) => document.querySelector(selector)?.click();
  // The place of a key, since its letter depends on the keyboard's language.
  const actions = {
    Slash: () => document.getElementById("q").select(),
    KeyN: () => matches.go(1),
    KeyP: () => matches.go(-1),
    KeyJ: () => go("a[rel=next]"),
    KeyK: () => go("a[rel=prev]"),
  };
  const action = event.key === "/" ? actions.Slash : actions[event.code];
  if (!action || event.shiftKey) return;
  event.preventDefault();
  action();
}

const matches = new Matches(document.querySelectorAll("article .text mark"));
const saved = new Saved();
document.addEventListener("keydown", (event) => onKey(event, matches));
for (const button of document.querySelectorAll("[data-match]")) {
  button.hidden = !matches.marks.length;
  button.addEventListener("click", () => matches.go(Number(button.dataset.match)));
}
document.querySelectorAll("[data-copy]").forEach(offerCopying);
document.querySelectorAll("[data-save]").forEach((button) => offerSaving(button, saved));
document.querySelectorAll("[data-load]").forEach(loadSimilar);
document.querySelectorAll("#saved").forEach((section) => showSaved(section, saved));
