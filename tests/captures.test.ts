import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../src/bytes/join-bytes.ts';
import { EXAMPLE_REQUEST, EXAMPLE_RESPONSE, encodeFrame } from '../src/protocol/index.ts';
import { encodeText } from '../src/text/utf8.ts';
import { type BuiltSegment, packetOf, pcapOf, type Said, segmentsOf } from './captures/build-capture.ts';
import { framesOf, lineOf, listCapture, openCapture, rowsOf } from './captures/open-capture.ts';

const fileOf = (name: string) => new Uint8Array(readFileSync(new URL(`./samples/captures/${name}`, import.meta.url)));
const linesOf = (name: string) => openCapture(fileOf(name)).flatMap((message) => lineOf(message) ?? []);

const FROM_CLIENT = ['in 1 Hello', 'in 10 6862', 'in 2 000102fdfeff'];
const HELLO = [
  'open /chat',
  'in 1 Hello',
  'out 1 Hello from the server',
  'out 9 6862',
  ...FROM_CLIENT.slice(1),
  'out 1 first',
  'out 1 second',
  'out 8 03e8',
  'close 1006',
];

describe('captures of one conversation, in every form', () => {
  test.each([
    'tcpdump-lo-en10mb.pcap',
    'tcpdump-lo-ipv6.pcap',
    'tcpdump-any-sll2.pcap',
    'tcpdump-any-sll.pcap',
    'scapy-null-loopback.pcap',
    'scapy-raw-ip-12.pcap',
    'scapy-bigendian-en10mb.pcap',
    'tshark-lo.pcapng',
    'editcap-secrets-first.pcapng',
  ])('%s', (name) => {
    expect(linesOf(name)).toEqual(HELLO);
  });

  test.each([228, 101, 12])('link type %i has IP at once', (linkType) => {
    const packets = segmentsOf(SCRIPT).map((segment) => packetOf(segment).subarray(14));
    expect(framesOf(openCapture(pcapOf(packets, linkType)))).toHaveLength(FRAMES.length);
  });

  test.each([
    ['0, little-endian', 0, [2, 0, 0, 0]],
    ['108, big-endian', 108, [0, 0, 0, 2]],
  ])('link type %s has an address family first', (_, linkType, family) => {
    const packets = segmentsOf(SCRIPT).map((segment) =>
      joinBytes([new Uint8Array(family), packetOf(segment).subarray(14)]),
    );
    expect(framesOf(openCapture(pcapOf(packets, linkType)))).toHaveLength(FRAMES.length);
  });

  test('VLAN tags, one inside the other', () => {
    const tags = new Uint8Array([0x88, 0xa8, 0, 5, 0x81, 0, 0, 6]);
    const packets = segmentsOf(SCRIPT).map((segment) => {
      const packet = packetOf(segment);
      return joinBytes([packet.subarray(0, 12), tags, packet.subarray(12)]);
    });
    expect(framesOf(openCapture(pcapOf(packets)))).toHaveLength(FRAMES.length);
  });
});

test('two interfaces of different link types, two connections', () => {
  const lines = linesOf('mergecap-two-linktypes.pcapng');
  expect(lines).toEqual([...HELLO, ...HELLO]);
});

test('a missing packet is a gap, and nothing is made of what follows', () => {
  const expected = HELLO.filter((line) => line !== 'out 9 6862');
  expected.splice(5, 0, 'out gap 4');
  expect(linesOf('editcap-gap.pcap')).toEqual(expected);
});

test('a capture that begins in the middle', () => {
  const lines = linesOf('editcap-midstream.pcap');
  expect(lines.filter((line) => line.includes('gap'))).toEqual(['in gap ?', 'out gap ?']);
  expect(lines.filter((line) => !line.includes('gap'))).toEqual(['open ', ...HELLO.slice(1)]);
});

test('a frame that the capture cut is cut, and the next frame is found', () => {
  expect(linesOf('tcpdump-snaplen-256.pcap')).toEqual([
    'open /chat',
    'out 1 before',
    'out gap 414',
    `out 1 ${'k'.repeat(186)} (cut)`,
    'out 1 after the long one',
    'out 8 03e8',
    'close 1006',
  ]);
});

test('fragments of both sides at once stay apart', () => {
  const lines = linesOf('tcpdump-fragments-both-ways.pcap');
  expect(lines.filter((line) => line.startsWith('in'))).toEqual([
    'in 1+ C-one ',
    'in 0+ C-two ',
    'in 0 C-three',
    'in 8 03e8',
  ]);
});

test('compressed messages are inflated, with the context and across fragments', () => {
  const lines = linesOf('tcpdump-deflate-mixed.pcap');
  expect(lines).toContain('in 1 client says again: the quick brown fox');
  expect(lines).toContain('out 0 fragmented: the quick brown fox jumps over the lazy cow');
  expect(lines).toContain('out 1 after the fragments: the lazy dog');
});

