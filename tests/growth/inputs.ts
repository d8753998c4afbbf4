import fc from 'fast-check';

/** What patterns and loops stumble over, repeated: brackets, spaces, quotes, what begins a number, a row or a parameter. */
export const UNITS: readonly string[] = [
  ...[']', '[', '{', '}', '(', ')', '()', '[]', '][', '<', '>', '<Buffer '],
  ...[' ', '\t', '  ', ' \t', '\n', '\r', '\r\n', '\u00a0', '\r\n ', ' \n'],
  ...[',', ';', '=', ':', '?', '/', '#', '&', '+', '%', '%41', '.', '-', '_', '*', '|', '!', '@', '$'],
  ...['"', "'", '`', '\\', '\\"', '"\\', '\\x', '\\x81', "b'", '"a"'],
  ...['0', '00', '0x', '0x8', '81', 'a', 'A', 'x', 'f ', '1,', '127.', '1.'],
  ...['*\n', '00000000: aa\n', '0000 aa\n', '00000000\n', 'aa: ', 'a:b\r\n', ', a', ',,', ';a=b', '; a="b"', 'a b'],
  ...[
    'websocket,',
    'f=',
    'a=1&',
    '{"a":',
    '[[',
    '"hex":',
    '/../',
    'é',
    '\u{1f600}',
    '\u202e',
    '\0',
    '\u2028',
    '\ud800',
  ],
];

/** What follows the repetition, and makes a pattern begin again. */
const TAILS: readonly string[] = ['x', '\0', ']', '', '"', '\n', ' :'];

/** An input of about a given length, in characters. */
export interface Hostile {
  readonly name: string;
  readonly make: (length: number) => string;
}

/** These take another way behind a character that is none of theirs. */
const UNITS_INSIDE = [' ', '\t', '\r\n', '=', ']', '-', '?', '0', '"'];

// Every unit with every tail would be seven times the work.
export const REPEATED: readonly Hostile[] = [
  ...UNITS.map((unit, i) => hostile([unit], TAILS[i % TAILS.length] as string)),
  ...UNITS_INSIDE.map((unit) => hostile([unit], 'x', 'x')),
];

/** Several runs of units one after the other, and a tail that may be anything. */
export const arbitraryHostile: fc.Arbitrary<Hostile> = fc
  .tuple(fc.array(fc.constantFrom(...UNITS), { minLength: 1, maxLength: 4 }), fc.string({ maxLength: 8 }))
  .map(([units, tail]) => hostile(units, tail));

function hostile(units: readonly string[], tail: string, head = ''): Hostile {
  // Whole units: a text that is cut inside one may be wrong where another is right, and costs nothing.
  const make = (length: number): string => {
    const runs = units.map((unit) => unit.repeat(Math.floor(length / units.length / unit.length)));
    return head + runs.join('') + tail;
  };
  return {
    name: `${head}${units.map((unit) => JSON.stringify(unit)).join(' and ')}, then ${JSON.stringify(tail)}`,
    make,
  };
}
