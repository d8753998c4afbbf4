import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conformanceCases } from '../../conformance/suite.ts';
import { countOutcomes, formatPeerRecording, readPeerRecording } from './peer-recording.ts';

const DIRECTORY = new URL('../../../content/recordings/peers/', import.meta.url);
const files = globSync('*.json', { cwd: DIRECTORY }).sort();
const read = (file: string) => readFileSync(new URL(file, DIRECTORY), 'utf8');
const CASES = new Map(conformanceCases().map((each) => [each.id, each]));

describe.each(files)('%s', (file) => {
  const recording = readPeerRecording(read(file));

  test('is written as the script writes it', () => {
    expect(formatPeerRecording(recording)).toBe(read(file));
  });

  test('is of the present suite', () => {
    const named = [...recording.failed.map(({ id }) => id), ...recording.allowed.flatMap(({ ids }) => ids)];
    expect(named.filter((id) => !CASES.has(id))).toEqual([]);
    const { passed, allowed, failed } = countOutcomes(recording);
    expect(passed + allowed + failed).toBe(CASES.size);
  });

  test('names a program that exists', () => {
    expect(readFileSync(new URL(`../../../${recording.program}`, import.meta.url), 'utf8').length).toBeGreaterThan(100);
  });
});

test('our own server passes every case', () => {
  expect(countOutcomes(readPeerRecording(read('framelight.json')))).toEqual({
    passed: CASES.size,
    allowed: 0,
    failed: 0,
  });
});

describe('something that is not a recording', () => {
  const right = JSON.parse(read('ws.json')) as Record<string, unknown>;

  test.each([
    ['name', { name: 1 }],
    ['order', { order: 'first' }],
    ['commands', { commands: [1] }],
    ['sections', { sections: [{ section: '5.2', passed: 1 }] }],
    ['allowed', { allowed: [{ finding: 'x' }] }],
    ['failed', { failed: [{ id: 'x' }] }],
    ['failed', { failed: [{ ...(right['failed'] as object[])[0], sentHex: 'xy' }] }],
  ])('is rejected: no valid %s', (name, change) => {
    expect(() => readPeerRecording(JSON.stringify({ ...right, ...change }))).toThrow(`no valid "${name}"`);
  });

  test('is rejected: counts that do not match the cases', () => {
    expect(() => readPeerRecording(JSON.stringify({ ...right, failed: [] }))).toThrow(
      'counts and lists different numbers',
    );
  });
});
