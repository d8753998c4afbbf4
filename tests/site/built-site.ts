import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BadInput } from '../../server/commands/command.ts';
import { refuseUnknown } from '../../server/commands/parse.ts';
import { type HtmlElement, readElements } from './html-elements.ts';

/** Where the built site lies: dist/, or the folder that FRAMELIGHT_DIST names. */
export const BUILT_SITE = process.env['FRAMELIGHT_DIST'] ?? fileURLToPath(new URL('../../dist/', import.meta.url));

/** A page as it was built. */
export interface BuiltPage {
  /** As in an address: `/chapters/`. */
  readonly path: string;
  readonly html: string;
  readonly elements: readonly HtmlElement[];
}

/**
 * Every page of the built site.
 *
 * @throws Error when the site was not built
 */
export function readBuiltPages(): BuiltPage[] {
  if (!existsSync(join(BUILT_SITE, 'index.html'))) {
    throw new Error(`${BUILT_SITE} holds no site: run "npm run build" first, this test looks at what was built.`);
  }
  return readdirSync(BUILT_SITE, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith('.html'))
    .sort()
    .map((file) => {
      const html = readBuiltFile(`/${file}`).toString('utf8');
      return { path: `/${file.replace(/index\.html$/, '')}`, html, elements: readElements(html) };
    });
}

/**
 * The pages at some paths; all of them where none is given.
 *
 * @throws BadInput when the site was not built, or has no page there
 */
export function builtPagesAt(paths: readonly string[]): BuiltPage[] {
  if (!isBuilt('/index.html')) throw new BadInput(`${BUILT_SITE} holds no site: run "npm run build" first.`);
  const pages = readBuiltPages();
  refuseUnknown(
    'page',
    paths,
    pages.map(({ path }) => path),
  );
  return pages.filter(({ path }) => paths.length === 0 || paths.includes(path));
}

/** @param path as in an address */
export function isBuilt(path: string): boolean {
  return existsSync(join(BUILT_SITE, path));
}

/** @param path as in an address */
export function readBuiltFile(path: string): Buffer {
  return readFileSync(join(BUILT_SITE, path));
}
