import { mkdir, writeFile } from 'node:fs/promises';
import { refuseUnknown } from '../server/commands/parse.ts';
import { runProgram } from '../server/commands/run-program.ts';
import { Patience } from '../server/conformance/patience.ts';
import { type CaseResult, runCase } from '../server/conformance/run-case.ts';
import { runSuite } from '../server/conformance/run-suite.ts';
import { parseServerUrl } from '../server/conformance/target.ts';
import { formatHex } from '../src/bytes/hex.ts';
import { formatPeerRecording, type PeerRecording } from '../src/components/conformance/peer-recording.ts';
import { conformanceCases } from '../src/conformance/index.ts';
import { parseResponseHead } from '../src/protocol/index.ts';
import { commandsOf, PEERS, type Peer } from './peers/peers.ts';
import { lineOf, withPeer } from './peers/run-peer.ts';

const HELP = `npm run record-peers -- [PEER …]

Runs the conformance suite against other servers and writes the results to content/recordings/peers. The servers must be
installed, see scripts/peers/peers.ts. Give names, such as ws, to run only those.`;

/** Long waits: no case may fail because a machine or a server is slow. */
const ANSWER_MS = 12_000;
const HEAVY_MS = 90_000;
const CONCURRENCY = 4;
const SHOWN_SENT_BYTES = 64;
const SHOWN_RECEIVED_BYTES = 160;

const DIRECTORY = new URL('../content/recordings/peers/', import.meta.url);

/** @returns the exit status */
async function recordPeers(names: readonly string[]): Promise<number> {
  refuseUnknown(
    'peer',
    names,
    PEERS.map(({ id }) => id),
  );
  await mkdir(DIRECTORY, { recursive: true });
  for (const peer of PEERS) {
    if (names.length > 0 && !names.includes(peer.id)) continue;
    const recording = await record(peer);
    await writeFile(new URL(`${peer.id}.json`, DIRECTORY), formatPeerRecording(recording));
    console.log(`${peer.id} ${recording.version}: ${recording.failed.length} failed`);
  }
  return 0;
}

async function record(peer: Peer): Promise<PeerRecording> {
  const results = await withPeer(peer, (url) => resultsOf(url));
  const version = lineOf(peer.version);
  return {
    id: peer.id,
    order: PEERS.indexOf(peer),
    name: peer.name,
    // A version of Debian can begin with an epoch: 1:4.1.48.
    version: /^(?:\d+:)?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? version,
    package: `${peer.package} ${version}`,
    runtime: runtimeOf(peer),
    recordedOn: new Date().toISOString().slice(0, 10),
    program: peer.program,
    commands: commandsOf(peer),
    sections: sectionsOf(results),
    allowed: [...Map.groupBy(having(results, 'allowed'), ({ finding }) => finding)].map(([finding, cases]) => ({
      finding,
      ids: cases.map(({ id }) => id),
    })),
    failed: having(results, 'failed').map(shorten),
  };
}

/** Runs each failed case a second time on its own: only a case that fails again counts as failed. */
async function resultsOf(url: string): Promise<CaseResult[]> {
  const target = parseServerUrl(url);
  const patience = () => new Patience(ANSWER_MS, HEAVY_MS);
  const { results, end } = await runSuite(target, { concurrency: CONCURRENCY, patience: patience() });
  if (end !== 'all') throw new Error(`The run against ${url} did not finish: ${end}.`);
  const cases = conformanceCases();
  const settled: CaseResult[] = [];
  for (const result of results) {
    const given = cases.find(({ id }) => id === result.id);
    if (result.outcome !== 'failed' || given === undefined) settled.push(result);
    else settled.push(await runCase(given, target, { patience: patience() }));
  }
  return settled;
}

function runtimeOf({ runtime }: Peer): string {
  const system = 'Debian 12';
  return runtime === undefined ? system : `${lineOf(runtime).replace(/^v/, 'Node ')}, ${system}`;
}

function having(results: readonly CaseResult[], outcome: CaseResult['outcome']): CaseResult[] {
  return results.filter((result) => result.outcome === outcome);
}

function sectionsOf(results: readonly CaseResult[]): PeerRecording['sections'] {
  return [...Map.groupBy(results, ({ section }) => section)].map(([section, cases]) => ({
    section,
    passed: having(cases, 'passed').length,
    allowed: having(cases, 'allowed').length,
    failed: having(cases, 'failed').length,
  }));
}

/** Keeps what a reader needs. Times below a second say nothing. */
function shorten({ id, finding, cause, sent, cameBack, opened, sentHead, sentBytes, receivedBytes }: CaseResult) {
  const aboutOpening = !opened || /^(?:4|9)\.\d/.test(id);
  const head = parseResponseHead(receivedBytes);
  const frames = head.kind === 'complete' && !aboutOpening ? receivedBytes.subarray(head.byteLength) : receivedBytes;
  return {
    id,
    finding,
    cause,
    sent,
    cameBack: cameBack.replace(/ after \d{1,3} ms$/, ''),
    sentHead: aboutOpening ? sentHead : '',
    sentHex: formatHex(sentBytes.subarray(0, SHOWN_SENT_BYTES)),
    receivedHex: formatHex(frames.subarray(0, aboutOpening ? 4 * SHOWN_RECEIVED_BYTES : SHOWN_RECEIVED_BYTES)),
  };
}

await runProgram({ help: HELP, options: {}, run: ({ positionals }) => recordPeers(positionals) });
