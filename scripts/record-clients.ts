import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { refuseUnknown } from '../server/commands/parse.ts';
import { runProgram } from '../server/commands/run-program.ts';
import { ClientServer } from '../server/conformance/clients/client-server.ts';
import type { CaseResult } from '../server/conformance/run-case.ts';
import {
  type ClientHabits,
  type ClientRecording,
  formatClientRecording,
} from '../src/components/conformance/client-recording.ts';
import { CLIENT_CASES, type ClientCase, type ClientTranscript } from '../src/conformance/index.ts';
import { CLIENTS, type RecordedClient } from './clients/clients.ts';
import { lineOf } from './peers/run-peer.ts';

const HELP = `npm run record-clients -- [CLIENT …]

Runs the suite for clients with other programs and writes the results to content/recordings/clients. The programs must be
installed, see scripts/clients/clients.ts. Give names, such as ws, to run only those.`;

const DIRECTORY = new URL('../content/recordings/clients/', import.meta.url);
const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** A program that has not finished by then is stopped, and not recorded. */
const MAX_RUN_MS = 20 * 60_000;

/** The large messages that are recorded: the others take minutes in a slow client and show the same. */
const RECORDED_LARGE = /^6\.2-large-(text|binary)-(65536|1048576|16777216)$/;
const TEN_PINGS = '5.5.2-ten-pings';
const MEBIBYTE = '6.2-large-binary-1048576';
const MASKS = '5.3-masking-keys';
const MAX_LENGTHS = 10;
const WAIT_MS = 50;
const MAX_WAITS = 600;
const MAX_KEYS = 4;

const [plain] = CLIENT_CASES;
/** No case of the suite: the client closes as soon as the connection is open. */
const CLIENT_CLOSES: ClientCase = {
  ...(plain as ClientCase),
  id: 'client-closes',
  title: 'The client calls close()',
  steps: [],
  expectation: { type: 'closing', received: [], closeCode: 1000, allowedCodes: [1005], leeway: {} },
};
const CASES = CLIENT_CASES.filter(({ heavy, id }) => !heavy || RECORDED_LARGE.test(id));

/** @returns the exit status: 1 if a client was not recorded */
async function recordClients(names: readonly string[]): Promise<number> {
  refuseUnknown(
    'client',
    names,
    CLIENTS.map(({ id }) => id),
  );
  await mkdir(DIRECTORY, { recursive: true });
  let status = 0;
  for (const client of CLIENTS) {
    if (names.length > 0 && !names.includes(client.id)) continue;
    try {
      const recording = await record(client);
      await writeFile(new URL(`${client.id}.json`, DIRECTORY), formatClientRecording(recording));
      console.log(`${client.id} ${recording.version}: ${recording.failed.length} failed`);
    } catch (error) {
      console.error(`${client.id} was not recorded. ${(error as Error).message}`);
      status = 1;
    }
  }
  return status;
}

async function record(client: RecordedClient): Promise<ClientRecording> {
  const version = lineOf(client.version);
  const transcripts = new Map<string, ClientTranscript>();
  const heads = new Map<string, string>();
  const server = new ClientServer({
    cases: [...CASES, CLIENT_CLOSES],
    onResult: (_, result, transcript) => {
      transcripts.set(result.id, transcript);
      heads.set(result.id, headOf(result));
    },
  });
  const port = await server.listen(0, '127.0.0.1');
  try {
    await run(client, `ws://127.0.0.1:${port}`);
    // The program has ended, and with it its connections: the last cases are judged at once.
    const agent = server.agents.get(client.id);
    for (let waits = 0; agent !== undefined && agent.running > 0 && waits < MAX_WAITS; waits++) await pause(WAIT_MS);
    const results = server.agents.get(client.id)?.results(CASES.map(({ id }) => id)) ?? [];
    if (results.length < CASES.length) {
      const missing = CASES.find(({ id }) => !results.some((result) => result.id === id))?.id;
      throw new Error(`Only ${results.length} of ${CASES.length} cases ran; ${missing} did not.`);
    }
    return {
      id: client.id,
      order: CLIENTS.indexOf(client),
      name: client.name,
      // A version of Debian can begin with an epoch.
      version: /^(?:\d+:)?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? version,
      package: `${client.package} ${version}`,
      runtime: [
        ...(client.runtime === undefined ? [] : [lineOf(client.runtime).replace(/^v/, 'Node ')]),
        'Debian 12',
      ].join(', '),
      recordedOn: new Date().toISOString().slice(0, 10),
      program: client.program,
      commands: commandsOf(client),
      sends: habitsOf(transcripts, heads.get(plain?.id ?? '') ?? '', port),
      sections: [...Map.groupBy(results, ({ section }) => section)].map(([section, cases]) => ({
        section,
        passed: having(cases, 'passed').length,
        allowed: having(cases, 'allowed').length,
        failed: having(cases, 'failed').length,
      })),
      allowed: [...Map.groupBy(having(results, 'allowed'), ({ finding }) => finding)].map(([finding, cases]) => ({
        finding,
        ids: cases.map(({ id }) => id),
      })),
      failed: having(results, 'failed').map(({ id, finding, cause, cameBack }) => ({
        ...{ id, finding, cause },
        // Times below a second say nothing.
        cameBack: cameBack.replace(/ after \d{1,3} ms$/, ''),
      })),
    };
  } finally {
    await server.close();
  }
}

function having(results: readonly CaseResult[], outcome: CaseResult['outcome']): CaseResult[] {
  return results.filter((result) => result.outcome === outcome);
}

/** The head of the request, at the start of what came. */
function headOf({ receivedBytes }: CaseResult): string {
  const text = String.fromCharCode(...receivedBytes);
  return text.slice(0, text.indexOf('\r\n\r\n') + 4);
}

function habitsOf(transcripts: ReadonlyMap<string, ClientTranscript>, head: string, port: number): ClientHabits {
  const keys = transcripts.get(MASKS)?.maskingKeys ?? [];
  return {
    request: head.replaceAll(`:${port}`, ':9001'),
    maskingKeys: keys.slice(0, MAX_KEYS).map((key) => key.toString(16).padStart(8, '0')),
    mebibyte: (transcripts.get(MEBIBYTE)?.frameLengths ?? []).slice(0, MAX_LENGTHS),
    pongsForTen: transcripts.get(TEN_PINGS)?.received.length ?? 0,
    closeCode: transcripts.get(CLIENT_CLOSES.id)?.close?.closeCode ?? 0,
  };
}

function commandsOf({ install, start, environment = {} }: RecordedClient): string[] {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value} `);
  return [
    install,
    'npm run -s framelight -- check --client --port 9001',
    `${variables.join('')}${start.join(' ')} ws://127.0.0.1:9001 client`,
  ];
}

async function run(
  { start: [program = '', ...args], environment, id }: RecordedClient,
  address: string,
): Promise<void> {
  const env = { ...process.env, ...environment };
  const running = spawn(program, [...args, address, id], { cwd: ROOT, env, stdio: 'ignore' });
  const timer = setTimeout(() => running.kill(), MAX_RUN_MS);
  const [code] = await once(running, 'exit');
  clearTimeout(timer);
  if (code !== 0) throw new Error(`The program ended with ${code ?? 'a signal'}.`);
}

await runProgram({ help: HELP, options: {}, run: ({ positionals }) => recordClients(positionals) });
