import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { refuseUnknown } from '../server/commands/parse.ts';
import { runProgram } from '../server/commands/run-program.ts';
import { endingOfRecorded } from '../src/inspector/endings/replay.ts';
import { startRecorder } from './endings/recorder.ts';
import { SCENARIOS, type Scenario } from './endings/scenarios.ts';

const HELP = `node scripts/record-endings.ts [NAME …]

Lets real programs end connections, and records the bytes and the ends of TCP into content/recordings/endings. nginx and
HAProxy must be installed: NGINX_PROGRAM and HAPROXY_PROGRAM name their programs. Give names to record only those.`;

const DIRECTORY = new URL('../content/recordings/endings/', import.meta.url);
/** Longer than the longest idle timeout of a scenario. */
const MAX_SCENARIO_MS = 75_000;

async function record({ name, programs, cause, start }: Scenario): Promise<void> {
  const scene = await start();
  const recorder = await startRecorder(scene.targetPort);
  const late = new AbortController();
  await Promise.race([
    Promise.all([scene.play(recorder.port), recorder.ended]),
    wait(MAX_SCENARIO_MS, undefined, { signal: late.signal }).catch(() => {}),
  ]);
  late.abort();
  recorder.close();
  scene.stop();
  const recorded = { programs, cause, events: recorder.events };
  const lines = recorder.events.map((event) => `\n  ${JSON.stringify(event)}`).join(',');
  const head = `"programs": ${JSON.stringify(programs)},\n"cause": ${JSON.stringify(cause)}`;
  await writeFile(new URL(`${name}.json`, DIRECTORY), `{\n${head},\n"events": [${lines}\n]\n}\n`);
  const told = endingOfRecorded(recorded);
  console.log(`${told.cause === cause ? 'ok  ' : 'NOT '} ${name}: ${told.cause}: ${told.sentence}`);
}

/** @returns the exit status */
async function recordEndings(names: readonly string[]): Promise<number> {
  refuseUnknown(
    'scenario',
    names,
    SCENARIOS.map(({ name }) => name),
  );
  await mkdir(DIRECTORY, { recursive: true });
  for (const scenario of SCENARIOS) {
    if (names.length === 0 || names.includes(scenario.name)) await record(scenario);
  }
  return 0;
}

await runProgram({ help: HELP, options: {}, run: ({ positionals }) => recordEndings(positionals) });
