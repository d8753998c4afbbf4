import { compareSides, type SideDifference } from '../../src/inspector/differences/compare-sides.ts';
import { MAX_SIDE_MESSAGES, type SidePair, SidePairs, type Which } from '../../src/inspector/differences/side-pairs.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { decodeText } from '../../src/text/utf8.ts';
import { createLog } from '../log.ts';
import { Player } from '../proxy/player.ts';
import { ProxyServer } from '../proxy/proxy.ts';
import { Recording } from '../proxy/recording.ts';
import { hostAndPort, type ProxyTarget, parseProxyTarget } from '../proxy/target.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { parseArguments, wholeNumber } from './parse.ts';
import { closeOnSignals } from './shutdown.ts';

const OPTIONS = {
  port: { type: 'string' },
  'inner-port': { type: 'string' },
  json: { type: 'boolean' },
} as const;

const DEFAULT_PORT = 8081;
const DEFAULT_INNER_PORT = 8082;
/** One side has ended: how long the other may take before the pair is compared as it is. */
const PATIENCE_MS = 5_000;
const MAX_RECORDING_BYTES = 16 * 1024 * 1024;

/** Stands on both sides of another proxy, and prints what it changes. */
export const sandwich: Command = {
  name: 'sandwich',
  usage: 'PROXY SERVER [options]',
  help: [
    'shows what your own proxy (nginx, Caddy, …) changes. PROXY is its address, SERVER that of the server behind it. Point',
    'your client at --port, and your proxy at --inner-port in place of the server',
    `  --port N              the port for your clients (default: ${DEFAULT_PORT})`,
    `  --inner-port N        the port for your proxy (default: ${DEFAULT_INNER_PORT})`,
    '  --json                print one JSON object for each connection',
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [proxy, server, ...more] = positionals;
    if (proxy === undefined || server === undefined || more.length > 0) {
      throw new BadInput(
        'Give two addresses: your proxy’s and your server’s, such as ws://localhost:80 ws://localhost:3000.',
      );
    }
    const port = wholeNumber('port', values.port, 0, 65_535) ?? DEFAULT_PORT;
    const innerPort = wholeNumber('inner-port', values['inner-port'], 0, 65_535) ?? DEFAULT_INNER_PORT;
    if (port !== 0 && port === innerPort)
      throw new BadInput(`--port and --inner-port are both ${port}. Choose another.`);
    const taps = { outer: tapOn(targetOf(proxy), port, output), inner: tapOn(targetOf(server), innerPort, output) };
    const told = new Differences((pair) => output.out(values.json === true ? jsonOf(pair) : textOf(pair)));
    const servers = [taps.outer, taps.inner];
    for (const [which, tap] of Object.entries(taps)) follow(tap.recording, which as Which, told);
    const addresses: string[] = [];
    for (const tap of servers) {
      try {
        const listening = await tap.listen();
        addresses.push(hostAndPort(listening.host, listening.port));
      } catch (error) {
        output.err(`${(error as Error).message}. Choose other ports with --port and --inner-port.\n`);
        await Promise.all(servers.map((each) => each.close()));
        return 1;
      }
    }
    const [outside = '', inside = ''] = addresses;
    const say = values.json === true ? output.err : output.out;
    say(escapeUnseen(`Point your client at ws://${outside}${targetOf(proxy).path}, and your proxy at ${inside}.\n`));
    await closeOnSignals(async () => {
      await Promise.all(servers.map((each) => each.close()));
      told.finish();
    });
    return 0;
  },
};

function targetOf(address: string): ProxyTarget {
  try {
    return parseProxyTarget(address);
  } catch (error) {
    throw error instanceof RangeError ? new BadInput(error.message) : error;
  }
}

function tapOn(target: ProxyTarget, port: number, output: Output): ProxyServer {
  const log = createLog((line) => output.err(`${line}\n`));
  return new ProxyServer({
    target,
    port,
    recording: new Recording(MAX_RECORDING_BYTES),
    listener: { problem: (sentence) => log('proxy', sentence) },
  });
}

/** Reads a recording as it grows. */
function follow(recording: Recording, which: Which, differences: Differences): void {
  const player = new Player();
  const cursor = recording.start();
  const opened = new Map<number, number>();
  recording.onAdded(() => {
    for (;;) {
      const record = recording.next(cursor);
      if (record === undefined) return;
      const { kind, connection, direction, atMs } = record;
      if (kind === 'open') opened.set(connection, atMs);
      for (const message of player.messagesOf({ ...record, bytes: record.bytes.slice() })) {
        differences.add(which, message);
      }
      if (kind !== 'end') continue;
      const how = decodeText(record.bytes) === 'RST' ? 'RST' : 'FIN';
      differences.end(which, connection, { direction, how, timeMs: atMs - (opened.get(connection) ?? atMs) });
      opened.delete(connection);
    }
  });
}

/** Compares the two sides of each connection when both have ended. */
class Differences {
  readonly #pairs = new SidePairs();
  readonly #tell: (pair: SidePair) => void;
  #patience: NodeJS.Timeout | undefined;

  constructor(tell: (pair: SidePair) => void) {
    this.#tell = tell;
  }

  add(...message: Parameters<SidePairs['add']>): void {
    this.#pairs.add(...message);
  }

  end(...end: Parameters<SidePairs['end']>): void {
    const pair = this.#pairs.end(...end);
    if (pair !== undefined) this.#tell(pair);
    else this.#patience ??= setTimeout(() => this.#tellHalf(), PATIENCE_MS).unref();
  }

  /** Everything that is still open is compared as it is. */
  finish(): void {
    clearTimeout(this.#patience);
    for (const pair of this.#pairs.takeOpen(true)) this.#tell(pair);
  }

  #tellHalf(): void {
    this.#patience = undefined;
    for (const pair of this.#pairs.takeOpen(false)) this.#tell(pair);
  }
}

function differencesOf({ outer, inner }: SidePair): SideDifference[] {
  if (outer === undefined) return [{ about: 'request', sentence: 'your proxy opened this connection by itself' }];
  if (inner === undefined)
    return [{ about: 'request', sentence: 'your proxy answered by itself, and asked no server' }];
  const long = outer.messages.length >= MAX_SIDE_MESSAGES || inner.messages.length >= MAX_SIDE_MESSAGES;
  const sentence = `only the first ${MAX_SIDE_MESSAGES.toLocaleString('en-US')} messages were compared`;
  return [...compareSides(outer, inner), ...(long ? [{ about: 'frames' as const, sentence }] : [])];
}

const jsonOf = (pair: SidePair): string =>
  `${escapeUnseen(JSON.stringify({ connection: numbersOf(pair), differences: differencesOf(pair) }))}\n`;

function textOf(pair: SidePair): string {
  const differences = differencesOf(pair);
  const { outer, inner } = numbersOf(pair);
  const name = `Connection ${outer ?? '–'} to your proxy, ${inner ?? '–'} from it`;
  if (differences.length === 0) return `${name}: nothing was changed.\n`;
  const lines = differences.map(({ about, direction, sentence }) => {
    const way = direction === undefined ? '' : direction === 'in' ? ' from the client' : ' from the server';
    return escapeUnseen(`  ${about}${about === 'frames' || about === 'pieces' ? way : ''}: ${sentence}`);
  });
  return `${name}:\n${lines.join('\n')}\n`;
}

function numbersOf({ outer, inner }: SidePair) {
  const numberOf = (side: SidePair['outer']) => side?.messages[0]?.connection ?? null;
  return { outer: numberOf(outer), inner: numberOf(inner) };
}
