// Words → opinions, best first, in two tiers: those that have all words, and those that have some of them.
//
// The rules are those of the program: whether an opinion matches is decided by its characters (src/query/run/), and it
// ranks by BM25 with the logarithm of lengths (src/query/run/bm25.rs).

const K1 = 2;
const B = 0.75;

// A word that is found nowhere where a word begins is looked for within words if it is as long as this. Shorter ones stand
// there by accident: 京都 in 東京都.
const LONG_ENOUGH_WITHIN = 3;

// The part of those pairs of a word that any opinion has, by their rarity, from which on an opinion has something of it.
const SOMETHING = 0.1;

const RUN = /^(?:[\p{Script=Han}々]{2}|[ァ-ヶー]{2}|[\p{Script=Latin}\p{Nd}]{2})$/u;
const isHiragana = (character) => /[ぁ-ゖー]/u.test(character);

export class Search {
  constructor(data, words) {
    this.data = data;
    this.wanted = words.filter((word) => !word.isExcluded);
    this.excluded = words.filter((word) => word.isExcluded);
  }

  // Returns the numbers of the opinions that have all words.
  async first() {
    const all = await Promise.all(this.wanted.map((word) => this.occurrencesOf(word)));
    const within = (word) => word.forms[0].characters.length >= LONG_ENOUGH_WITHIN;
    let found = all;
    if (this.wanted.some(within) && this.inAll(all).length === 0) {
      const widen = (form) => ({ ...form, anywhere: form.anywhere || form.weight === 1 });
      const widened = this.wanted.map((word) => (within(word) ? { ...word, forms: word.forms.map(widen) } : word));
      found = await Promise.all(widened.map((word) => this.occurrencesOf(word)));
      if (this.inAll(found).length === 0) found = all;
    }
    this.found = found;
    this.without = new Set();
    for (const word of this.excluded) {
      for (const { counts } of await this.occurrencesOf(word)) {
        for (const number of counts.keys()) this.without.add(number);
      }
    }
    const numbers = this.inAll(found).filter((number) => !this.without.has(number));
    this.seen = new Set(numbers);
    return this.ranked(numbers, (number) => this.wordScore(number));
  }

  // Returns the numbers of the opinions that have some of the words, or a part of one. Called after `first`.
  async second() {
    if (this.wanted.length === 0) return [];
    const scores = new Map();
    const covered = new Map();
    const something = new Set();
    let total = 0;
    for (const [place, word] of this.wanted.entries()) {
      this.found[place].forEach(({ counts }) => [...counts.keys()].forEach((number) => something.add(number)));
      const pairs = await this.pairsOf(word);
      const weights = pairs.map((postings) => this.idf(postings?.numbers.length ?? 0));
      const ofWord = weights.reduce((sum, weight) => sum + weight, 0);
      total += ofWord;
      const had = new Map();
      pairs.forEach((postings, at) => {
        postings?.numbers.forEach((number, posting) => {
          had.set(number, (had.get(number) ?? 0) + weights[at]);
          const score = weights[at] * this.saturated(postings.frequencies[posting], number);
          scores.set(number, (scores.get(number) ?? 0) + score);
        });
      });
      const least = SOMETHING * weights.reduce((sum, weight, at) => sum + (pairs[at] ? weight : 0), 0);
      for (const [number, weight] of had) {
        covered.set(number, (covered.get(number) ?? 0) + weight);
        if (weight >= least) something.add(number);
      }
    }
    const strict = this.wanted.map((word, place) => word.isRequired && this.found[place]).filter(Boolean);
    const holds = (number) =>
      !this.seen.has(number) && !this.without.has(number) &&
      strict.every((forms) => forms.some(({ counts }) => counts.has(number)));
    const score = (number) =>
      this.wordScore(number) + ((covered.get(number) ?? 0) / Math.max(total, 1e-9)) * (scores.get(number) ?? 0);
    return this.ranked([...something].filter(holds), score);
  }

  // Returns the opinions of each form of a word, with how often they have it.
  occurrencesOf(word) {
    return Promise.all(
      word.forms.map(async (form) => {
        const counts = await this.occurrences(form);
        return { counts, weight: form.weight * this.idf(counts.size) };
      }),
    );
  }

