// Runs one of the project's programs: `node scripts/run.mjs server/main.ts serve`.
// No `await` at the top level: an old Node would fail before the check.
import './check-node.mjs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [node, , program, ...args] = process.argv;
process.argv = [node, program, ...args];

import('node:module')
  .then(({ enableCompileCache }) => {
    // With the cache, Node strips the types of each module only once. That halves the time and memory of a start.
    enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/framelight', import.meta.url)));
    return import(pathToFileURL(program).href);
  })
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
