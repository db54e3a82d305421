// The page that searches. The search stands in its address, so that it can be sent on and gone back to.

import { say } from "./language.js";
import { Data } from "./data.js";
import { parse } from "./query.js";
import { Search } from "./match.js";
import { passage } from "./passage.js";

// The number of hits that are shown at once, and of values of a facet that are shown without asking.
const HITS = 20;
const VALUES = 10;
const MOST_VALUES = 200;

const form = document.getElementById("search");
const input = document.getElementById("q");
const answer = document.getElementById("answer");
const results = document.getElementById("results");
const filters = document.getElementById("facets");
const start = document.getElementById("start");
const status = document.getElementById("status");
const title = document.title;

function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...content);
  return made;
}

let opened = null;

// Opens the data at the first search.
function open() {
  opened ??= Data.open(form.dataset.from);
  opened.catch(() => (opened = null));
  return opened;
}

// Returns the opinions that pass the filters, except that of one facet.
function passing(numbers, data, parameters, except = null) {
  const conditions = data.facets.filter((facet) => facet !== except && parameters.has(facet.name)).map((facet) => {
    const values = new Set(parameters.getAll(facet.name).map((value) => facet.values.indexOf(value) + 1 || -1));
    return (number) => values.has(facet.of[number]);
  });
  return numbers.filter((number) => conditions.every((holds) => holds(number)));
}

const counted = (count) => say(`${count.toLocaleString()}件`, `${count.toLocaleString()} opinion${count === 1 ? "" : "s"}`);

// The number of the search that was asked for last. What an earlier one finds is not shown.
let asked = 0;

async function run() {
  const parameters = new URLSearchParams(location.search);
  const line = parameters.get("q") ?? "";
  input.value = line;
  const now = ++asked;
  const isBlank = line.trim() === "" && [...parameters.keys()].every((name) => name === "q");
  start.hidden = !isBlank;
  answer.hidden = true;
  document.title = isBlank ? title : `${line} – ${title}`;
  status.textContent = "";
  if (isBlank) return;
  try {
    const data = await open();
    const words = parse(line, data);
    const search = new Search(data, words);
    const first = await search.first();
    // Where nothing has all words, what has some of them is what is counted.
    const second = first.length === 0 ? await search.second() : null;
    if (now !== asked) return;
    showFacets(second ?? first, data, parameters);
    await showHits(data, search, words, parameters, first, second, () => now === asked);
    answer.hidden = false;
  } catch (error) {
    if (now !== asked) return;
    results.replaceChildren(
      element("p", { class: "note", role: "alert" }, say(
        "検索のデータを読めませんでした。通信を確かめて、ページを読み込み直してください。",
        "The data of the search can't be read. Check the connection, and load the page again.",
      )),
    );
    filters.replaceChildren();
    answer.hidden = false;
    console.error(error);
  }
}

async function showHits(data, search, words, parameters, first, second, isCurrent) {
  const ofFirst = passing(first, data, parameters);
  let ofSecond = second && passing(second, data, parameters);
  const total = ofFirst.length > 0 || !ofSecond ? ofFirst.length : ofSecond.length;
  const hasAll = ofFirst.length > 0 || !ofSecond?.length;
  const told = hasAll
    ? say(`${counted(total)}が見つかりました`, `${counted(total)} found`)
    : say(
        `すべての語を含む意見はありません。一部の語を含む意見が${counted(total)}あります`,
        `No opinion has all words. ${counted(total)} with some of them`,
      );
  status.textContent = told;
  const list = element("div");
  const more = element("button", { type: "button", id: "more" }, say("続きを表示", "More"));
  const sum = element("p", { class: "total" }, element("b", {}, total.toLocaleString()));
  if (hasAll) sum.append(say("件", total === 1 ? " opinion" : " opinions"));
  else sum.append(say("件が一部の語を含みます", " with some of the words"));
  const heading = element("h2", { class: "visually-hidden" }, say("検索結果", "Results"));
  const jump = element("a", { class: "jump", href: "#facets" }, say("絞り込みへ", "Filters"));
  results.replaceChildren(heading, element("div", { class: "summary" }, sum, jump), list, more);

  let shown = 0;
  let hasHeading = false;
  const next = async () => {
    for (let left = HITS; left > 0; left--) {
      let number = ofFirst[shown];
      if (number === undefined) {
        ofSecond ??= passing(await search.second(), data, parameters);
        number = ofSecond[shown - ofFirst.length];
        if (number === undefined) break;
        if (!hasHeading && ofFirst.length > 0) {
          const count = counted(ofSecond.length);
          list.append(element("h2", { class: "tier" }, say(
            `以下は一部の語だけを含む意見（${count}）`, `Below: with only some of the words (${count})`,
          )));
        }
        hasHeading = true;
      }
      shown += 1;
      const place = element("article", { class: "hit", "aria-labelledby": `title-${shown}` });
      list.append(place);
      pending.push(fill(place, number, shown, data, words, hasHeading));
    }
    await Promise.all(pending.splice(0));
    more.hidden = ofSecond ? shown >= ofFirst.length + ofSecond.length : false;
  };
  const pending = [];
  more.addEventListener("click", async () => {
    const before = list.querySelectorAll(".hit").length;
    more.disabled = true;
    await next();
    more.disabled = false;
    // The keyboard goes on where the new hits begin.
    list.querySelectorAll(".hit h3 a")[before]?.focus();
  });
  await next();
  if (isCurrent() && shown === 0) {
    list.append(element("div", { class: "nothing" }, element("p", {}, say(
      "何も見つかりませんでした。語を短くするか、減らすか、絞り込みを外してください。",
      "Nothing was found. Try shorter or fewer words, or remove filters.",
    ))));
  }
}