  async occurrences({ characters, anywhere }) {
    const counts = new Map();
    if (characters.length === 1) {
      for (const postings of await this.data.postingsFrom(characters[0])) this.count(postings, anywhere, counts);
      return counts;
    }
    // Each second pair, and the last one, have all characters.
    const offsets = [];
    for (let at = 0; at + 1 < characters.length; at += 2) offsets.push(at);
    if (characters.length % 2 === 1) offsets.push(characters.length - 2);
    const pairs = await Promise.all(
      offsets.map((offset) => this.data.postings(characters[offset] + characters[offset + 1])),
    );
    if (pairs.includes(null)) return counts;
    if (pairs.length === 1) {
      this.count(pairs[0], anywhere, counts);
      return counts;
    }
    // The rarest pairs come first. The others are read only if these leave something, and only for what they leave.
    const links = pairs.map((postings, at) => ({ postings, offset: offsets[at] }));
    links.sort((left, right) => left.postings.numbers.length - right.postings.numbers.length);
    const sets = links.map(({ postings }) => new Set(postings.numbers));
    let starts = new Map();
    for (const number of sets[0]) if (sets.every((set) => set.has(number))) starts.set(number, null);
    for (const { postings, offset } of links) {
      if (starts.size === 0) return counts;
      const left = new Map();
      for (const [number, places] of await this.data.places(postings, (number) => starts.has(number))) {
        const before = starts.get(number);
        const fits = [...places]
          .filter((place) => offset > 0 || anywhere || place & 1)
          .map((place) => (place >> 1) - offset)
          .filter((start) => before === null || before.has(start));
        if (fits.length > 0) left.set(number, new Set(fits));
      }
      starts = left;
    }
    for (const [number, fits] of starts) counts.set(number, fits.size);
    return counts;
  }

  count(postings, anywhere, counts) {
    postings.numbers.forEach((number, at) => {
      if (!anywhere && !postings.begins[at]) return;
      counts.set(number, (counts.get(number) ?? 0) + postings.frequencies[at]);
    });
  }

  // Returns the postings of the pairs of a word that say something. These are the pairs within its runs of kanji, of
  // katakana and of letters, of which a sentence has several: 在宅で看取るには has 在宅 and 看取. Where there are none
  // (受け入れ), all pairs but those of hiragana; where there are none either, all.
  pairsOf(word) {
    const { characters } = word.forms[0];
    const pairs = [];
    for (let at = 0; at + 1 < characters.length; at++) pairs.push(characters[at] + characters[at + 1]);
    const kinds = [(pair) => RUN.test(pair), (pair) => ![...pair].every(isHiragana), () => true];
    const kind = kinds.find((kind) => pairs.some(kind)) ?? kinds[2];
    return Promise.all([...new Set(pairs.filter(kind))].map((pair) => this.data.postings(pair)));
  }

  // Returns the opinions that have a form of each word.
  inAll(found) {
    const sets = found.map((forms) => new Set(forms.flatMap(({ counts }) => [...counts.keys()])));
    if (sets.length === 0) return [...this.data.lengths.keys()];
    return [...sets[0]].filter((number) => sets.every((set) => set.has(number)));
  }

  wordScore(number) {
    const best = (forms) =>
      Math.max(...forms.map(({ counts, weight }) => weight * this.saturated(counts.get(number) ?? 0, number)));
    return this.found.reduce((sum, forms) => sum + best(forms), 0);
  }

  idf(opinions) {
    return Math.log(1 + (this.data.lengths.length - opinions + 0.5) / (opinions + 0.5));
  }

  saturated(frequency, number) {
    const multiple = this.data.lengths[number] / this.data.average;
    return frequency / (frequency + K1 * (1 - B + B * Math.log2(1 + multiple)));
  }

  // Sorts opinions by a score, the best first. What is equal stays in the order of the site: the latest first.
  ranked(numbers, score) {
    const scored = numbers.map((number) => [number, score(number)]);
    scored.sort(([left, of], [right, other]) => other - of || left - right);
    return scored.map(([number]) => number);
  }
}
