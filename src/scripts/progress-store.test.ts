import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clearProgress, formatProgress } from './progress-file.ts';
import {
  isReached,
  isSolved,
  markReached,
  markSolved,
  parseByChapter,
  parseDone,
  readProgress,
  writeDone,
} from './progress-store.ts';

/** The part of the browser's storage that is used, in memory; its items are its keys, as in a browser. */
function fakeStorage(): Record<string, unknown> {
  const methods = {
    getItem: (key: string) => (Object.hasOwn(storage, key) ? storage[key] : null),
    setItem: (key: string, value: string) => Object.assign(storage, { [key]: value }),
    removeItem: (key: string) => delete storage[key],
  };
  const storage: Record<string, unknown> = Object.create(methods);
  return storage;
}

beforeEach(() => void vi.stubGlobal('localStorage', fakeStorage()));
afterEach(() => void vi.unstubAllGlobals());

test('exercises solved are kept, each once, beside the chapters marked', () => {
  writeDone(new Set(['the-frame']));
  markSolved('accept-hash', 'b');
  markSolved('accept-hash', 'a');
  markSolved('accept-hash', 'b');
  expect(isSolved('accept-hash', 'a')).toBe(true);
  expect(isSolved('the-frame', 'a')).toBe(false);
  expect(JSON.parse(formatProgress(readProgress()))).toEqual({
    chaptersDone: ['the-frame'],
    exercisesSolved: { 'accept-hash': ['a', 'b'] },
    goalsReached: {},
  });
});

test('goals reached are kept beside the exercises solved', () => {
  markSolved('masking', 'a');
  markReached('masking', 'xor-figure/plain');
  expect(isReached('masking', 'xor-figure/plain')).toBe(true);
  expect(isReached('masking', 'a')).toBe(false);
  expect(isSolved('masking', 'xor-figure/plain')).toBe(false);
  expect(JSON.parse(formatProgress(readProgress()))).toMatchObject({ goalsReached: { masking: ['xor-figure/plain'] } });
});

test('clearing forgets marks, exercises, goals and drafts, and nothing that is not progress', () => {
  writeDone(new Set(['x']));
  markSolved('x', 'y');
  markReached('x', 'f/z');
  localStorage.setItem('framelight:check:x:y', '{}');
  localStorage.setItem('framelight:theme', 'dark');
  clearProgress();
  expect(Object.keys(localStorage)).toEqual(['framelight:theme']);
  expect(readProgress()).toEqual({ done: new Set(), solved: new Map(), reached: new Map() });
});

test('what is kept in another form counts as nothing', () => {
  expect(parseDone('{"a":1}')).toEqual(new Set());
  expect(parseDone('["a", 1')).toEqual(new Set());
  expect(parseByChapter('["a"]')).toEqual(new Map());
  expect(parseByChapter('{"a":"b","c":["d",1]}')).toEqual(
    new Map([
      ['a', new Set()],
      ['c', new Set(['d'])],
    ]),
  );
});

test('where storage is refused, nothing throws', () => {
  vi.stubGlobal('localStorage', undefined);
  expect(() => markSolved('a', 'b')).not.toThrow();
  expect(() => clearProgress()).not.toThrow();
  expect(isSolved('a', 'b')).toBe(false);
});
