import { BINARY, clean, fragmented, frame, one, type PublicCase, TEXT, times } from './public-case.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const SIZES = [64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB];
const FRAGMENTS = [64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB];
const CHOPS = [64, 128, 256, 512, 1024, 2048];
const EXCHANGED = [0, 16, 64, 256, 1024, 4096];

const KINDS = [
  { opcode: TEXT, pattern: '4241736437266A683233', exchanged: '2A', nth: 0 },
  { opcode: BINARY, pattern: '00FE23FAF0', exchanged: 'FE', nth: 1 },
];

/** 9: odd groups are text, even ones binary. */
const SECTION_9 = KINDS.flatMap(({ opcode, pattern, exchanged, nth }) => [
  ...SIZES.map((byteLength, i) => {
    const payload = times(pattern, byteLength);
    return one(`9.${nth + 1}.${i + 1}`, [frame(opcode, payload)], clean([opcode, payload]));
  }),
  ...FRAGMENTS.map((size, i) => {
    const payload = times(opcode === BINARY && i === 0 ? 'FE' : '2A', 4 * MIB);
    return one(`9.${nth + 3}.${i + 1}`, fragmented(opcode, payload, size), clean([opcode, payload]));
  }),
  ...CHOPS.map((cut, i) => {
    const payload = times(pattern, MIB);
    return one(`9.${nth + 5}.${i + 1}`, [frame(opcode, payload)], clean([opcode, payload]), { cut });
  }),
  ...EXCHANGED.map((byteLength, i) => {
    const payload = times(exchanged, byteLength);
    return one(`9.${nth + 7}.${i + 1}`, [frame(opcode, payload)], clean([opcode, payload]), { times: 1000 });
  }),
]);

const AUTO = times('2A', 65_536);

/** Sections 9 and 10 of the public suite. */
export const VOLUME: readonly PublicCase[] = [
  ...SECTION_9,
  one('10.1.1', fragmented(TEXT, AUTO, 1300), clean([TEXT, AUTO])),
];