test('a WebSocket in an HTTP/2 stream', () => {
  expect(linesOf('tcpdump-h2c-rfc8441.pcap')).toEqual([
    'open /chat',
    expect.stringMatching(/^in fields/),
    expect.stringMatching(/^out fields/),
    'in 1 client on h2',
    'out 1 hello over h2',
    'out 1 a',
    'out 1 b',
    'out 8 03e8',
    'in 8 03e8',
    'close 1000',
  ]);
});

test('TLS 1.3 whose secrets are in the capture', () => {
  const expected = ['open /chat', 'in 1 Hello', 'out 1 Hello over TLS', 'out 8 03e8', 'in 8 03e8', 'close 1000'];
  expect(linesOf('editcap-tls-with-secrets.pcapng')).toEqual(expected);
});

// What follows is built here: the same conversation, in segments that no tool would write.

const MASKING_KEY = 0x37fa213d;
const client = (opcode: number, payload: Uint8Array) => encodeFrame({ opcode, payload, maskingKey: MASKING_KEY });
const server = (opcode: number, payload: Uint8Array) => encodeFrame({ opcode, payload });
const letters = (count: number) => encodeText('abcdefghij'.repeat(Math.ceil(count / 10)).slice(0, count));

const REQUEST = encodeText(EXAMPLE_REQUEST);
const RESPONSE = encodeText(EXAMPLE_RESPONSE);

const FRAMES: readonly Said[] = [
  { side: 0, bytes: client(1, letters(5)) },
  { side: 1, bytes: server(1, letters(300)) },
  { side: 1, bytes: server(9, letters(4)) },
  { side: 0, bytes: client(10, letters(4)) },
  { side: 0, bytes: client(2, letters(70_000)) },
  { side: 1, bytes: server(2, letters(0)) },
  { side: 1, bytes: server(1, letters(126)) },
  { side: 0, bytes: client(8, new Uint8Array([3, 232])) },
  { side: 1, bytes: server(8, new Uint8Array([3, 232])) },
];
const SCRIPT: readonly Said[] = [{ side: 0, bytes: REQUEST }, { side: 1, bytes: RESPONSE }, ...FRAMES];

const directionOf = (side: 0 | 1) => (side === 0 ? 'in' : 'out');
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 65_536)).toString('hex');

/** The true frames of a direction, by offset. */
function truth(side: 0 | 1): Map<number, string> {
  let offset = (side === 0 ? REQUEST : RESPONSE).length;
  const found = new Map<number, string>();
  for (const said of FRAMES) {
    if (said.side !== side) continue;
    found.set(offset, hexOf(said.bytes));
    offset += said.bytes.length;
  }
  return found;
}

const seen = (file: Uint8Array, step?: number) =>
  ([0, 1] as const).map((side) => {
    const frames = framesOf(openCapture(file, '', step)).filter(({ direction }) => direction === directionOf(side));
    return new Map(frames.map(({ offset, hex }) => [offset, hex]));
  });

/** Segments of any length, from sequence numbers that may wrap. */
const arbitrarySegments = fc
  .record({
    initial: fc.tuple(
      fc.constantFrom(0, 1000, 0x7fff_ff00, 0xffff_ff80, 0xffff_0000),
      fc.constantFrom(0, 5, 0x7fff_ffff, 0xffff_fff0),
    ),
    cuts: fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1000, max: 30_000 })), {
      minLength: 1,
      maxLength: 20,
    }),
  })
  .map(({ initial, cuts }) => {
    let i = 0;
    return segmentsOf(SCRIPT, initial, (left) =>
      left > 2000 ? Math.max(1500, cuts[i++ % cuts.length] ?? 1) : (cuts[i++ % cuts.length] ?? 1),
    );
  });

/** Which segments come late, twice, or with some bytes of the next one; and how the file is read. */
const arbitraryDisorder = fc.record({
  late: fc.array(fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 12 })), { maxLength: 6 }),
  twice: fc.array(fc.tuple(fc.nat(500), fc.nat(20)), { maxLength: 6 }),
  step: fc.constantFrom(1, 7, 100, 4096, 1_000_000),
});

const FIRST_OF_DATA = 3;

test('any segments, late, twice and overlapping, give the same frames', () => {
  fc.assert(
    fc.property(arbitrarySegments, arbitraryDisorder, (segments, { late, twice, step }) => {
      const all = [...segments];
      const data = () => all.length - 3 - FIRST_OF_DATA;
      for (const [at, by] of late) {
        const from = FIRST_OF_DATA + (at % data());
        const [moved] = all.splice(from, 1);
        if (moved !== undefined) all.splice(Math.min(from + by, all.length - 3), 0, moved);
      }
      for (const [at, by] of twice) {
        const from = FIRST_OF_DATA + (at % data());
        const again = all[from] as BuiltSegment;
        all.splice(Math.min(from + 1 + by, all.length - 3), 0, again);
      }
      expect(seen(pcapOf(all.map((segment) => packetOf(segment))), step)).toEqual([truth(0), truth(1)]);
    }),
    { numRuns: 40 },
  );
});

