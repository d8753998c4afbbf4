import { writeFile } from 'node:fs/promises';
import { runSuite } from '../server/conformance/run-suite.ts';
import { parseServerUrl } from '../server/conformance/target.ts';
import { reportedCaseOf } from '../server/lab/reported-case.ts';
import { BadServer } from '../tests/conformance-bad-server.ts';
import { FRAME_FAULTS } from '../tests/conformance-frame-faults.ts';
import { CLOSING_FAULTS } from '../tests/conformance-message-faults.ts';

// Runs the cases of RFC 6455 §5.5 against a server with two faults, and writes the results to content/recordings:
//
//   node scripts/record-conformance.ts

const FAULTS = ['answers pings with an empty pong', 'takes any close body'];
/** The address that the page shows: the real port was chosen at random. */
const SHOWN_URL = 'ws://localhost:9001/echo';

const faults = [...FRAME_FAULTS, ...CLOSING_FAULTS].filter(({ name }) => FAULTS.includes(name));
const server = new BadServer(Object.assign({}, ...faults));
const { results, tookMs } = await runSuite(parseServerUrl(await server.listen()), { only: '5.5' });
await server.stop();
const recording = {
  url: SHOWN_URL,
  only: '5.5',
  tookMs: Math.round(tookMs),
  results: results.map((result, place) => reportedCaseOf(result, place)),
};
const file = new URL('../content/recordings/conformance-bad-server.json', import.meta.url);
await writeFile(file, `${JSON.stringify(recording, null, 2)}\n`);
console.log(`${results.length} cases, ${results.filter(({ outcome }) => outcome === 'failed').length} failed`);
