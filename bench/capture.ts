import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCapture } from './capture-file.ts';
import type { Goal, Prepared, Row } from './row.ts';

const FRAMES = 1_000_000;

/** A whole process that lists the frames of a capture. */
interface Lister {
  readonly name: string;
  readonly command: (capture: string) => readonly [string, ...string[]];
}

/** Both print a line for each frame. The path of the program is that of `framelight open`. */
const LISTERS: readonly Lister[] = [
  {
    name: 'framelight',
    command: (capture) => [
      process.execPath,
      '--max-semi-space-size=8',
      'scripts/run.mjs',
      'server/main.ts',
      'open',
      '--list',
      capture,
    ],
  },
  {
    name: 'tshark',
    command: (capture) => {
      const fields = ['frame.number', 'frame.time_relative', 'websocket.opcode', 'websocket.payload_length'];
      return ['tshark', '-r', capture, '-Y', 'websocket', '-T', 'fields', ...fields.flatMap((field) => ['-e', field])];
    },
  },
];

/** Runs a program to its end. @throws Error if it does not print a line for each frame, or GNU time is missing */
function run({ name, command }: Lister, folder: string): { readonly seconds: number; readonly peakKib: number } {
  const [listed, usage] = [join(folder, `${name}.txt`), join(folder, `${name}.usage`)];
  const out = openSync(listed, 'w');
  const args = ['-f', '%e %M', '-o', usage, ...command(join(folder, 'frames.pcapng'))];
  const { error, status } = spawnSync('/usr/bin/time', args, { stdio: ['ignore', out, 'ignore'] });
  closeSync(out);
  if (error !== undefined || status !== 0)
    throw new Error(`${name} did not run (${error?.message ?? `status ${status}`}). It needs tshark and GNU time.`);
  const lines = readFileSync(listed, 'latin1').split('\n').length - 1;
  if (lines !== FRAMES) throw new Error(`${name} lists ${lines} frames of ${FRAMES}`);
  const [seconds = 0, peakKib = 0] = readFileSync(usage, 'latin1').trim().split(' ').map(Number);
  return { seconds, peakKib };
}

function prepare(reading: (used: ReturnType<typeof run>) => number): Prepared {
  const folder = mkdtempSync(join(tmpdir(), 'framelight-bench-'));
  const capture = join(folder, 'frames.pcapng');
  writeCapture(capture, FRAMES);
  if (statSync(capture).size < FRAMES) throw new Error('the capture was not written');
  return {
    sides: LISTERS.map((lister) => ({ name: lister.name, measure: () => reading(run(lister, folder)) })),
    close: () => rmSync(folder, { recursive: true }),
  };
}

const row = (name: string, unit: string, goal: Goal, reading: (used: ReturnType<typeof run>) => number): Row => ({
  group: 'capture',
  name,
  unit,
  goal,
  // A whole process starts anew each time: nothing is to be warmed up.
  warmUp: 0,
  prepare: () => prepare(reading),
});

/** The peer is tshark, which lists the same frames. */
export const CAPTURE_ROWS: readonly Row[] = [
  row('a list of 1,000,000 frames', 'frames/s', { atLeast: 20 }, ({ seconds }) => FRAMES / seconds),
  row('its memory', 'KiB', { atMost: 0.25 }, ({ peakKib }) => peakKib),
];
