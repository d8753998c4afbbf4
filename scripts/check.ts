import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// Types, lint, format and boundaries: what `npm run check` does. Every step runs, so that one run tells all.

const TYPE_CHECKER = 'node_modules/@typescript/native/bin/tsc';
/** Each layer is checked with what it may see; the pages, and the components in them, by Astro. */
const LAYERS = ['src/protocol', 'src/inspector', 'src/conformance', 'server', 'tests'];

const STEPS: readonly (readonly [command: string, ...args: string[]])[] = [
  ['astro', 'check', '--noSync'],
  ...LAYERS.map((layer) => ['node', TYPE_CHECKER, '-p', layer] as const),
  ['biome', 'check'],
  ['vitest', 'run', '--project', 'across', 'tests/boundaries.test.ts'],
];

const root = fileURLToPath(new URL('../', import.meta.url));
const run = (command: string, args: readonly string[]) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;

// Types that Astro writes, such as those of the chapters, are there only after this.
run('astro', ['sync']);
const failed = STEPS.filter(([command, ...args]) => !run(command, args)).map((step) => step.join(' '));
for (const step of failed) console.error(`failed: ${step}`);
process.exitCode = failed.length === 0 ? 0 : 1;
