import { constants, createDeflateRaw, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryCuts, bytesOf, cutAt } from '../../../tests/bytes.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../text/utf8.ts';
import { DirectionInflater, type InflatedMessage } from './direction-inflater.ts';
import { describeBlock, describeCodes, describeInflated, dumpInflated } from './inflated-dump.ts';

const AGREEMENT = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: undefined,
  clientMaxWindowBits: undefined,
};

/** Compresses messages as a peer does that keeps its window. */
async function packAll(messages: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const stream = createDeflateRaw();
  const packed: Uint8Array[] = [];
  for (const message of messages) {
    const pieces: Buffer[] = [];
    const take = (piece: Buffer): void => void pieces.push(piece);
    stream.on('data', take);
    if (message.length > 0) stream.write(message);
    await new Promise<void>((done) => stream.flush(constants.Z_SYNC_FLUSH, done));
    stream.off('data', take);
    // zlib has nothing to flush for an empty message. RFC 7692 §7.2.3.6: its sender then sends one byte.
    const flushed = pieces.length === 0 ? bytesOf('000000ffff') : new Uint8Array(Buffer.concat(pieces));
    packed.push(flushed.slice(0, -4));
  }
  return packed;
}

const whole = (payload: Uint8Array, rsv1 = true) => ({
  opcode: OPCODE.text,
  fin: true,
  rsv1,
  begins: true,
  ends: true,
  payload,
});
const textOf = (message: InflatedMessage | undefined) => message && dumpInflated(message).text;
const MESSAGES = ['{"price":101,"symbol":"ACME"}', '{"price":102,"symbol":"ACME"}', '{"price":103,"symbol":"ACME"}'];

describe('a direction whose sender keeps its window', () => {
  test('messages come out as they went in, plain ones between them, fragments and control frames too', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.constantFrom(...MESSAGES, '', 'a', 'ü'.repeat(300)), { minLength: 1, maxLength: 6 }),
      arbitraryCuts,
      async (texts, cuts) => {
        const packed = await packAll(texts.map(encodeText));
        const inflater = new DirectionInflater('client', AGREEMENT, true);
        for (const [i, payload] of packed.entries()) {
          expect(inflater.take(whole(encodeText('plain'), false))).toBeUndefined();
          const pieces = cutAt(payload, cuts);
          let last: InflatedMessage | undefined;
          for (const [k, piece] of pieces.entries()) {
            inflater.take({ ...whole(bytesOf('00')), opcode: OPCODE.ping, rsv1: false });
            last = inflater.take({
              opcode: k === 0 ? OPCODE.text : OPCODE.continuation,
              fin: k === pieces.length - 1,
              rsv1: k === 0,
              begins: true,
              ends: true,
              payload: piece,
            });
          }
          expect(textOf(last)).toBe(texts[i]);
          expect(last?.packedBytes).toBe(payload.length);
        }
      },
    );
    await fc.assert(property, { numRuns: 50 });
  });

  test('the window is empty, then known', async () => {
    const packed = await packAll(MESSAGES.map(encodeText));
    const inflater = new DirectionInflater('server', AGREEMENT, true);
    expect(packed.map((payload) => inflater.take(whole(payload))?.window)).toEqual(['empty', 'known', 'known']);
  });

  test('after a message that was not seen, bytes that it copies are unknown, and the others are right', async () => {
    const [, second = bytesOf(''), third = bytesOf('')] = await packAll(MESSAGES.map(encodeText));
    const inflater = new DirectionInflater('client', AGREEMENT, false);
    const dumps = [second, third]
      .map((payload) => inflater.take(whole(payload)))
      .map((message) => message && dumpInflated(message));
    for (const [i, dump] of dumps.entries()) {
      expect(dump).toMatchObject({ window: 'unknown', byteLength: 29, ending: 'complete' });
      expect(dump?.unknown.length).toBeGreaterThan(0);
      expect(dump).not.toHaveProperty('text');
      const said = new Uint8Array(Buffer.from(dump?.hex ?? '', 'hex'));
      const sent = encodeText(MESSAGES[i + 1] ?? '');
      const isUnknown = (at: number) => dump?.unknown.some(({ start, end }) => at >= start && at < end) ?? false;
      expect(sent.filter((_, at) => !isUnknown(at))).toEqual(said.filter((_, at) => !isUnknown(at)));
    }
  });

  test('what was sent after the loss is known again when a later message copies it', async () => {
    const fresh = 'zyxwvutsrqponmlk 0123456789';
    const [, second = bytesOf(''), third = bytesOf('')] = await packAll(['lost', fresh, fresh].map(encodeText));
    const inflater = new DirectionInflater('client', AGREEMENT, false);
    inflater.take(whole(second));
    const last = inflater.take(whole(third));
    expect(last).toMatchObject({ window: 'unknown', unknown: [] });
    expect(textOf(last)).toBe(fresh);
  });

  test('a message that was passed over leaves the window unknown', async () => {
    const [first = bytesOf(''), second = bytesOf('')] = await packAll(MESSAGES.map(encodeText));
    const inflater = new DirectionInflater('client', AGREEMENT, true);
    expect(inflater.take(whole(first), false)).toBeUndefined();
    expect(inflater.take(whole(second))?.window).toBe('unknown');
  });
});

