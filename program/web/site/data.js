// The data of the site, of which a search reads a few chunks. Their form is that of src/site/pairs.rs and
// src/site/data.rs.

import { normalizer } from "./normalize.js";

// Reads numbers of seven bits a byte, the lowest first.
class Numbers {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  next() {
    let number = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = this.bytes[this.at++];
      number += (byte & 127) * shift;
      if (byte < 128) return number;
    }
  }

  skip(count) {
    for (let left = count; left > 0; ) if (this.bytes[this.at++] < 128) left -= 1;
  }

  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  get isAtEnd() {
    return this.at >= this.bytes.length;
  }
}

const utf8 = new TextDecoder();

// Whether a text comes before another by code points. JavaScript compares UTF-16 units, which is another order.
function isBefore(left, right) {
  const [others, characters] = [[...right], [...left]];
  for (let place = 0; place < others.length; place++) {
    if (place >= characters.length) return true;
    const [one, other] = [characters[place].codePointAt(0), others[place].codePointAt(0)];
    if (one !== other) return one < other;
  }
  return false;
}

// Returns the place of the last item that is not after what is sought; -1 if all are.
function lastNotAfter(items, isAfter) {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(items[middle])) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

// The opinions that have a pair: their numbers, how often they have it, and whether a word begins with it.
class Postings {
  constructor(bytes, chunk, record) {
    this.chunk = chunk;
    this.record = record;
    const numbers = new Numbers(bytes);
    const count = numbers.next();
    this.numbers = new Uint32Array(count);
    this.frequencies = new Uint32Array(count);
    this.begins = new Uint8Array(count);
    let number = 0;
    for (let place = 0; place < count; place++) this.numbers[place] = number += numbers.next();
    for (let place = 0; place < count; place++) {
      const frequency = numbers.next();
      this.frequencies[place] = Math.floor(frequency / 2);
      this.begins[place] = frequency % 2;
    }
  }
}

export class Data {
  static async open(folder) {
    const data = new Data();
    data.folder = folder;
    data.chunks = new Map();
    Object.assign(data, JSON.parse(utf8.decode(await data.fetch("index.bin"))));
    data.normalize = normalizer(data.normalization);
    data.synonyms = new Map(data.synonyms);
    data.average = data.lengths.reduce((sum, length) => sum + length, 0) / Math.max(data.lengths.length, 1);
    let first = 0;
    for (const meeting of data.meetings) {
      meeting.first = first;
      first += meeting.opinions;
    }
    for (const facet of data.facets) {
      facet.of = new Uint32Array(data.lengths.length);
      let opinion = 0;
      for (const [value, count] of facet.runs) {
        facet.of.fill(value, opinion, opinion + count);
        opinion += count;
      }
    }
    return data;
  }

  async fetch(name) {
    const response = await fetch(this.folder + name);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    const unpacked = response.body.pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  }

  // Returns what is read from a file, which is fetched once.
  chunk(name, read) {
    let chunk = this.chunks.get(name);
    if (!chunk) {
      chunk = this.fetch(name).then(read);
      // What could not be fetched is asked for again.
      chunk.catch(() => this.chunks.delete(name));
      this.chunks.set(name, chunk);
    }
    return chunk;
  }

  pairsOf(chunk) {
    return this.chunk(`pairs-${chunk}.bin`, (bytes) => {
      const records = new Map();
      const numbers = new Numbers(bytes);
      while (!numbers.isAtEnd) {
        const record = new Numbers(numbers.take(numbers.next()));
        const pair = utf8.decode(record.take(record.next()));
        records.set(pair, { bytes: record.bytes.subarray(record.at), place: records.size });
      }
      return records;
    });
  }

  // Returns the postings of a pair; null if no opinion has it.
  async postings(pair) {
    const chunk = lastNotAfter(this.pairs, (first) => isBefore(pair, first));
    if (chunk < 0) return null;
    const record = (await this.pairsOf(chunk)).get(pair);
    return record ? new Postings(record.bytes, chunk, record.place) : null;
  }

  // Returns the postings of all pairs that begin with a character.
  async postingsFrom(character) {
    const next = String.fromCodePoint(character.codePointAt(0) + 1);
    const first = Math.max(lastNotAfter(this.pairs, (pair) => isBefore(character, pair)), 0);
    const last = lastNotAfter(this.pairs, (pair) => !isBefore(pair, next));
    const found = [];
    for (let chunk = first; chunk <= last; chunk++) {
      for (const [pair, record] of await this.pairsOf(chunk)) {
        if (pair.startsWith(character)) found.push(new Postings(record.bytes, chunk, record.place));
      }
    }
    return found;
  }

  // Returns where a pair stands in those of its opinions that are wanted: for each, twice the index of each first
  // character, plus one if a word begins there.
  async places(postings, isWanted) {
    const records = await this.chunk(`places-${postings.chunk}.bin`, (bytes) => {
      const numbers = new Numbers(bytes);
      const records = [];
      while (!numbers.isAtEnd) records.push(numbers.take(numbers.next()));
      return records;
    });
    const numbers = new Numbers(records[postings.record]);
    const places = new Map();
    postings.numbers.forEach((number, at) => {
      const count = postings.frequencies[at];
      if (!isWanted(number)) return numbers.skip(count);
      const of = new Uint32Array(count);
      for (let place = 0, before = 0; place < count; place++) of[place] = before += numbers.next();
      places.set(number, of);
    });
    return places;
  }

  // Returns identifier, speaker and text of an opinion.
  async opinion(number) {
    const chunk = lastNotAfter(this.texts, (first) => first > number);
    const opinions = await this.chunk(`texts-${chunk}.bin`, (bytes) => JSON.parse(utf8.decode(bytes)));
    const [id, speaker, text] = opinions[number - this.texts[chunk]];
    return { id, speaker, text };
  }

  meeting(number) {
    return this.meetings[lastNotAfter(this.meetings, (meeting) => meeting.first > number)];
  }
}
