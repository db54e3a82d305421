// The passage of a text that a hit shows, with what matches marked.

// The most characters of a passage, and those before its first mark.
const LENGTH = 300;
const BEFORE = 40;

const isHiragana = (character) => /[ぁ-ゖー]/u.test(character);

// Marks where characters stand in a text.
function mark(characters, sought, marks) {
  for (let at = 0; at + sought.length <= characters.length; at++) {
    if (sought.every((character, place) => characters[at + place] === character)) {
      marks.fill(1, at, at + sought.length);
    }
  }
}

// Returns the passage with most marks as parts, each a text and whether it matches. In a text that has only some of the
// words, pairs of their characters are marked where a whole word is not.
export function passage(text, words, data, isPartial) {
  const { characters, origins } = data.normalize(text);
  const marks = new Uint8Array(characters.length);
  for (const { forms } of words.filter((word) => !word.isExcluded)) {
    for (const form of forms) mark(characters, form.characters, marks);
    if (!isPartial) continue;
    const [{ characters: typed }] = forms;
    for (let at = 0; at + 1 < typed.length; at++) {
      const pair = [typed[at], typed[at + 1]];
      if (!pair.every(isHiragana)) mark(characters, pair, marks);
    }
  }
  const begin = sentenceBegin(characters, bestBegin(marks), marks);
  const end = Math.min(begin + LENGTH, characters.length);
  const parts = [];
  if (begin > 0) parts.push({ text: "…", isMatch: false });
  for (let at = begin; at < end; ) {
    let next = at + 1;
    while (next < end && marks[next] === marks[at]) next++;
    // A cluster of characters in the text is one of the normalized text, or is not cut.
    const part = text.slice(origins[at], next < end ? origins[next] : endOf(origins, end));
    if (part !== "") parts.push({ text: part, isMatch: marks[at] === 1 });
    at = next;
  }
  if (end < characters.length) parts.push({ text: "…", isMatch: false });
  return parts;
}

// Returns the end of the passage in the text: where the next cluster begins.
function endOf(origins, end) {
  let next = end;
  while (next < origins.length - 1 && origins[next] === origins[end - 1]) next++;
  return origins[next];
}

// Returns where the passage with most marks begins.
function bestBegin(marks) {
  if (marks.length <= LENGTH) return 0;
  let within = 0;
  for (let at = 0; at < LENGTH; at++) within += marks[at];
  let [best, most] = [0, within];
  for (let at = 1; at + LENGTH <= marks.length; at++) {
    within += marks[at + LENGTH - 1] - marks[at - 1];
    if (within > most) [best, most] = [at, within];
  }
  const first = marks.indexOf(1, best);
  return first < 0 ? 0 : Math.max(0, Math.min(first - BEFORE, marks.length - LENGTH));
}

// Returns where the last sentence begins that begins between a place and the next mark; the place if none does.
function sentenceBegin(characters, place, marks) {
  if (place === 0) return 0;
  let begin = place;
  for (let at = place; at < characters.length && !marks[at]; at++) {
    if (characters[at] === "。" || characters[at] === "\n") begin = at + 1;
  }
  return begin;
}
