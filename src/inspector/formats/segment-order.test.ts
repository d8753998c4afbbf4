import { expect, test } from 'vitest';
import { FLAG, packetOf, segmentsOf } from '../../../tests/captures/build-capture.ts';
import { encodeText } from '../../text/utf8.ts';
import { explainPasted } from '../traffic/pasted-traffic.ts';
import { readPasted } from './read-pasted.ts';

const HELLO = Uint8Array.of(0x81, 5, ...encodeText('Hello'));
const MASKED = Uint8Array.of(0x81, 0x85, 0, 0, 0, 0, ...encodeText('world'));
const BYE = Uint8Array.of(0x88, 2, 3, 0xe8);

/** Packets as tcpdump -XX prints them. */
function rowsOf(packets: readonly Uint8Array[]): string {
  return packets
    .map((packet, i) => {
      const rows = [`12:00:0${i % 10}.000000 IP 127.0.0.1.50000 > 127.0.0.1.8080: Flags [P.], length 7`];
      for (let at = 0; at < packet.length; at += 16) {
        const hex = Buffer.from(packet.subarray(at, at + 16))
          .toString('hex')
          .replace(/(.{4})(?=.)/g, '$1 ');
        rows.push(`\t0x${at.toString(16).padStart(4, '0')}:  ${hex}`);
      }
      return rows.join('\n');
    })
    .join('\n');
}

function read(packets: readonly Uint8Array[]) {
  const pasted = readPasted(rowsOf(packets));
  if ('problem' in pasted) throw new Error(pasted.problem.sentence);
  const messages = [...explainPasted(pasted)];
  const frames = messages.flatMap((message) => {
    if (message.type === 'gap') return [`${message.connection} ${message.direction} gap ${message.byteLength}`];
    return message.type === 'frame'
      ? [`${message.connection} ${message.direction} ${message.payload.text ?? message.payload.hex}`]
      : [];
  });
  return { frames, notes: pasted.notes.slice(1), endings: messages.filter(({ type }) => type === 'ending').length };
}

const said = [
  { side: 0, bytes: MASKED },
  { side: 1, bytes: HELLO },
  { side: 1, bytes: BYE },
] as const;
/** Only the packets with bytes, as people filter them. */
const packets = segmentsOf(said)
  .filter(({ payload }) => payload.length > 0)
  .map((segment) => packetOf(segment));
const ALL = ['1 in world', '1 out Hello', '1 out 03e8'];

test('packets in their order are read as they are', () => {
  expect(read(packets)).toEqual({ frames: ALL, notes: [], endings: 1 });
});

test('a packet that was sent again is left out, and that is said', () => {
  const [first, second, third] = packets as [Uint8Array, Uint8Array, Uint8Array];
  expect(read([first, second, second, third, first])).toEqual({
    frames: ALL,
    notes: ['2 packets repeat bytes that were sent before.'],
    endings: 1,
  });
});

test('packets that came too early are put in order, the first one too', () => {
  const [first, second, third] = packets as [Uint8Array, Uint8Array, Uint8Array];
  const { frames, notes } = read([third, first, second]);
  expect(frames).toEqual(['1 in world', '1 out Hello', '1 out 03e8']);
  expect(notes).toEqual(['1 packet came too early and was put in order.']);
});

test('packets that overlap give each byte once, and sequence numbers wrap', () => {
  const sequence = 2 ** 32 - 3;
  const parts = [
    { side: 1, sequence, flags: FLAG.ack, payload: HELLO.subarray(0, 4) },
    { side: 1, sequence: (sequence + 2) >>> 0, flags: FLAG.ack, payload: HELLO.subarray(2) },
    { side: 1, sequence: (sequence + HELLO.length) >>> 0, flags: FLAG.ack, payload: BYE },
  ] as const;
  expect(read(parts.map((part) => packetOf(part))).frames).toEqual(['1 out Hello', '1 out 03e8']);
});

test('a packet that is missing is a gap: no frame is made of what follows it', () => {
  const three = segmentsOf([...said, { side: 1, bytes: HELLO }, { side: 1, bytes: BYE }])
    .filter(({ payload }) => payload.length > 0)
    .map((segment) => packetOf(segment));
  const { frames, notes } = read(three.filter((_, i) => i !== 2));
  expect(frames.slice(0, 3)).toEqual(['1 in world', '1 out Hello', '1 out gap 4']);
  expect(notes).toEqual(['4 bytes between the packets are missing.']);
});

test('two connections are told apart by their ports', () => {
  const other = segmentsOf(said)
    .filter(({ payload }) => payload.length > 0)
    .map((segment) => packetOf(segment, 50_001));
  expect(read(packets.flatMap((packet, i) => [packet, other[i] as Uint8Array])).frames.sort()).toEqual(
    [...ALL, ...ALL.map((line) => line.replace(/^1/, '2'))].sort(),
  );
});
