import { expect, test } from 'vitest';
import { hashWithPasted, pastedOfHash } from './address.ts';
import { answerWith, EXAMPLE, present, samplesFor } from './model.ts';

const KEY = EXAMPLE.key;

test('the worked example is the hexadecimal digest, and both ways part where it goes into base64', () => {
  const { diagnosis, tone, lanes } = present(EXAMPLE);
  expect(diagnosis.findings.map(({ name }) => name)).toEqual(['hex-digest']);
  expect(tone).toBe('danger');
  expect(lanes.map(({ name, same }) => [name, same])).toEqual([
    ['text to hash', true],
    ['hash', true],
    ['input to base64', false],
    ['answer', false],
  ]);
});

test('a right answer is told in the tone of one, and has no second way', () => {
  const { diagnosis, tone, lanes } = present({ key: KEY, answer: samplesFor(KEY)[0]?.answer ?? '' });
  expect([diagnosis.verdict, tone, lanes]).toEqual(['right', 'ok', []]);
});

test('a lane marks only what differs, and writes out what does not show', () => {
  const [hashed] = present({ key: KEY, answer: answerWith('key-with-cr', KEY) }).lanes;
  expect(hashed?.gone).toMatchObject({ before: KEY, differs: '\\r', byteLength: 61 });
  expect(hashed?.gone.after).toBe('258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
  expect(hashed?.right.differs).toBe('');
});

test('of an answer to another key, what was excluded is listed', () => {
  const { diagnosis, excluded } = present({ key: KEY, answer: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' });
  expect(diagnosis.verdict).toBe('unknown');
  expect(excluded).toContain('The server hashed with MD5, not with SHA-1');
  expect(present(EXAMPLE).excluded).toEqual([]);
});

test('where the hash goes into base64 as it is, it is shown once', () => {
  const { lanes } = present({ key: KEY, answer: answerWith('no-guid', KEY) });
  expect(lanes.map(({ name }) => name)).toEqual(['text to hash', 'hash', 'answer']);
});

test('every sample is diagnosed as what it says', () => {
  for (const { name, answer } of samplesFor(KEY).slice(1)) {
    expect(present({ key: KEY, answer }).diagnosis.findings.map((finding) => finding.name)).toEqual([name]);
  }
});

test('so is every sample where one is an empty answer, which is pasted as a line without a value', () => {
  // The hash of this key begins with 00: cut at its first zero byte, nothing is left of it.
  const key = 'BT4G0/MHkPr4Aee+dQBNGQ==';
  for (const { name, answer } of samplesFor(key).slice(1)) {
    expect(present({ key, answer }).diagnosis.findings.map((finding) => finding.name)).toEqual([name]);
  }
  const { answer } = samplesFor(key).find(({ name }) => name === 'digest-cut-at-zero') ?? {};
  expect(answer).toBe('Sec-WebSocket-Accept:');
  expect(present({ key, answer: answer ?? '' }).lanes.map(({ name, gone }) => [name, gone.byteLength])).toEqual([
    ['text to hash', 60],
    ['hash', 20],
    ['input to base64', 0],
    ['answer', 0],
  ]);
});

test('an empty box asks for the answer; a line without a value is told what is likely', () => {
  expect(present({ key: KEY, answer: '' })).toMatchObject({ tone: 'info', lanes: [] });
  const { diagnosis, tone } = present({ key: KEY, answer: 'Sec-WebSocket-Accept: ' });
  expect([tone, diagnosis.sentence]).toEqual(['danger', 'The answer is empty.']);
});

test('a mistake that changes nothing cannot be made', () => {
  expect(() => answerWith('no-such-mistake', KEY)).toThrow('no-such-mistake');
});

test('what is pasted goes through the address and comes back, its plus signs and line feeds too', () => {
  for (const answer of ['s3pPLMBiTxaQ9kYGzzhZRbK+xOo=', 'a b\n', '']) {
    expect(pastedOfHash(hashWithPasted('#the-answer', { key: KEY, answer }))).toEqual({ key: KEY, answer });
  }
});

test('an address typed by hand keeps its plus signs; one without an answer is not ours', () => {
  expect(pastedOfHash('#key=a+b==&accept=c+d=')).toEqual({ key: 'a+b==', answer: 'c+d=' });
  expect(pastedOfHash('#key=abc')).toBeUndefined();
  expect(pastedOfHash('#the-answer')).toBeUndefined();
});

test('what else the address holds stays in it', () => {
  expect(hashWithPasted('#check=1', { key: 'k', answer: 'a' })).toBe('#check=1&key=k&accept=a');
});
