import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// `npm run check`: types, lint, format and boundaries. Every step runs, so that one run reports everything.

const TYPE_CHECKER = 'node_modules/@typescript/native/bin/tsc';
/** Each layer is checked with the types that it may use. Astro checks the pages and their components. */
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

// Creates the types that Astro generates, such as those of the chapters.
run('astro', ['sync']);
const failed = STEPS.filter(([command, ...args]) => !run(command, args)).map((step) => step.join(' '));
for (const step of failed) console.error(`failed: ${step}`);
process.exitCode = failed.length === 0 ? 0 : 1;
