import {
  BINARY,
  CLOSE,
  clean,
  fails,
  first,
  frame,
  hex,
  last,
  middle,
  one,
  PING,
  PONG,
  type PublicCase,
  TEXT,
  threeWays,
  times,
} from './public-case.ts';

const HELLO = 'Hello, world!';
const ODD = hex('00 FF FE FD FC FB 00 FF');
const LENGTHS = [0, 125, 126, 127, 128, 65535, 65536, 65536];

/** 1: payload lengths. */
const SECTION_1 = LENGTHS.flatMap((byteLength, i) => {
  const cut = i === 7 ? 997 : 'whole';
  const [text, binary] = [times('2A', byteLength), times('FE', byteLength)];
  return [
    one(`1.1.${i + 1}`, [frame(TEXT, text)], clean([TEXT, text]), { cut }),
    one(`1.2.${i + 1}`, [frame(BINARY, binary)], clean([BINARY, binary]), { cut }),
  ];
});

const TEN = Array.from({ length: 10 }, (_, i) => `payload-${i}`);
const TEN_PINGS = TEN.map((payload) => frame(PING, payload));
const TEN_PONGS = clean(...TEN.map((payload): [number, string] => [PONG, payload]));
const UNSOLICITED = 'unsolicited pong payload';

/** 2: pings and pongs. */
const SECTION_2 = [
  one('2.1', [frame(PING)], clean([PONG, ''])),
  one('2.2', [frame(PING, HELLO)], clean([PONG, HELLO])),
  one('2.3', [frame(PING, ODD)], clean([PONG, ODD])),
  one('2.4', [frame(PING, times('FE', 125))], clean([PONG, times('FE', 125)])),
  one('2.5', [frame(PING, times('FE', 126))], fails(1002)),
  one('2.6', [frame(PING, times('FE', 125))], clean([PONG, times('FE', 125)]), { cut: 1 }),
  one('2.7', [frame(PONG)], clean()),
  one('2.8', [frame(PONG, UNSOLICITED)], clean()),
  one('2.9', [frame(PONG, UNSOLICITED), frame(PING, 'ping payload')], clean([PONG, 'ping payload'])),
  one('2.10', TEN_PINGS, TEN_PONGS),
  one('2.11', TEN_PINGS, TEN_PONGS, { cut: 1 }),
];

const behindHello = (number: string, bad: ReturnType<typeof frame>, cut: PublicCase['cut'] = 'whole') =>
  one(number, [frame(TEXT, HELLO), bad, frame(PING)], fails(1002, [TEXT, HELLO]), { cut });

/** 3: reserved bits. */
const SECTION_3 = [
  one('3.1', [frame(TEXT, HELLO, { rsv: 1 })], fails(1002)),
  behindHello('3.2', frame(TEXT, HELLO, { rsv: 2 })),
  behindHello('3.3', frame(TEXT, HELLO, { rsv: 3 }), 'frame-wise'),
  behindHello('3.4', frame(TEXT, HELLO, { rsv: 4 }), 1),
  one('3.5', [frame(BINARY, ODD, { rsv: 5 })], fails(1002)),
  one('3.6', [frame(BINARY, HELLO, { rsv: 6 })], fails(1002)),
  one('3.7', [frame(CLOSE, '', { rsv: 7 })], fails(1002)),
];

/** 4: reserved opcodes. */
const SECTION_4 = [3, 11].flatMap((opcode, i) => [
  one(`4.${i + 1}.1`, [frame(opcode)], fails(1002)),
  one(`4.${i + 1}.2`, [frame(opcode + 1, 'reserved opcode payload')], fails(1002)),
  behindHello(`4.${i + 1}.3`, frame(opcode + 2)),
  behindHello(`4.${i + 1}.4`, frame(opcode + 3, HELLO)),
  behindHello(`4.${i + 1}.5`, frame(opcode + 4, HELLO), 1),
]);

const TWO = [first(TEXT, 'fragment1'), last('fragment2')];
const WITH_PING = [first(TEXT, 'fragment1'), frame(PING, 'ping payload'), last('fragment2')];
const STRAY = 'non-continuation payload';
const strayTwice = (fin: boolean) => {
  const once = [frame(0, 'fragment1', { fin }), first(TEXT, 'fragment2'), last('fragment3')];
  return [...once, ...once];
};
const FIVE = [
  ...[first(TEXT, 'fragment1'), middle('fragment2'), frame(PING, 'pongme 1!')],
  ...[middle('fragment3'), middle('fragment4'), frame(PING, 'pongme 2!'), last('fragment5')],
];
const FIVE_CAME = clean(
  [PONG, 'pongme 1!'],
  [PONG, 'pongme 2!'],
  [TEXT, 'fragment1fragment2fragment3fragment4fragment5'],
);
/** Header and key are 6 bytes. */
const FIVE_PAUSE = [6 + 9 + 6 + 9 + 6 + 9];

/** 5: fragments. */
const SECTION_5 = [
  one('5.1', [first(PING, 'fragment1'), last('fragment2')], fails(1002)),
  one('5.2', [first(PONG, 'fragment1'), last('fragment2')], fails(1002)),
  ...threeWays('5', 3, TWO, clean([TEXT, 'fragment1fragment2'])),
  ...threeWays('5', 6, WITH_PING, clean([PONG, 'ping payload'], [TEXT, 'fragment1fragment2'])),
  ...threeWays('5', 9, [last(STRAY), frame(TEXT, HELLO)], fails(1002)),
  ...threeWays('5', 12, [middle(STRAY), frame(TEXT, HELLO)], fails(1002)),
  one('5.15', [...TWO, middle('fragment3'), frame(TEXT, 'fragment4')], fails(1002, [TEXT, 'fragment1fragment2'])),
  one('5.16', strayTwice(false), fails(1002)),
  one('5.17', strayTwice(true), fails(1002)),
  one('5.18', [first(TEXT, 'fragment1'), frame(TEXT, 'fragment2')], fails(1002)),
  one('5.19', FIVE, FIVE_CAME, { pausesAfter: FIVE_PAUSE }),
  one('5.20', FIVE, FIVE_CAME, { pausesAfter: FIVE_PAUSE, cut: 'frame-wise' }),
];

/** Sections 1 to 5 of the public suite. */
export const FRAMING: readonly PublicCase[] = [...SECTION_1, ...SECTION_2, ...SECTION_3, ...SECTION_4, ...SECTION_5];
