import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Of the one long file, in bytes. */
export const LONG_FILE = 8 * 1024 * 1024;

/** A site of one page and one long file. */
export function builtSite(): string {
  const folder = mkdtempSync(join(tmpdir(), 'framelight-site-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // Whoever the server runs as may come as far as here.
  chmodSync(folder, 0o755);
  const site = join(folder, 'dist');
  mkdirSync(site);
  writeFileSync(join(site, 'index.html'), '<h1>home</h1>');
  writeFileSync(join(site, 'long.js'), new Uint8Array(LONG_FILE));
  return site;
}
