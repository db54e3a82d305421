// Words → opinions, best first, in two tiers: those that have all words, and those that have some of them.
//
// The rules are those of the program: whether an opinion matches is decided by its characters (src/query/run/), and it
// ranks by BM25 with the logarithm of lengths (src/query/run/bm25.rs).

const K1 = 2;
const B = 0.75;

// A word that is found nowhere where a word begins is looked for within words if it is as long as this. Shorter ones stand
// there by accident: 京都 in 東京都.
const LONG_ENOUGH_WITHIN = 3;

// The part of a word's pairs, by their rarity, from which on an opinion has something of the word.
const SOMETHING = 0.25;

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
      for (const [number, weight] of had) {
        covered.set(number, (covered.get(number) ?? 0) + weight);
        if (weight >= SOMETHING * ofWord) something.add(number);
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
    const sets = pairs.map((postings) => new Set(postings.numbers)).sort((left, right) => left.size - right.size);
    const both = new Set([...sets[0]].filter((number) => sets.every((set) => set.has(number))));
    if (both.size === 0) return counts;
    const places = await Promise.all(
      pairs.map((postings) => this.data.places(postings, (number) => both.has(number))),
    );
    for (const number of both) {
      const others = places.slice(1).map((of) => new Set(of.get(number).map((place) => place >> 1)));
      const starts = places[0].get(number).filter(
        (place) =>
          (anywhere || place & 1) &&
          others.every((other, at) => other.has((place >> 1) + offsets[at + 1])),
      );
      if (starts.length > 0) counts.set(number, starts.length);
    }
    return counts;
  }

  count(postings, anywhere, counts) {
    postings.numbers.forEach((number, at) => {
      if (!anywhere && !postings.begins[at]) return;
      counts.set(number, (counts.get(number) ?? 0) + postings.frequencies[at]);
    });
  }

  // Returns the postings of the pairs of a word that say something: pairs of hiragana are mostly endings and particles.
  pairsOf(word) {
    const { characters } = word.forms[0];
    const pairs = new Set();
    for (let at = 0; at + 1 < characters.length; at++) pairs.add(characters[at] + characters[at + 1]);
    const telling = [...pairs].filter((pair) => ![...pair].every(isHiragana));
    return Promise.all((telling.length > 0 ? telling : [...pairs]).map((pair) => this.data.postings(pair)));
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
