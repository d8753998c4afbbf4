import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { constants, createDeflateRaw, createInflateRaw, type DeflateRaw, type InflateRaw } from 'node:zlib';

/*
 * Measures what compression costs in memory for each connection that keeps its context: a compressor and a decompressor of
 * Node's zlib, after enough messages to fill the window. `node bench/deflate-memory.ts` prints the table of the chapter on
 * compression. Each figure is measured in a process of its own.
 */

interface Settings {
  readonly windowBits: number;
  readonly memLevel: number;
}

const ROWS: readonly Settings[] = [
  { windowBits: 15, memLevel: 8 },
  { windowBits: 12, memLevel: 5 },
  { windowBits: 10, memLevel: 3 },
];
const CONNECTIONS = 500;
const MESSAGES = 40;
const MESSAGE = Buffer.from(
  JSON.stringify(Array.from({ length: 28 }, (_, i) => ({ id: i, symbol: 'ACME', price: i * 7919 }))),
);

type Half = 'deflate' | 'inflate';

/** @returns bytes for each stream, by what the process takes */
async function measure(half: Half, settings: Settings): Promise<number> {
  const packed = half === 'inflate' ? await outputOf(createDeflateRaw(settings), MESSAGE) : MESSAGE;
  const create = () => (half === 'deflate' ? createDeflateRaw(settings) : createInflateRaw(settings));
  const kept: unknown[] = [];
  const add = async () => {
    const stream = create();
    kept.push(stream);
    for (let i = 0; i < MESSAGES; i++) await outputOf(stream, packed);
  };
  // The first ones make room that later ones share.
  for (let i = 0; i < 50; i++) await add();
  const before = process.memoryUsage().rss;
  for (let i = 0; i < CONNECTIONS; i++) await add();
  return (process.memoryUsage().rss - before) / (kept.length - 50);
}

async function outputOf(stream: DeflateRaw | InflateRaw, input: Buffer): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const take = (piece: Buffer): void => void pieces.push(piece);
  stream.on('data', take);
  stream.write(input);
  await new Promise<void>((done) => stream.flush(constants.Z_SYNC_FLUSH, done));
  stream.off('data', take);
  return Buffer.concat(pieces);
}

const [half, windowBits, memLevel] = process.argv.slice(2);
if (half === 'deflate' || half === 'inflate') {
  console.log(await measure(half, { windowBits: Number(windowBits), memLevel: Number(memLevel) }));
} else {
  console.log(
    `Node ${process.version}, ${CONNECTIONS} connections, ${MESSAGES} messages of ${MESSAGE.length} bytes each`,
  );
  for (const settings of ROWS) {
    const apart = (which: Half) => {
      const args = [fileURLToPath(import.meta.url), which, String(settings.windowBits), String(settings.memLevel)];
      return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    };
    const [packing, unpacking] = [apart('deflate'), apart('inflate')];
    const kib = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;
    const all = `${(((packing + unpacking) * 10_000) / 2 ** 30).toFixed(2)} GiB for 10,000 connections`;
    const name = `window ${2 ** settings.windowBits}, memLevel ${settings.memLevel}`;
    console.log(`${name}: ${kib(packing)} to compress, ${kib(unpacking)} to inflate, ${all}`);
  }
}
