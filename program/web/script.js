// Optional conveniences: suggestions while typing, keyboard shortcuts, filters
// that apply at once, and copy buttons. Every page works
// without them.
"use strict";

const isJapanese = document.documentElement.lang === "ja";
const say = (japanese, english) => (isJapanese ? japanese : english);

// While an input method composes text, it handles Enter, Escape, Tab and the arrow keys itself. Safari ends
// the composition before it dispatches the event of the key that ended it; that event has the key code 229.
const isComposing = (event) => event.isComposing || event.keyCode === 229;

// Suggestions, after the combobox pattern: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
function suggest(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.role = "listbox";
  list.ariaLabel = say("候補", "Suggestions");
  list.hidden = true;
  input.after(list);
  input.role = "combobox";
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.role = "status";
  list.after(told);

  let chosen = -1;
  let typed = input.value;
  let asked = null;
  let timer = 0;

  const hide = () => {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    told.textContent = "";
  };

  // Splits off the last word, which is being typed, from the words before it.
  const parts = (text) => /^([\s\S]*[\s　])?([^\s　]*)$/.exec(text);

  const show = (suggestions, before) => {
    list.replaceChildren(
      ...suggestions.map(({ text, count }, place) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${place}`;
        item.role = "option";
        item.ariaSelected = "false";
        item.dataset.text = before + text;
        item.lang = "ja";
        item.append(text);
        const number = document.createElement("small");
        number.textContent = say(`${count}件`, `${count}`);
        item.append(number);
        return item;
      }),
    );
    chosen = -1;
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    const { length } = suggestions;
    told.textContent = length === 0 ? "" : say(`候補が${length}件あります`, `${length} suggestions`);
  };

  const ask = async () => {
    asked?.abort();
    typed = input.value;
    const [, before = "", word] = parts(typed) ?? [, "", typed];
    if (word === "") return hide();
    asked = new AbortController();
    try {
      const address = `/api/v1/suggest?limit=8&q=${encodeURIComponent(word)}`;
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) return hide();
      const suggestions = await answer.json();
      if (input.value === typed && document.activeElement === input) show(suggestions, before);
    } catch {
      // The request was superseded, or the server is unreachable. The field works without suggestions.
    }
  };

  const choose = (place) => {
    const items = [...list.children];
    chosen = place;
    items.forEach((item, other) => (item.ariaSelected = String(other === place)));
    const item = items[place];
    input.value = item ? item.dataset.text : typed;
    if (item) input.setAttribute("aria-activedescendant", item.id);
    else input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  };
  input.addEventListener("input", (event) => {
    if (!event.isComposing) later();
  });
  input.addEventListener("compositionend", later);
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    hide();
  });
  input.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const count = list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        if (event.key === "ArrowDown") later();
        return;
      }
      event.preventDefault();
      // The typed text is the item after the last suggestion and before the first.
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      choose(-1);
      hide();
    } else if (event.key === "Enter") {
      clearTimeout(timer);
      asked?.abort();
      hide();
    }
  });
  // `mousedown`, because it comes before the field loses the focus and hides the list.
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("li");
    if (!item || event.button !== 0) return;
    event.preventDefault();
    input.value = item.dataset.text;
    hide();
    input.form.requestSubmit();
  });
}

const isTyping = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

// "/" focuses the search box. j and k move from hit to hit; so do the arrow keys once a hit has the focus.
function keys() {
  const hits = [...document.querySelectorAll(".hit h3 a, .line.match .anchor")];
  document.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) return;
    const box = document.querySelector(".searchbox input, form.compare input");
    const at = hits.indexOf(document.activeElement);
    if (event.key === "/" && box) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if ((event.key === "j" || (event.key === "ArrowDown" && at >= 0)) && hits[at + 1]) {
      event.preventDefault();
      hits[at + 1].focus();
    } else if ((event.key === "k" || event.key === "ArrowUp") && at > 0) {
      event.preventDefault();
      hits[at - 1].focus();
    }
  });
}

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without HTTPS, and not on localhost, this is the only access to the clipboard.
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
}

function copyButton(label, content) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = label;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await copy(content.textContent.trim());
      button.textContent = say("コピーしました", "Copied");
    } catch {
      button.textContent = say("選択してコピーしてください", "Select and copy");
      content.closest("details")?.setAttribute("open", "");
      getSelection().selectAllChildren(content);
    }
    setTimeout(() => (button.textContent = label), 2500);
  });
  return button;
}

function copyButtons() {
  for (const place of document.querySelectorAll(".copyable")) {
    const label = place.matches(".citation") ? say("引用をコピー", "Copy citation") : say("コピー", "Copy");
    place.append(copyButton(label, place.firstElementChild));
  }
}

// Screen readers announce a status only when it changes after the page has loaded.
function announce() {
  const total = document.querySelector(".total[role=status]");
  if (!total) return;
  total.removeAttribute("role");
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.role = "status";
  total.after(told);
  setTimeout(() => (told.textContent = total.textContent), 300);
}

// Filters, order and groups apply as soon as they are chosen. The page that comes is scrolled as this one was, and
// what was chosen keeps the focus, so that several filters can be chosen in a row.
function applyAtOnce() {
  const form = document.forms.search;
  if (!form) return;
  const key = "gijiroku-chosen";
  const name = ({ name, value, type }) => `${name}=${type === "checkbox" ? value : ""}`;
  const fields = () => [...form.elements].filter((field) => !form.contains(field) && !field.matches(".within"));
  const before = JSON.parse(sessionStorage.getItem(key) ?? "null");
  sessionStorage.removeItem(key);
  if (before && before.path === location.pathname) {
    const field = fields().find((field) => name(field) === before.name);
    for (let fold = field?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    field?.focus({ preventScroll: true });
    scrollTo({ top: before.top, behavior: "instant" });
  }
  for (const field of fields()) {
    field.addEventListener("change", () => {
      // What is typed to find a value in a list is no filter, and a year and a period exclude each other.
      document.querySelectorAll(".within").forEach((within) => (within.value = ""));
      const other = { year: "[name=from], [name=to]", from: "[name=year]", to: "[name=year]" }[field.name];
      for (const excluded of other ? document.querySelectorAll(other) : []) {
        if (excluded.type === "checkbox") excluded.checked = false;
        else excluded.value = "";
      }
      sessionStorage.setItem(
        key,
        JSON.stringify({ path: location.pathname, name: name(field), top: scrollY }),
      );
      // A drawer that is open stays open.
      form.action = `/search${location.hash === "#filters" ? "#filters" : ""}`;
      form.requestSubmit();
    });
  }
}

// What is typed narrows a long list.
function findWithin() {
  for (const within of document.querySelectorAll(".within")) {
    within.hidden = false;
    const rows = [...within.closest("fieldset").querySelectorAll("label")];
    within.addEventListener("input", () => {
      const typed = within.value.normalize("NFKC").toLowerCase();
      for (const row of rows) {
        const value = row.querySelector(".value").textContent.normalize("NFKC").toLowerCase();
        row.hidden = !value.includes(typed);
      }
    });
  }
}

// A link into what is folded opens it. Not all browsers do so by themselves.
function openTarget() {
  const open = () => {
    const target = document.querySelector(":target");
    let isFolded = false;
    for (let fold = target?.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
      fold.open = isFolded = true;
    }
    if (isFolded) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
}

// On the pages of an opinion and of a meeting, buttons and the keys n and p go from match to match.
function goToMarks() {
  const marks = [...document.querySelectorAll("mark[id]")];
  if (marks.length === 0) return;
  let at = -1;
  const bar = document.createElement("div");
  bar.className = "marks";
  bar.role = "group";
  bar.ariaLabel = say("該当箇所", "Matches");
  const place = document.createElement("span");
  place.role = "status";
  const show = () => (place.textContent = `${at < 0 ? "–" : at + 1} / ${marks.length}`);
  const go = (step) => {
    at = (at + step + marks.length) % marks.length;
    // Replacing the address marks the place as its target, and does not fill the history.
    location.replace(`#${marks[at].id}`);
    show();
  };
  const button = (text, label, step) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.ariaLabel = label;
    button.addEventListener("click", () => go(step()));
    return button;
  };
  const back = () => (at < 0 ? 0 : -1);
  bar.append(
    button("↑", say("前の該当箇所（p）", "Previous match (p)"), back),
    place,
    button("↓", say("次の該当箇所（n）", "Next match (n)"), () => 1),
  );
  document.querySelector("main").append(bar);
  const follow = () => {
    const target = marks.findIndex((mark) => `#${mark.id}` === location.hash);
    if (target >= 0) at = target;
    show();
  };
  addEventListener("hashchange", follow);
  follow();
  document.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "n") go(1);
    else if (event.key === "p") go(back());
  });
}

// Empty fields are left out of the address, which is shorter to share.
function tidyForms() {
  for (const form of document.forms) {
    form.addEventListener("submit", () => {
      const empty = [...form.elements].filter((field) => field.name && !field.disabled && field.value === "");
      empty.forEach((field) => (field.disabled = true));
      setTimeout(() => empty.forEach((field) => (field.disabled = false)));
    });
  }
}

const queryFields = "form[action='/search'] .searchbox input, form.compare input[type=search]";
document.querySelectorAll(queryFields).forEach((input, place) => {
  input.id ||= `query-${place}`;
  suggest(input);
});
keys();
copyButtons();
announce();
tidyForms();
applyAtOnce();
findWithin();
openTarget();
goToMarks();
