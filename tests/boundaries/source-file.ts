import { posix } from 'node:path';
import { parseSync } from 'vite';
import { type FreeName, readFreeNames } from './free-names.ts';

/** One import of a source file, a re-export and an `import()` included. */
export interface Import {
  /** A file as its path from the project's root; a package as it is written. */
  readonly target: string;
  /** It is gone once the types are stripped. */
  readonly typeOnly: boolean;
  /** From 1. */
  readonly line: number;
}

/** What a source file reaches for. */
export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly imports: readonly Import[];
  readonly freeNames: readonly FreeName[];
}

/**
 * Reads what a source file reaches for.
 *
 * @throws Error where the text does not parse: what is not understood must not pass
 */
export function readSourceFile(path: string, text: string): SourceFile {
  const script = scriptOf(path, text);
  const { program, module, errors } = parseSync(path, script, { lang: path.endsWith('.tsx') ? 'tsx' : 'ts' });
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);

  const imports: Import[] = [];
  const lineOf = (offset: number) => script.slice(0, offset).split('\n').length;
  const add = (specifier: string, typeOnly: boolean, offset: number) => {
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
    imports.push({ target, typeOnly, line: lineOf(offset) });
  };
  for (const { moduleRequest, entries, start } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType), start);
  }
  for (const { entries, start } of module.staticExports) {
    const specifier = entries[0]?.moduleRequest?.value;
    if (specifier !== undefined)
      add(
        specifier,
        entries.every(({ isType }) => isType),
        start,
      );
  }
  // Where the specifier is computed, its expression stands for it: no list of what is allowed has it.
  for (const { moduleRequest, start } of module.dynamicImports) {
    add(script.slice(moduleRequest.start, moduleRequest.end).replace(/^(['"])(.*)\1$/, '$2'), false, start);
  }
  const { names, importedTypes } = readFreeNames(program, lineOf);
  for (const { specifier, start } of importedTypes) add(specifier, true, start);
  return { path, imports, freeNames: names };
}

/** The script of a file: of an Astro component what stands between its fences and in its script elements. */
function scriptOf(path: string, text: string): string {
  if (path.endsWith('.mdx')) return (text.match(/^(import|export)\b.*$/gm) ?? []).join('\n');
  if (!path.endsWith('.astro')) return text;
  const [, frontmatter = ''] = /^---\n(.*?)^---$/ms.exec(text) ?? [];
  const scripts = text.matchAll(/<script(?![^>]*\bis:inline\b)[^>]*>(.*?)<\/script>/gs);
  return [frontmatter, ...Array.from(scripts, ([, script = '']) => script)].join('\n');
}
