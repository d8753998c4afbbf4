import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findCircles, graphOfFiles, graphOfFolders } from './boundaries/circles.ts';
import { readSourceFile } from './boundaries/source-file.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const files = globSync('{src,server,bench,scripts,integrations,examples}/**/*.{ts,tsx,astro}', { cwd: ROOT })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => !/\.test\.tsx?$|\.d\.ts$|\/testing\//.test(path))
  .map((path) => readSourceFile(path, readFileSync(`${ROOT}/${path}`, 'utf8')));

describe('no circle', () => {
  test('among files, types included', () => {
    expect(findCircles(graphOfFiles(files))).toEqual([]);
  });

  test('among folders', () => {
    expect(findCircles(graphOfFolders(files))).toEqual([]);
  });

  test('a planted circle is found, of files and of folders', () => {
    const planted = [
      readSourceFile('src/a/one.ts', "import type { Two } from '../b/two.ts';"),
      readSourceFile('src/b/two.ts', "import { three } from './three.ts';"),
      readSourceFile('src/b/three.ts', "import { four } from '../a/four.ts';"),
      readSourceFile('src/a/four.ts', ''),
    ];
    expect(findCircles(graphOfFiles(planted))).toEqual([]);
    expect(findCircles(graphOfFolders(planted))).toEqual([['src/a', 'src/b', 'src/a']]);
    const closed = [...planted.slice(0, 3), readSourceFile('src/a/four.ts', "export * from './one.ts';")];
    expect(findCircles(graphOfFiles(closed))).toHaveLength(1);
  });
});

describe('the map in the README', () => {
  const README = readFileSync(`${ROOT}/README.md`, 'utf8');
  const map = /## The map\n\n```\n([\s\S]*?)```/.exec(README)?.[1] ?? '';
  /** Each folder of the map from the project's root: what is indented lies in the one above it. */
  const mapped: string[] = [];
  const above: string[] = [];
  for (const line of map.split('\n')) {
    const [, indent = '', name] = /^( *)([\w./-]+)\/(?: |$)/.exec(line) ?? [];
    if (name === undefined) continue;
    const depth = indent.length / 2;
    above.length = depth;
    above.push(name);
    mapped.push(above.join('/'));
  }
  const folders = (pattern: string) =>
    globSync(pattern, { cwd: ROOT, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${entry.parentPath.slice(ROOT.length)}/${entry.name}`.split(sep).join('/').replace(/^\//, ''));

  test('names every folder of the core and of the server, and those beside them', () => {
    const real = [
      ...folders('src/*'),
      ...['src/bytes/*', 'src/text/*', 'src/protocol/*', 'src/inspector/*', 'server/*'].flatMap(folders),
    ];
    expect(real.filter((folder) => !mapped.includes(folder))).toEqual([]);
  });

  test('names no folder that is not there', () => {
    const there = new Set(folders('**/*').filter((path) => !path.includes('node_modules')));
    expect(mapped.filter((folder) => !there.has(folder) && !folder.includes('<'))).toEqual([]);
  });
});
