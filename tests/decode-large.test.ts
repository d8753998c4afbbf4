import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../server/main.ts', import.meta.url));
/** So small that a program which keeps a frame's explanation, or the text that it reads, does not come to its end. */
const MAX_HEAP = '--max-old-space-size=48';

/** `framelight decode --json -`, reading these pieces. */
function decode(pieces: Iterable<string>) {
  const child = spawn(process.execPath, [MAX_HEAP, MAIN, 'decode', '--json', '-']);
  onTestFinished(() => void child.kill('SIGKILL'));
  // A program that has seen enough reads no further.
  child.stdin.on('error', () => {});
  Readable.from(pieces, { highWaterMark: 1 }).pipe(child.stdin);
  return { child, err: text(child.stderr), closed: once(child, 'close') };
}

function* repeated(piece: string, times: number, end = ''): Generator<string> {
  for (let i = 0; i < times; i++) yield piece;
  yield end;
}

interface Line {
  readonly offset: number;
  readonly byteLength: number;
}

/** The lines it prints: how many, and the last. */
async function run(pieces: Iterable<string>) {
  const { child, err, closed } = decode(pieces);
  let [count, last] = [0, ''];
  for await (const line of createInterface({ input: child.stdout })) {
    count++;
    last = line;
  }
  await closed;
  const { offset, byteLength } = (last === '' ? {} : JSON.parse(last)) as Partial<Line>;
  return { count, offset, byteLength, err: await err, status: child.exitCode };
}

test('decode prints a hundred thousand frames, and holds a few of them in memory', async () => {
  expect(await run(repeated('8a00'.repeat(1000), 100))).toEqual({
    ...{ count: 100_000, offset: 199_998, byteLength: 2 },
    ...{ err: 'Read as: hex.\n', status: 0 },
  });
});

test('decode reads more hex than fits into its heap as a text', async () => {
  const header = '827f0000000001c9c380';
  const payload = repeated('5a'.repeat(30_000), 1000, '8a00\n');
  expect(await run([header, ...payload])).toEqual({
    ...{ count: 2, offset: 30_000_010, byteLength: 2 },
    ...{ err: 'Read as: hex.\n', status: 0 },
  });
});

test('decode says where a digit is wrong in a long text, and prints nothing else', async () => {
  const { count, err, status } = await run(repeated(`${'8a00'.repeat(1000)}\n`, 2000, '8a0g\n'));
  expect({ count, status }).toEqual({ count: 0, status: 2 });
  expect(err).toMatch(/^Line 2001, character 1: There are 3 digits in a row/);
});

test('decode reads a row of a dump that is longer than a call can have arguments', async () => {
  const frames = ['00000000: ', '82fe', 'ffff', '00000000'];
  expect(await run([...frames, ...repeated('aa', 0xffff), ...repeated('8a00', 100_000)])).toMatchObject({
    ...{ count: 100_001, offset: 0xffff + 8 + 2 * 99_999 },
    ...{ err: 'Read as: rows of a hex dump.\n', status: 0 },
  });
});

test('decode ends when nobody reads what it prints any more', async () => {
  const { child, closed } = decode(repeated('8a00'.repeat(1000), 2000));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  await closed;
  expect(child.signalCode).toBeNull();
});