async function fill(place, number, rank, data, words, isPartial) {
  const { id, speaker, text } = await data.opinion(number);
  const meeting = data.meeting(number);
  const value = (name) => {
    const facet = data.facets.find((facet) => facet.name === name);
    return facet.values[facet.of[number] - 1];
  };
  place.id = id;
  const address = `meetings/${encodeURIComponent(meeting.file)}#${encodeURIComponent(id)}`;
  const about = element("p", { class: "about", lang: "ja" });
  const tell = (name, content) => content && about.append(element("span", { class: name }, content), " ");
  tell("region", value("region"));
  tell("section", value("section"));
  tell("speaker", speaker);
  const { date } = meeting;
  if (date) about.append(element("time", { datetime: date }, say(meeting.day ?? date, date)));
  const quoted = element("p");
  for (const { text: part, isMatch } of passage(text, words, data, isPartial)) {
    quoted.append(isMatch ? element("mark", {}, part) : part);
  }
  place.append(
    element("h3", { id: `title-${rank}` }, element("a", { href: address, lang: "ja" },
      element("span", { class: "rank" }, `${rank}`), " ", element("cite", {}, meeting.title))),
    about,
    element("blockquote", { class: "text", lang: "ja" }, quoted),
  );
}

// Shows the values of each facet with the number of opinions that choosing them would leave. A facet is counted without
// its own filter.
function showFacets(numbers, data, parameters) {
  filters.replaceChildren();
  for (const facet of data.facets) {
    if (facet.values.length < 2) continue;
    const counts = new Map();
    for (const number of passing(numbers, data, parameters, facet)) {
      const value = facet.of[number];
      if (value > 0) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const chosen = parameters.getAll(facet.name);
    for (const value of chosen) {
      const number = facet.values.indexOf(value) + 1;
      if (number > 0 && !counts.has(number)) counts.set(number, 0);
    }
    if (counts.size === 0) continue;
    const isYear = facet.name === "year";
    const rows = [...counts].sort(([left, of], [right, other]) =>
      isYear ? facet.values[right - 1] - facet.values[left - 1] : other - of || left - right);
    const choices = rows.slice(0, MOST_VALUES).map(([number, count]) => {
      const value = facet.values[number - 1];
      const box = element("input", { type: "checkbox", name: facet.name, value });
      box.checked = chosen.includes(value);
      box.addEventListener("change", () => choose(facet.name, value, box.checked));
      return element("label", {}, box, element("span", { class: "value", lang: "ja" }, value),
        element("span", { class: "number" }, count.toLocaleString()));
    });
    const set = element("fieldset", { class: "facet" }, element("legend", {}, say(...facet.label)));
    set.append(...choices.slice(0, VALUES));
    if (choices.length > VALUES) {
      const rest = element("details", {}, element("summary", {}, say("ほかの値", "Others")));
      rest.append(...choices.slice(VALUES));
      rest.open = choices.slice(VALUES).some((choice) => choice.firstChild.checked);
      set.append(rest);
    }
    filters.append(set);
  }
}

// Adds a value to the filters, or removes it, and searches again.
async function choose(name, value, isChosen) {
  const parameters = new URLSearchParams(location.search);
  const values = parameters.getAll(name).filter((other) => other !== value);
  parameters.delete(name);
  for (const one of isChosen ? [...values, value] : values) parameters.append(name, one);
  go(parameters);
  await run();
  const box = [...filters.querySelectorAll("input")].find((box) => box.name === name && box.value === value);
  box?.focus();
}

function go(parameters) {
  const query = parameters.toString();
  history.pushState(null, "", query === "" ? location.pathname : `?${query}`);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const parameters = new URLSearchParams(location.search);
  parameters.set("q", input.value.trim());
  go(parameters);
  run();
});

// Enter ends the composition of an input method, and does not search. Safari ends it before it tells of the key, which
// then has the code 229.
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
});
window.addEventListener("popstate", run);

if ("DecompressionStream" in window) {
  form.hidden = false;
  run();
} else {
  form.after(element("p", { class: "note" }, say(
    "このブラウザーでは検索できません。新しい版をお使いください。会議録は会議の一覧から読めます。",
    "This browser is too old for the search. The minutes can be read from the list of meetings.",
  )));
}
