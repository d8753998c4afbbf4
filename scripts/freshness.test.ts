import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { needsBuild, noteBuild } from './freshness.ts';

const BEFORE = new Date(1_000_000);
const BUILD = new Date(2_000_000);
const AFTER = new Date(3_000_000);

let folder: string;
let root: URL;
const put = (file: string, at = BEFORE) => {
  writeFileSync(join(folder, file), '');
  utimesSync(join(folder, file), at, at);
};
const touch = (file: string, at: Date) => utimesSync(join(folder, file), at, at);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'framelight-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  root = pathToFileURL(`${folder}/`);
  for (const inner of ['dist', 'src', 'src/pages', 'content', 'public']) mkdirSync(join(folder, inner));
  for (const file of ['src/pages/index.astro', 'astro.config.mjs', 'package-lock.json']) put(file);
  for (const inner of ['src', 'src/pages', 'content', 'public']) touch(inner, BEFORE);
});

describe('the site', () => {
  test('that was never built needs a build, even where dist/ is there', () => {
    expect(needsBuild(root)).toBe(true);
  });

  test('that was built needs none', () => {
    noteBuild(root, BUILD);
    expect(needsBuild(root)).toBe(false);
  });

  test.each(['src/pages/index.astro', 'astro.config.mjs', 'package-lock.json', 'src/pages', 'public'])(
    'needs one when %s has changed since the build began',
    (file) => {
      noteBuild(root, BUILD);
      touch(file, AFTER);
      expect(needsBuild(root)).toBe(true);
    },
  );

  test('needs none for a file that it is not made from', () => {
    noteBuild(root, BUILD);
    put('README.md', AFTER);
    expect(needsBuild(root)).toBe(false);
  });
});
