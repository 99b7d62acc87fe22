// Suggestions while a question is typed: a combobox after the ARIA Authoring Practices. Without it, the form works.

const WAIT = 120; // milliseconds after the last letter

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.elements.q;
    this.list = document.createElement("ul");
    this.status = document.createElement("p");
    this.chosen = -1;
    this.dress();
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => this.point(event));
  }

  dress() {
    this.list.id = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.labels[0].textContent);
    this.list.hidden = true;
    this.status.className = "unseen";
    this.status.setAttribute("role", "status");
    const manners = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(manners)) this.input.setAttribute(name, value);
    this.input.closest(".field").append(this.list, this.status);
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const typed = this.input.value;
    if (!typed.trim()) return this.close();
    this.underway?.abort();
    this.underway = new AbortController();
    try {
      const address = `${this.form.dataset.suggest}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: this.underway.signal });
      if (answer.ok && this.input.value === typed) this.show((await answer.json()).suggestions);
    } catch (error) {
      this.close(); // suggestions are a help, and their absence is no news
    }
  }

  show(suggestions) {
    this.chosen = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...suggestions.map((text, number) => this.option(text, number)));
    this.open(suggestions.length > 0);
    this.status.textContent = this.form.dataset.count.replace("{n}", suggestions.length);
  }

  option(text, number) {
    const option = document.createElement("li");
    option.id = `suggestion-${number}`;
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
    this.underway?.abort();
    this.open(false);
    this.status.textContent = "";
    this.choose(-1);
  }

  key(event) {
    const count = this.list.hidden ? 0 : this.list.children.length;
    if (event.key === "ArrowDown" && !count) this.ask();
    if (!count || event.isComposing) return;
    // From the last suggestion the way leads back to what was typed, then to the first.
    if (event.key === "ArrowDown") this.choose(this.chosen + 1 < count ? this.chosen + 1 : -1);
    else if (event.key === "ArrowUp") this.choose(this.chosen < 0 ? count - 1 : this.chosen - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.chosen >= 0) this.take(this.list.children[this.chosen]);
    else return;
    event.preventDefault();
  }

  choose(number) {
    this.list.children[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = number;
    const option = this.list.children[number];
    option?.setAttribute("aria-selected", "true");
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  point(event) {
    event.preventDefault(); // the field keeps the focus
    const option = event.target.closest("li");
    if (option && event.button === 0) this.take(option);
  }

  take(option) {
    this.input.value = option.textContent;
    this.close();
    this.form.requestSubmit();
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new Suggestions(form);
