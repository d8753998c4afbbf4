import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const page = process.argv[2];
const html = readFileSync(`dist${page}index.html`, 'utf8');
const seen = new Map<string, number>();
const todo = [...html.matchAll(/\/_astro\/[\w.-]+\.js/g)].map((m) => m[0]);
while (todo.length) {
  const p = todo.pop()!;
  if (seen.has(p)) continue;
  const t = readFileSync(`dist${p}`);
  seen.set(p, brotliCompressSync(t).length);
  for (const m of t.toString().matchAll(/["'`](?:\.\/|\/?_astro\/)([\w.-]+\.js)["'`]/g)) todo.push(`/_astro/${m[1]}`);
}
for (const [p, n] of [...seen].sort((a, b) => b[1] - a[1])) console.log(n, p);