test('a sender that forgets its window leaves it empty, even if the beginning was not seen', () => {
  const payload = new Uint8Array(deflateRawSync('Hello', { finishFlush: constants.Z_SYNC_FLUSH })).slice(0, -4);
  const inflater = new DirectionInflater('client', { ...AGREEMENT, clientNoContextTakeover: true }, false);
  for (let i = 0; i < 2; i++) expect(inflater.take(whole(payload))).toMatchObject({ window: 'empty' });
  expect(inflater.heldBytes).toBe(0);
});

test('an empty message of one byte, as Chromium sends it', () => {
  const inflated = new DirectionInflater('client', AGREEMENT, true).take(whole(bytesOf('00')));
  expect(inflated && dumpInflated(inflated)).toMatchObject({
    byteLength: 0,
    packedBytes: 1,
    text: '',
    ending: 'complete',
  });
});

describe('limits', () => {
  test('a bomb stops at the limit, and the window is unknown after it', () => {
    const bomb = new Uint8Array(
      deflateRawSync(new Uint8Array(5_000_000), { finishFlush: constants.Z_SYNC_FLUSH }),
    ).slice(0, -4);
    const inflater = new DirectionInflater('client', AGREEMENT, true, { maxOutputBytes: 1000 });
    expect(inflater.take(whole(bomb))).toMatchObject({ ending: 'too long', output: { length: 1000 } });
    expect(inflater.take(whole(bytesOf('f248cdc9c90700')))).toMatchObject({ window: 'unknown' });
    expect(inflater.heldBytes).toBeLessThan(1000);
  });

  test('a compressed payload past the limit is counted, not kept', () => {
    const inflater = new DirectionInflater('client', AGREEMENT, true, { maxPackedBytes: 100 });
    const piece = new Uint8Array(90);
    inflater.take({ ...whole(piece), fin: false });
    for (let i = 0; i < 100; i++) {
      inflater.take({ ...whole(piece), opcode: OPCODE.continuation, rsv1: false, fin: false });
      expect(inflater.heldBytes).toBeLessThan(2000);
    }
    const last = inflater.take({ ...whole(piece), opcode: OPCODE.continuation, rsv1: false });
    expect(last).toMatchObject({ ending: 'too long', packedBytes: 102 * 90, output: { length: 0 } });
  });

  test('the window is never longer than 32,768 bytes', () => {
    const random = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i * 31) >> 3);
    const payload = new Uint8Array(deflateRawSync(random, { finishFlush: constants.Z_SYNC_FLUSH })).slice(0, -4);
    const inflater = new DirectionInflater('client', AGREEMENT, true);
    for (let i = 0; i < 3; i++) inflater.take(whole(payload));
    expect(inflater.heldBytes).toBe(32_768);
  });
});

test('what was saved, in words', () => {
  expect(describeInflated({ byteLength: 100, packedBytes: 40 })).toBe(
    '40 bytes on the wire, 100 bytes decompressed: 60 bytes saved',
  );
  expect(describeInflated({ byteLength: 5, packedBytes: 7 })).toBe(
    '7 bytes on the wire, 5 bytes decompressed: 2 bytes more than without compression',
  );
});

test('blocks and codes, in words', () => {
  const inflated = new DirectionInflater('client', AGREEMENT, true).take(whole(bytesOf('f248cdc9c90700')));
  const { blocks } = inflated === undefined ? expect.fail('nothing was inflated') : dumpInflated(inflated);
  expect(blocks.map(describeBlock)).toEqual([
    'block 1: fixed codes, bits 1 to 50, 5 bytes',
    'block 2: empty, so that what comes before it ends at a byte',
  ]);
  expect(blocks.map(describeCodes)).toEqual(['"H" "e" "l" "l" "o"', '']);
});
