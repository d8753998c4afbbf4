// Runs one of the project's programs: `node scripts/run.mjs server/main.ts serve`.
// No `await` out here: an old Node would not get as far as the check.
import './check-node.mjs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [node, , program, ...args] = process.argv;
process.argv = [node, program, ...args];

import('node:module')
  .then(({ enableCompileCache }) => {
    // Node strips the types from each module once, not at every start: that is half of the time, and of the memory.
    enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/framelight', import.meta.url)));
    return import(pathToFileURL(program).href);
  })
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