test('whatever is lost, no frame is made of what follows it', () => {
  fc.assert(
    fc.property(arbitrarySegments, fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 }), (segments, lost) => {
      const gone = new Set(lost.map((at) => at % segments.length));
      const file = pcapOf(segments.filter((_, i) => !gone.has(i)).map((segment) => packetOf(segment)));
      for (const [side, frames] of seen(file).entries()) {
        const whole = truth(side as 0 | 1);
        const starts = [...whole.keys()];
        for (const [offset, hex] of frames) {
          // Without the SYN or the head nobody can know the true offset: then the bytes must be those of some frame.
          const candidates = whole.has(offset) ? [whole.get(offset) as string] : [...whole.values()];
          expect(
            candidates.some((each) => each.startsWith(hex)),
            `${starts.join()} ${offset}`,
          ).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test.each(readdirSync(new URL('./samples/captures/', import.meta.url)).filter((name) => name.includes('.pcap')))(
  'the fast list of %s has the frames that are explained',
  (name) => {
    const rows = listCapture(fileOf(name));
    expect(rows.toSorted()).toEqual(rowsOf(framesOf(openCapture(fileOf(name)))).toSorted());
    expect(rows.length).toBeGreaterThan(2);
  },
);

test('the fast list has the frames that are explained, whatever is lost', () => {
  fc.assert(
    fc.property(
      arbitrarySegments,
      fc.array(fc.nat(1000), { maxLength: 5 }),
      fc.constantFrom(100, 1_000_000),
      (segments, lost, step) => {
        const gone = new Set(lost.map((at) => at % segments.length));
        const file = pcapOf(segments.filter((_, i) => !gone.has(i)).map((segment) => packetOf(segment)));
        const explained = rowsOf(framesOf(openCapture(file)));
        expect(listCapture(file, step).toSorted()).toEqual(explained.toSorted());
      },
    ),
    { numRuns: 60 },
  );
});

test('a damaged capture never throws', () => {
  const names = [
    'tcpdump-lo-en10mb.pcap',
    'tshark-lo.pcapng',
    'tcpdump-h2c-rfc8441.pcap',
    'editcap-tls-with-secrets.pcapng',
    'tcpdump-deflate-mixed.pcap',
  ];
  const files = names.map(fileOf);
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(8192), fc.nat(255)), { maxLength: 12 }),
      fc.nat(8192),
      fc.constantFrom(13, 100_000),
      (file, changes, length, step) => {
        const damaged = file.slice(0, Math.max(8, file.length - (length % 3 === 0 ? length % file.length : 0)));
        for (const [at, byte] of changes) damaged[4 + (at % (damaged.length - 4))] = byte;
        openCapture(damaged, '', step);
      },
    ),
    { numRuns: 400 },
  );
});

// tshark is right about single frames between two ports. CI installs it.

const hasTshark = (() => {
  try {
    return execFileSync('tshark', ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).length > 0;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasTshark)('frame by frame as tshark reads it (skipped if tshark is not installed)', () => {
  test.each([
    'tcpdump-lo-en10mb.pcap',
    'tcpdump-lo-ipv6.pcap',
    'tcpdump-any-sll.pcap',
    'tcpdump-any-sll2.pcap',
    'tcpdump-tun-raw.pcap',
    'tshark-lo.pcapng',
    'scapy-null-loopback.pcap',
    'editcap-tls-with-secrets.pcapng',
  ])('%s', (name) => {
    const path = new URL(`./samples/captures/${name}`, import.meta.url).pathname;
    const fields = ['opcode', 'fin', 'mask', 'payload_length'].flatMap((field) => ['-e', `websocket.${field}`]);
    const out = execFileSync('tshark', ['-r', path, '-Y', 'websocket', '-T', 'fields', ...fields], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // The frames of one segment stand in one line, with commas.
    const theirs = out
      .trimEnd()
      .split('\n')
      .flatMap((line) => {
        const columns = line.split('\t').map((column) => column.split(','));
        return (columns[0] ?? []).map((_, i) => columns.map((column) => Number(column[i])));
      });
    const ours = framesOf(openCapture(fileOf(name))).map(({ opcode, fin, masked, payloadLength }) => [
      opcode,
      Number(fin),
      Number(masked),
      payloadLength,
    ]);
    expect(ours).toEqual(theirs);
    expect(ours.length).toBeGreaterThan(3);
  });
});
