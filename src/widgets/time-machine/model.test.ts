import { describe, expect, test } from 'vitest';
import { bytesOfHex } from '../../bytes/hex.ts';
import { HixieReader } from '../../drafts/hixie-frames.ts';
import { HpackDecoder } from '../../inspector/formats/captures/http2/hpack.ts';
import { decodeFrames } from '../../inspector/frame/decode-stream.ts';
import { decodeText } from '../../text/utf8.ts';
import { createEras } from './eras.ts';
import { bytesOfHello, bytesOfOpening, eraNamed, type WireStep } from './model.ts';

const ERAS = createEras();
const era = (id: string) => ERAS[eraNamed(ERAS, id) ?? -1] ?? expect.unreachable();
const bytesOf = ({ parts }: WireStep) =>
  bytesOfHex(parts.flatMap(({ shown, isText }) => (isText ? [] : [shown.replaceAll(' ', '')])).join(''));
const hellos = (id: string) => era(id).steps.filter(({ title }) => title.includes('Hello'));

test('the parts of a step are all of its bytes: the lines of a head with their CR LF, and the empty line', () => {
  for (const { steps } of ERAS) {
    for (const step of steps) {
      const lines = step.parts.filter(({ isText }) => isText);
      const head = lines.length === 0 ? 0 : lines.reduce((sum, { shown }) => sum + shown.length + 2, 2);
      expect(head + bytesOf(step).length, step.title).toBe(step.byteLength);
    }
  }
});

test('every version says Hello both ways, and says what every part is', () => {
  expect(ERAS.map(({ id }) => id)).toEqual(['hixie-75', 'hixie-76', 'hybi-10', 'rfc-6455', 'http-2', 'http-3']);
  for (const { id, steps } of ERAS) {
    expect(hellos(id).map(({ from }) => from)).toEqual(['client', 'server']);
    for (const { parts } of steps) for (const { isText, meaning } of parts) expect(isText || meaning !== '').toBe(true);
  }
});

describe('what the figure says of sizes', () => {
  test.each([
    ['hixie-75', 14],
    ['hixie-76', 14],
    ['hybi-10', 18],
    ['rfc-6455', 18],
    ['http-2', 36],
    ['http-3', 22],
  ])('%s: %i bytes for Hello', (id, length) => {
    expect(bytesOfHello(era(id))).toBe(length);
  });

  test('HTTP/2 opens with far fewer bytes than the RFC, and HTTP/3 with fewer yet', () => {
    expect(bytesOfOpening(era('http-2'))).toBeLessThan(bytesOfOpening(era('rfc-6455')) / 2);
    expect(bytesOfOpening(era('http-3'))).toBeLessThan(bytesOfOpening(era('http-2')));
  });
});

test('decoders read Hello out of the bytes that are shown', () => {
  for (const id of ['hixie-75', 'hixie-76']) {
    for (const step of hellos(id)) {
      const [event] = new HixieReader(100, true).push(bytesOf(step));
      expect(event?.type === 'text' && decodeText(event.payload)).toBe('Hello');
    }
  }
  for (const [id, frameHead] of [
    ['hybi-10', 0],
    ['rfc-6455', 0],
    ['http-2', 9],
    ['http-3', 2],
  ] as const) {
    for (const step of hellos(id)) {
      const { frames } = decodeFrames(bytesOf(step).slice(frameHead), step.from);
      expect(frames.map(({ dump }) => [dump.payload.text, dump.violations])).toEqual([['Hello', []]]);
    }
  }
});

test('a decoder of HPACK reads the fields that are shown beside their bytes', () => {
  const [request, response] = era('http-2').steps;
  for (const step of [request, response]) {
    const fields = new HpackDecoder().decode(bytesOf(step ?? expect.unreachable()).slice(9));
    const said = step?.parts.slice(1).map(({ meaning }) => meaning.replace(/, .* from a table.*/, ''));
    expect(fields?.map(([name, value]) => `${name}: ${value}`)).toEqual(said);
  }
});

test('an address names a version', () => {
  expect(eraNamed(ERAS, 'http-3')).toBe(5);
  expect(eraNamed(ERAS, 'http-4')).toBeUndefined();
  expect(eraNamed(ERAS, null)).toBeUndefined();
});
