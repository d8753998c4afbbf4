import {
  CLOSE,
  clean,
  close,
  first,
  frame,
  hex,
  last,
  one,
  PING,
  type PublicCase,
  reply,
  TEXT,
  times,
} from './public-case.ts';

const VALID = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999];
const INVALID = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999];
const ANY = { kind: 'any' } as const;
const LARGE = times('4241736437266A683233', 256 * 1024);

/** Section 7 of the public suite. */
export const CLOSING: readonly PublicCase[] = [
  one('7.1.1', [frame(TEXT, 'Hello World!')], clean([TEXT, 'Hello World!'])),
  one('7.1.2', [close(1000), frame(CLOSE)], reply(1000)),
  one('7.1.3', [close(1000), frame(PING)], reply(1000)),
  one('7.1.4', [close(1000), frame(TEXT, 'Hello World!')], reply(1000)),
  one('7.1.5', [first(TEXT, 'fragment1'), close(1000), last('fragment2')], reply(1000)),
  one('7.1.6', [frame(TEXT, LARGE), frame(TEXT, 'Hello World!'), close(1000), frame(PING)], ANY),
  one('7.3.1', [frame(CLOSE)], reply(1000)),
  one('7.3.2', [frame(CLOSE, hex('61'))], reply(1002)),
  one('7.3.3', [close(1000)], reply(1000)),
  one('7.3.4', [close(1000, 'Hello World!')], reply(1000)),
  one('7.3.5', [close(1000, times('2A', 123))], reply(1000)),
  one('7.3.6', [close(1000, times('2A', 124))], reply(1002)),
  one('7.5.1', [close(1000, hex('CEBAE1BDB9CF83CEBCCEB5EDA080656469746564'))], reply(1002, 1007)),
  ...VALID.map((code, i) => one(`7.7.${i + 1}`, [close(code)], reply(1000, code))),
  ...INVALID.map((code, i) => one(`7.9.${i + 1}`, [close(code)], reply(1002))),
  one('7.13.1', [close(5000)], ANY),
  one('7.13.2', [close(65535)], ANY),
];
