// Normalization: one spelling for what is written in several, as the program that made the index has it
// (src/analysis/normalizer.rs).

// A character and the marks that combine with it, which NFKC may make one.
const CLUSTER = /[\s\S][\p{M}\uff9e\uff9f\u1160-\u11ff]*/gu;
const VARIATION_SELECTOR = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const KANJI = /[一-\u9fff]/u;
const KANA = /[ぁ-ゖァ-ヶ]/u;

const unvoiced = (kana) => [...kana.normalize("NFD")][0];
const voiced = (kana) => {
  const composed = [...`${kana}\u3099`.normalize("NFC")];
  return composed.length === 1 ? composed[0] : kana;
};

// Returns a function that normalizes a text. `exceptions` has each character that NFKC and lower case leave and the
// index does not, followed by what it becomes. The function returns the characters, and for each the index of the
// UTF-16 unit at which its cluster begins in the text; at the end, the length of the text.
export function normalizer(exceptions) {
  const characters = [...exceptions];
  const forms = new Map();
  for (let place = 0; place < characters.length; place += 2) forms.set(characters[place], characters[place + 1]);

  const unify = (character, before) => {
    if ((character === "々" || character === "〻") && before && KANJI.test(before)) return before;
    if ((character === "ゝ" || character === "ヽ") && before && KANA.test(before)) return unvoiced(before);
    if ((character === "ゞ" || character === "ヾ") && before && KANA.test(before)) return voiced(unvoiced(before));
    if (/\p{Cc}/u.test(character) && character !== "\n" && character !== "\t") return " ";
    return forms.get(character) ?? character;
  };

  return (text) => {
    const normalized = [];
    const origins = [];
    for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
      const folded = cluster.normalize("NFKC").replace(VARIATION_SELECTOR, "");
      for (const character of folded) {
        for (const lower of character.toLowerCase()) {
          normalized.push(unify(lower, normalized.at(-1)));
          origins.push(index);
        }
      }
    }
    origins.push(text.length);
    return { characters: normalized, origins };
  };
}
