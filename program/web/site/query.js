// A typed line → what is searched.
//
// A word is a run of characters between spaces; there is no segmenter here. A word in quotation marks is found wherever it
// stands, any other where a word of the text begins. Each has forms: what was typed, the other kana, and synonyms.

const TOKEN = /([-－−])?(?:["“”＂]([^"“”＂]*)["“”＂]?|[「『]([^」』]*)[」』]?|([^\s"“”＂「」『』]+))/gu;
const OR = /^(?:OR|ＯＲ)$/u;
const AND = /^(?:AND|ＡＮＤ)$/u;

// What a form counts that was not typed.
const OTHER_KANA = 0.6;
const SYNONYM = 0.5;

// As src/analysis/synonym_key.rs.
const synonymKey = (characters) =>
  characters.filter((character) => characters.length < 5 || !"ー・".includes(character)).join("");

const shift = (characters, by) =>
  characters.map((kana) => (kana === "ー" ? kana : String.fromCodePoint(kana.codePointAt(0) + by)));

function otherKana(characters) {
  if (characters.every((character) => /[ぁ-ゖー]/u.test(character))) return shift(characters, 0x60);
  if (characters.every((character) => /[ァ-ヶー]/u.test(character))) return shift(characters, -0x60);
  return null;
}

// Returns the words of a line. `isRequired` is said of what must be in all that is found, also in what has only some of
// the words.
export function parse(line, data) {
  const words = [];
  let joins = false;
  for (const [, sign, strict, quoted, plain] of line.matchAll(TOKEN)) {
    if (plain !== undefined && OR.test(plain) && !sign && words.length > 0) {
      joins = true;
      continue;
    }
    if (plain !== undefined && AND.test(plain) && !sign) continue;
    const { characters } = data.normalize((strict ?? quoted ?? plain).trim());
    if (characters.length === 0) continue;
    const isExcluded = sign !== undefined;
    const isQuoted = plain === undefined;
    const forms = [{ characters, anywhere: isQuoted, weight: 1 }];
    if (!isQuoted && !isExcluded) {
      const kana = otherKana(characters);
      if (kana) forms.push({ characters: kana, anywhere: false, weight: OTHER_KANA });
      for (const synonym of data.synonyms.get(synonymKey(characters)) ?? []) {
        const others = [...synonym];
        if (synonym !== characters.join("")) forms.push({ characters: others, anywhere: false, weight: SYNONYM });
      }
    }
    const previous = words.at(-1);
    if (joins && !isExcluded && !previous.isExcluded) {
      previous.forms.push(...forms);
      previous.isRequired &&= strict !== undefined;
    } else {
      words.push({ forms, isExcluded, isRequired: strict !== undefined });
    }
    joins = false;
  }
  return words;
}
