import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CLIENT_CAUSES } from '../../conformance/clients/client-causes.ts';
import { CLIENT_CASES } from '../../conformance/clients/client-suite.ts';
import { formatClientRecording, readClientRecording } from './client-recording.ts';
import { countOutcomes } from './peer-recording.ts';

const DIRECTORY = new URL('../../../content/recordings/clients/', import.meta.url);
const FILES = readdirSync(DIRECTORY);
const textOf = (file: string) => readFileSync(new URL(file, DIRECTORY), 'utf8');
const IDS = new Set(CLIENT_CASES.map(({ id }) => id));

test.each(FILES)('%s names cases and causes of the suite, and its counts are right', (file) => {
  const recording = readClientRecording(textOf(file));
  const allowed = recording.allowed.flatMap(({ ids }) => ids);
  expect([...allowed, ...recording.failed.map(({ id }) => id)].filter((id) => !IDS.has(id))).toEqual([]);
  expect(recording.failed.filter(({ cause }) => !Object.hasOwn(CLIENT_CAUSES, cause))).toEqual([]);
  expect(countOutcomes(recording)).toMatchObject({ allowed: allowed.length, failed: recording.failed.length });
  expect(formatClientRecording(recording)).toBe(textOf(file));
});

test('all clients ran the same cases', () => {
  const totals = FILES.map((file) => {
    const { passed, allowed, failed } = countOutcomes(readClientRecording(textOf(file)));
    return passed + allowed + failed;
  });
  expect(new Set(totals).size).toBe(1);
});

test('Chromium closes with 1002 on invalid text, as the page says', () => {
  const { failed } = readClientRecording(textOf('chromium.json'));
  const invalid = failed.filter(({ finding }) => finding === 'The client closed with 1002. The right code is 1007.');
  expect(invalid.length).toBeGreaterThan(80);
});

test('our own core fails no case', () => {
  expect(readClientRecording(textOf('framelight.json')).failed).toEqual([]);
});

test('refuses a recording that is damaged', () => {
  expect(() => readClientRecording('{"id":"x"}')).toThrow('Record again');
});
