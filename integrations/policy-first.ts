import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const POLICY = /<meta http-equiv="content-security-policy"[^>]*>/;
const CHARSET = '<meta charset="utf-8">';

/** Moves each page's content security policy to the start of its head. A policy affects only what follows it, and Astro writes it last. */
export default function policyFirst(): AstroIntegration {
  return {
    name: 'policy-first',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const folder = fileURLToPath(dir);
        const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
          file.endsWith('.html'),
        );
        await Promise.all(pages.map((page) => movePolicy(join(folder, page))));
      },
    },
  };
}

async function movePolicy(path: string): Promise<void> {
  const html = await readFile(path, 'utf8');
  const [policy] = POLICY.exec(html) ?? [];
  if (policy === undefined || !html.includes(CHARSET))
    throw new Error(`${path} has no policy, or no charset before it.`);
  await writeFile(path, html.replace(policy, '').replace(CHARSET, CHARSET + policy));
}
