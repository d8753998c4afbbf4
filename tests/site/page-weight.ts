import { posix } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { BuiltPage } from './built-site.ts';

/** What a page makes its reader load, in bytes as they are sent. */
export interface PageWeight {
  /** Script that is loaded before anything is scrolled or touched. */
  readonly scriptAtFirst: number;
  /** Script with every figure of the page in use. */
  readonly scriptInAll: number;
  readonly css: number;
  readonly fonts: number;
}

/** Figures with one of these wait until they are seen, or used. */
const LATE = new Set(['visible', 'media']);

/**
 * Weighs a page.
 *
 * @param read the file at a path
 * @param isElsewhere whether a module that is loaded on demand belongs to another page
 */
export function weighPage(
  { elements }: BuiltPage,
  read: (path: string) => Buffer,
  isElsewhere: (path: string) => boolean,
): PageWeight {
  const modules = new ModuleGraph((path) => read(path).toString('utf8'));
  const scripts = elements.filter(({ name }) => name === 'script');
  const inline = scripts.map(({ text }) => text).join('\n');
  const loaded = scripts.flatMap(({ attributes }) => attributes.get('src') ?? []);
  const islands = elements.filter(({ name }) => name === 'astro-island');
  const urlsOf = (wanted: typeof islands) =>
    wanted.flatMap(({ attributes }) =>
      ['component-url', 'renderer-url', 'before-hydration-url'].flatMap((key) => attributes.get(key) ?? []),
    );
  const early = islands.filter(({ attributes }) => !LATE.has(attributes.get('client') ?? ''));
  const roots = [...loaded, ...modules.importsIn(inline, '/')];
  const first = modules.closure([...roots, ...urlsOf(early)], () => false);
  const all = modules.closure([...roots, ...urlsOf(islands)], (path) => !isElsewhere(path));
  const sheets = elements.flatMap(({ name, attributes }) =>
    name === 'link' && attributes.get('rel') === 'stylesheet' ? (attributes.get('href') ?? []) : [],
  );
  const styles = elements.filter(({ name }) => name === 'style').map(({ text }) => text);
  const fonts = new Set(styles.flatMap((text) => [...text.matchAll(/url\("([^"]+)"\)/g)].map(([, url]) => url ?? '')));
  const sum = (paths: Iterable<string>) => [...paths].reduce((bytes, path) => bytes + compressed(read(path)), 0);
  return {
    scriptAtFirst: sum(first) + compressed(Buffer.from(inline)),
    scriptInAll: sum(all) + compressed(Buffer.from(inline)),
    css: sum(sheets) + compressed(Buffer.from(styles.join('\n'))),
    fonts: [...fonts].reduce((bytes, path) => bytes + read(path).length, 0),
  };
}

function compressed(bytes: Buffer): number {
  if (bytes.length === 0) return 0;
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

const STATIC_IMPORT = /(?:^|[;}\s])(?:import|export)\s*(?:[\w*{][^"'`;]*?from\s*)?["']([^"']+\.js)["']/g;
const DYNAMIC_IMPORT = /\bimport\(\s*["'`]([^"'`]+\.js)["'`]\s*\)/g;

/** Which built modules need which. */
class ModuleGraph {
  readonly #read: (path: string) => string;

  constructor(read: (path: string) => string) {
    this.#read = read;
  }

  importsIn(source: string, folder: string): string[] {
    return [...source.matchAll(STATIC_IMPORT)].map(([, path = '']) => posix.join(folder, path));
  }

  /** The modules that `roots` bring with them, and those loaded on demand where `onDemand` says so. */
  closure(roots: readonly string[], onDemand: (path: string) => boolean): Set<string> {
    const found = new Set<string>();
    const open = [...roots];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (found.has(path)) continue;
      found.add(path);
      const source = this.#read(path);
      const folder = posix.dirname(path);
      open.push(...this.importsIn(source, folder));
      const asked = [...source.matchAll(DYNAMIC_IMPORT)].map(([, target = '']) => posix.join(folder, target));
      open.push(...asked.filter(onDemand));
    }
    return found;
  }
}
