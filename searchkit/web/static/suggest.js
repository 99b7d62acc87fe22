// Suggestions for the query being typed: a combobox by the ARIA Authoring Practices. The form works without it.

const DELAY = 120; // milliseconds after the last keystroke

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.elements.q;
    this.list = document.createElement("ul");
    this.status = document.createElement("p");
    this.selected = -1;
    this.setUpAria();
    this.input.addEventListener("input", () => this.schedule());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => this.onPointerDown(event));
  }

  setUpAria() {
    this.list.id = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.labels[0].textContent);
    this.list.hidden = true;
    this.status.className = "unseen";
    this.status.setAttribute("role", "status");
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.closest(".field").append(this.list, this.status);
  }

  schedule() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.request(), DELAY);
  }

  async request() {
    const typed = this.input.value;
    if (!typed.trim()) return this.close();
    this.pending?.abort();
    this.pending = new AbortController();
    try {
      const url = `${this.form.dataset.suggest}?q=${encodeURIComponent(typed)}`;
      const response = await fetch(url, { signal: this.pending.signal });
      if (response.ok && this.input.value === typed) this.show((await response.json()).suggestions);
    } catch (error) {
      this.close(); // suggestions are optional: no error message
    }
  }

  show(suggestions) {
    this.selected = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...suggestions.map((text, i) => this.option(text, i)));
    this.open(suggestions.length > 0);
    this.status.textContent = this.form.dataset.count.replace("{n}", suggestions.length);
  }

  option(text, i) {
    const option = document.createElement("li");
    option.id = `suggestion-${i}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.textContent = text;
    return option;
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.pending?.abort();
    this.open(false);
    this.status.textContent = "";
    this.select(-1);
  }

  onKey(event) {
    const count = this.list.hidden ? 0 : this.list.children.length;
    if (event.key === "ArrowDown" && !count) this.request();
    if (!count || event.isComposing) return;
    // After the last suggestion comes the typed query, then the first suggestion again.
    if (event.key === "ArrowDown") this.select(this.selected + 1 < count ? this.selected + 1 : -1);
    else if (event.key === "ArrowUp") this.select(this.selected < 0 ? count - 1 : this.selected - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.selected >= 0) this.accept(this.list.children[this.selected]);
    else return;
    event.preventDefault();
  }

  select(i) {
    this.list.children[this.selected]?.setAttribute("aria-selected", "false");
    this.selected = i;
    const option = this.list.children[i];
    option?.setAttribute("aria-selected", "true");
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  onPointerDown(event) {
    event.preventDefault(); // the field keeps the focus
    const option = event.target.closest("li");
    if (option && event.button === 0) this.accept(option);
  }

  accept(option) {
    this.input.value = option.textContent;
    this.close();
    this.form.requestSubmit();
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new Suggestions(form);
