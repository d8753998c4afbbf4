/** A case of section 12 or 13 of the public suite: messages that are compressed, one after the other. */
export interface DeflateCase {
  readonly number: string;
  /** The value of Sec-WebSocket-Extensions. */
  readonly offer: string;
  readonly file: TestFile;
  /** The length of a message: characters of a text, bytes of a binary message. */
  readonly units: number;
  /** After how many compressed bytes a new fragment begins; 0 for one frame. */
  readonly fragmentBytes: number;
}

export interface TestFile {
  readonly name: string;
  readonly opcode: 1 | 2;
  readonly bytes: () => Buffer;
}

/** Numbers that are the same each time. */
function* numbers(seed: number): Generator<number, never, undefined> {
  for (let value = seed; ; ) {
    value = (value * 48271) % 2147483647;
    yield value;
  }
}

const next = (source: Generator<number, never, undefined>) => source.next().value;

function textOf(byteLength: number, seed: number, piece: (random: () => number) => string): Buffer {
  const source = numbers(seed);
  const pieces: string[] = [];
  for (let length = 0; length < byteLength; length += pieces.at(-1)?.length ?? 0)
    pieces.push(piece(() => next(source)));
  return Buffer.from(pieces.join('').slice(0, byteLength));
}

const WORDS = 'und der die in das ich nicht zu ein er mit sich auch ist mir wie so Geist Welt Herz Leben Faust'.split(
  ' ',
);
const word = (random: () => number) => WORDS[random() % WORDS.length] as string;

/** Files with the lengths and the kinds of contents of the suite's own, which are not ours to carry along. */
const JSON_FILE: TestFile = {
  name: 'data1.json',
  opcode: 1,
  bytes: () =>
    textOf(
      194_056,
      1,
      (random) => `{"id":${random()},"name":"${word(random)}","tags":["${word(random)}"],"on":true},\n`,
    ),
};

const IMAGE: TestFile = {
  name: 'lena512.bmp',
  opcode: 2,
  bytes: () => {
    const source = numbers(2);
    return Buffer.from(Uint8Array.from({ length: 263_222 }, (_, i) => (i % 512) / 4 + (i >> 11) + (next(source) % 24)));
  },
};

const NOVEL: TestFile = {
  name: 'pg2229.txt',
  opcode: 2,
  bytes: () => textOf(222_218, 3, (random) => `${word(random)}${random() % 9 === 0 ? ',\r\n' : ' '}`),
};

/** 27 bytes longer than it has characters. */
const PAGE: TestFile = {
  name: 'data1.html',
  opcode: 1,
  bytes: () => {
    const ascii = textOf(
      263_593,
      4,
      (random) => `<li class="${word(random)}"><a href="/${random() % 999}">${word(random)}</a>\n`,
    );
    return Buffer.concat([ascii.subarray(0, 4000), Buffer.from('ü'.repeat(27)), ascii.subarray(4000)]);
  },
};

/** As a PDF: streams that are compressed already, and text between them. */
const DOCUMENT: TestFile = {
  name: 'a PDF',
  opcode: 2,
  bytes: () => {
    const source = numbers(5);
    const noise = Buffer.from(Uint8Array.from({ length: 1_042_328 }, () => next(source) >> 8));
    for (let at = 0; at < noise.length - 200; at += 6000)
      noise.write('\nendstream\nendobj\n12 0 obj\n<< /Length 5800 >>\nstream\n', at);
    return noise;
  },
};

const FILES = [JSON_FILE, IMAGE, NOVEL, PAGE, DOCUMENT];

/** The sub-cases .1 to .18: the length of a message, and of a fragment. */
const SIZES: readonly (readonly [units: number, fragmentBytes: number])[] = [
  ...[16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072].map((units) => [units, 0] as const),
  ...[8192, 16_384, 32_768, 65_536, 131_072].map((units) => [units, 256] as const),
  ...[1024, 4096, 32_768].map((fragmentBytes) => [131_072, fragmentBytes] as const),
];

const PMD = 'permessage-deflate; client_no_context_takeover; client_max_window_bits';
const NARROW = `${PMD}; server_no_context_takeover; server_max_window_bits=9`;
const FORGETFUL = `${PMD}; server_no_context_takeover`;
const OFFERS = [
  PMD,
  FORGETFUL,
  `${PMD}; server_max_window_bits=9`,
  `${PMD}; server_max_window_bits=15`,
  NARROW,
  `${PMD}; server_no_context_takeover; server_max_window_bits=15`,
  [NARROW, FORGETFUL, PMD].join(', '),
];

const casesOf = (group: string, offer: string, file: TestFile): DeflateCase[] =>
  SIZES.map(([units, fragmentBytes], i) => ({ number: `${group}.${i + 1}`, offer, file, units, fragmentBytes }));

/** Sections 12 and 13 of the public suite. */
export const DEFLATE: readonly DeflateCase[] = [
  ...FILES.flatMap((file, i) => casesOf(`12.${i + 1}`, PMD, file)),
  ...OFFERS.flatMap((offer, i) => casesOf(`13.${i + 1}`, offer, JSON_FILE)),
];
