import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The content of every file that must not be served. */
export const SECRET = 'nobody outside may read this';

const SITE = {
  'index.html': '<h1>home</h1>',
  '404.html': '<h1>nowhere</h1>',
  'chapters/index.html': '<h1>chapters</h1>',
  '_astro/page.js': 'export {};',
  '.env': SECRET,
  '.git/config': SECRET,
  '.hidden.html': SECRET,
  'chapters/.hidden': SECRET,
};

const AROUND = {
  'secret.txt': SECRET,
  'index.html': SECRET,
  // A folder whose name starts like that of the site.
  'dist-of-another/secret.txt': SECRET,
};

/** A site, with files around it and in it that must not be served. */
export function makeHostileSite() {
  const folder = mkdtempSync(join(tmpdir(), 'framelight-hostile-'));
  const files = [...Object.entries(AROUND), ...Object.entries(SITE).map(([path, text]) => [`dist/${path}`, text])];
  for (const [path = '', text = ''] of files) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const path = join(folder, 'dist');
  return {
    path,
    url: pathToFileURL(`${path}/`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
