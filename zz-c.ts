import { brotliCompressSync } from 'node:zlib';
import { readBuiltFile, readBuiltPages } from './tests/site/built-site.ts';

const page = readBuiltPages().find((p) => p.path === process.argv[2])!;
const { weighPage } = await import('./tests/site/page-weight.ts');
const seen = new Set<string>();
const skip = ['search', 'pagefind', 'inflate', 'inflate-opened', 'inflated', 'read-endings', 'signals'];
const chapters = process.argv[3]!.split(',');
const isNot = (p: string) => {
  const m = p.split('/').at(-1)!.split('.')[0]!;
  return skip.includes(m) || chapters.includes(m);
};
console.log(
  weighPage(
    page,
    (p) => {
      seen.add(p);
      return readBuiltFile(p);
    },
    isNot,
  ),
);
for (const p of seen) console.log(brotliCompressSync(readBuiltFile(p)).length, p);
