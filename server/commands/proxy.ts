import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WATCH_PARAMETER } from '../../src/companion/paths.ts';
import { isSerializedOrigin } from '../../src/companion/policy/origin.ts';
import { countBytes } from '../../src/text/count.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { isLoopbackAddress } from '../conformance/target.ts';
import { createLog } from '../log.ts';
import { createDecide, parseRules, type RuleScript } from '../proxy/decide.ts';
import type { ProxiedWebSocket } from '../proxy/proxied-connection.ts';
import { type ProxyListener, ProxyServer, type ProxyServerOptions } from '../proxy/proxy.ts';
import { DEFAULT_MAX_RECORDING_BYTES, Recording } from '../proxy/recording.ts';
import { RecordingTaps } from '../proxy/recording-taps.ts';
import { DEFAULT_MAX_FILE_BYTES, SAVED_FORMS, Saver } from '../proxy/saver.ts';
import { notLoopback, type ProxyTarget, parseProxyTarget } from '../proxy/target.ts';
import { type Listening, urlOf } from '../request/listening.ts';
import { type Companion, createCompanion } from '../server.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { openBrowser } from './open-browser.ts';
import { parseArguments, refuseUnknown, wholeNumber } from './parse.ts';
import { closeOnSignals } from './shutdown.ts';

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'inspector-port': { type: 'string' },
  'host-header': { type: 'string' },
  origin: { type: 'string' },
  'allow-origin': { type: 'string', multiple: true },
  'allow-remote': { type: 'boolean' },
  insecure: { type: 'boolean' },
  rule: { type: 'string', multiple: true },
  script: { type: 'string' },
  save: { type: 'string' },
  secrets: { type: 'boolean' },
  'max-file': { type: 'string' },
  'max-recording': { type: 'string' },
  open: { type: 'boolean' },
} as const;

const DEFAULT_PORT = 8081;
const DEFAULT_HOST = 'localhost';
const HOST_HEADERS = ['as-is', 'target'] as const;
const MIN_RECORDING_BYTES = 2 * 1024 * 1024;
const TOKEN_BYTES = 16;
/** The page that shows the connections, as the build makes it. */
const PAGE = new URL('../../dist/inspector/index.html', import.meta.url);

/** Stands between a client and its server, and records every WebSocket connection. */
export const proxy: Command = {
  name: 'proxy',
  usage: 'URL [options]',
  help: [
    'passes every connection on to the server at URL, unchanged, and records its WebSocket connections; pages and other',
    'HTTP requests pass, too. URL starts with ws:// or wss://, or http:// or https://',
    `  --port N              the port for your clients; 0 picks a free one (default: ${DEFAULT_PORT})`,
    '  --host H              the name or address to listen on (default: 127.0.0.1 and [::1])',
    '  --inspector-port N    the port of the page that shows the connections (default: the next free port)',
    '  --host-header WHAT    "as-is" passes the Host header on as it came; "target" replaces it with the name in URL',
    '                        (default: as-is; target with --allow-remote)',
    '  --origin WHAT         replace the Origin header with this origin, or with that of URL ("target")',
    '  --allow-origin ORIGIN let pages of this origin connect although a header is replaced; give it again for more',
    '  --allow-remote        URL may be on another machine',
    '  --insecure            accept any certificate of a wss: server',
    '  --rule RULE           change what passes; give it again for more. The first rule that fits a frame decides. Such as:',
    "                        'out & text~/price/ -> delay 500'  'in & ping -> drop'  'nth=3 -> cut RST after 2 bytes'",
    '                        conditions: in, out, text, binary, ping, pong, close, opcode=N, text~/…/, path~/…/, length>N,',
    '                        fin=0, nth=N, all; actions: delay MS, throttle BYTES, hold (until you press Enter), drop,',
    '                        duplicate, reorder, answer, close CODE REASON, cut RST|FIN [after N bytes|N ms], recut BYTES,',
    '                        corrupt BIT, edit ORDER, send ORDER; an ORDER is as in "encode"',
    '  --script FILE         ask the default export of a JavaScript module about each frame; it returns an action or nothing',
    '  --save FILE           save the recording, too; the name ends with .pcapng (for Wireshark), .json, .jsonl or .har',
    '  --secrets             save cookies, authorizations and tokens as they are, not as "xxxx"',
    `  --max-file BYTES      the limit of that file (default: ${DEFAULT_MAX_FILE_BYTES})`,
    `  --max-recording BYTES the limit of the recording in memory; the oldest bytes are dropped`,
    `                        (default: ${DEFAULT_MAX_RECORDING_BYTES})`,
    '  --open                open the page in the browser',
  ],
  async run(args, output) {
    const { options, inspector, save, opensBrowser } = await proxyOptions(args, output);
    const { recording } = options;
    const server = new ProxyServer(options);
    const listening = await listenOrSay(() => server.listen(), options, output);
    if (listening === undefined) return 1;
    const saver = await startSaver(save, recording, options.target, output);
    if (saver === 'failed') {
      await server.close();
      return 1;
    }
    const token = randomBytes(TOKEN_BYTES).toString('hex');
    const shown = await showRecording(recording, token, inspector ?? nextPort(listening), output);
    const name = new URL(urlOf(listening)).host;
    const { target } = options;
    const secure = target.isTls ? ' (TLS ends at the proxy)' : '';
    output.out(escapeUnseen(`Connect to ws://${name}${target.path}: everything goes to ${target.url}${secure}.\n`));
    if (options.insecure)
      output.err('--insecure: any certificate is accepted, so anybody in between could read along.\n');
    const page = shown && `${shown.url}/inspector/#${WATCH_PARAMETER}=${token}`;
    if (page !== undefined) output.out(`Watch at ${page}\n`);
    if (page !== undefined && !existsSync(PAGE))
      output.err(`The page is not built yet: run "npm run build", or watch here: framelight watch '${page}'\n`);
    if (save.path !== undefined) output.out(escapeUnseen(`Saving to ${save.path}\n`));
    if (opensBrowser && page !== undefined) openBrowser(page, (problem) => output.err(`${problem}\n`));
    const stopListening = options.decide === undefined ? () => {} : releaseOnEnter(server);
    await closeOnSignals(async () => {
      stopListening();
      await Promise.all([server.close(), shown?.companion.close()]);
      await saver?.close();
      if (saver !== undefined) output.out(escapeUnseen(`${savedLine(save.path, saver)}\n`));
    });
    return 0;
  },
};

/** @returns a function that lets standard input go, so that the process can end */
function releaseOnEnter(server: ProxyServer): () => void {
  const onData = (): void => server.release();
  process.stdin.on('data', onData);
  return () => {
    process.stdin.removeListener('data', onData);
    process.stdin.destroy();
  };
}

function savedLine(path: string | undefined, { byteLength, redacted }: Saver): string {
  const hidden = redacted.length === 0 ? '' : ` Replaced with "x": ${redacted.join(', ')}.`;
  return `Saved ${countBytes(byteLength)} to ${path}.${hidden}`;
}

interface Save {
  readonly path: string | undefined;
  readonly secrets: boolean;
  readonly maxFileBytes: number;
}

/** @throws BadInput if one of the arguments is not valid */
async function proxyOptions(args: readonly string[], output: Output) {
  const { values, positionals } = parseArguments(args, OPTIONS);
  const [address, ...more] = positionals;
  if (address === undefined) throw new BadInput('Give the address of a server, such as ws://localhost:3000/chat.');
  if (more[0] !== undefined) throw new BadInput(`Unexpected argument ${JSON.stringify(more[0])}. Give one address.`);
  const allowRemote = values['allow-remote'] === true;
  const target = parseTarget(address, allowRemote);
  if (!allowRemote) await refuseRemote(target);
  const hostHeader = values['host-header'] ?? (allowRemote ? 'target' : 'as-is');
  refuseUnknown('value of --host-header', [hostHeader], HOST_HEADERS);
  const { origin } = values;
  for (const each of [
    ...(values['allow-origin'] ?? []),
    ...(origin === undefined || origin === 'target' ? [] : [origin]),
  ]) {
    if (!isSerializedOrigin(each))
      throw new BadInput(`${JSON.stringify(each)} is not an origin. Write one like http://localhost:3000.`);
  }
  const save: Save = {
    path: values.save,
    secrets: values.secrets === true,
    maxFileBytes: wholeNumber('max-file', values['max-file'], 1, Number.MAX_SAFE_INTEGER) ?? DEFAULT_MAX_FILE_BYTES,
  };
  if (save.path !== undefined && !SAVED_FORMS.includes(extname(save.path)))
    throw new BadInput(`--save is ${JSON.stringify(save.path)}. The name must end with ${SAVED_FORMS.join(', ')}.`);
  const host = values.host ?? DEFAULT_HOST;
  if (host === '') throw new BadInput('--host is empty. Give a name or an address, such as 127.0.0.1.');
  const maxRecording = wholeNumber(
    'max-recording',
    values['max-recording'],
    MIN_RECORDING_BYTES,
    Number.MAX_SAFE_INTEGER,
  );
  const options = {
    target,
    port: wholeNumber('port', values.port, 0, 65_535) ?? DEFAULT_PORT,
    host,
    hostHeader: hostHeader as (typeof HOST_HEADERS)[number],
    origin,
    allowedOrigins: values['allow-origin'] ?? [],
    insecure: values.insecure === true,
    decide: await decideOf(values.rule ?? [], values.script, output),
    recording: new Recording(maxRecording),
    listener: terminalLines(output),
  } satisfies ProxyServerOptions;
  const inspector = wholeNumber('inspector-port', values['inspector-port'], 0, 65_535);
  return { options, inspector, save, opensBrowser: values.open === true };
}

/** @throws BadInput if a rule has a mistake, or the script cannot be loaded */
async function decideOf(texts: readonly string[], file: string | undefined, output: Output) {
  let rules: ReturnType<typeof parseRules>;
  try {
    rules = parseRules(texts);
  } catch (error) {
    throw error instanceof RangeError ? new BadInput(`--rule: ${error.message}`) : error;
  }
  const log = createLog((line) => output.err(`${line}\n`));
  const script = file === undefined ? undefined : await loadScript(file);
  return createDecide({ rules, script, onProblem: (sentence) => log('script', sentence) });
}

async function loadScript(file: string): Promise<RuleScript> {
  try {
    const { default: script } = (await import(pathToFileURL(resolve(file)).href)) as { default?: unknown };
    if (typeof script === 'function') return script as RuleScript;
  } catch (error) {
    throw new BadInput(`--script ${file} cannot be loaded: ${error instanceof Error ? error.message : error}`);
  }
  throw new BadInput(`--script ${file} has no default export that is a function.`);
}

function parseTarget(address: string, allowRemote: boolean): ProxyTarget {
  try {
    return parseProxyTarget(address, allowRemote);
  } catch (error) {
    throw error instanceof RangeError ? new BadInput(error.message) : error;
  }
}

/** The name is checked again at each connection. Here, it is only told early. */
async function refuseRemote({ hostname }: ProxyTarget): Promise<void> {
  if (hostname === 'localhost') return;
  const addresses = await lookup(hostname, { all: true }).catch(() => []);
  if (addresses.some(({ address }) => isLoopbackAddress(address))) return;
  throw new BadInput(notLoopback(hostname));
}

/** One line when a connection opens, and one when it ends. */
function terminalLines(output: Output): ProxyListener {
  const log = createLog((line) => output.err(`${line}\n`));
  const name = ({ connection, path }: ProxiedWebSocket) => escapeUnseen(`#${connection} ${path}`);
  return {
    opened: (webSocket) => {
      const { httpStatus, remote } = webSocket;
      output.out(`${name(webSocket)} from ${remote}: ${httpStatus === 101 ? 'open' : `refused with ${httpStatus}`}\n`);
    },
    ended: (webSocket, by, how) => {
      if (how === 'HTTP' || webSocket.httpStatus !== 101) return;
      const who = by === 'in' ? 'the client' : by === 'out' ? 'the server' : 'the proxy';
      const { bytesIn, bytesOut } = webSocket;
      const sizes = `${countBytes(bytesIn)} from the client, ${countBytes(bytesOut)} from the server`;
      output.out(`${name(webSocket)} ended: ${who} sent ${how === 'RST' ? 'a RST' : 'a FIN'} first; ${sizes}\n`);
    },
    acted: (webSocket, sentence) => output.out(`${name(webSocket)}: ${escapeUnseen(sentence)}\n`),
    problem: (sentence) => log('proxy', sentence),
  };
}

function nextPort({ port }: Listening): number {
  return port < 65_535 ? port + 1 : 0;
}

/** Serves the pages and the tap for the recording. Without them, the proxy works all the same. */
async function showRecording(
  recording: Recording,
  token: string,
  port: number,
  output: Output,
): Promise<{ companion: Companion; url: string } | undefined> {
  const log = createLog((line) => output.err(`${line}\n`));
  for (const tried of port === 0 ? [0] : [port, 0]) {
    const companion = createCompanion({
      port: tried,
      log,
      wrapTaps: (hub) => new RecordingTaps(recording, token, hub),
    });
    try {
      return { companion, url: await companion.listen() };
    } catch (error) {
      if (tried === 0) output.err(`The page that shows the connections cannot start: ${(error as Error).message}\n`);
    }
  }
  return undefined;
}

async function startSaver(
  { path, secrets, maxFileBytes }: Save,
  recording: Recording,
  target: ProxyTarget,
  output: Output,
): Promise<Saver | 'failed' | undefined> {
  if (path === undefined) return undefined;
  try {
    return await Saver.start(path, recording, {
      ...{ title: `A proxy in front of ${target.url}`, secrets, maxFileBytes },
      onProblem: (sentence) => output.err(`${sentence}\n`),
    });
  } catch (error) {
    output.err(`${path} cannot be written: ${(error as Error).message}. Choose another file with --save.\n`);
    return 'failed';
  }
}

async function listenOrSay(
  start: () => Promise<Listening>,
  { port, host }: { readonly port: number; readonly host: string },
  output: Output,
): Promise<Listening | undefined> {
  try {
    return await start();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    output.err(
      code === 'EADDRINUSE'
        ? `Another program uses port ${port} on ${host}. Choose another port, such as --port ${port + 1}.\n`
        : `Cannot listen on port ${port} of ${host}: ${message}. Choose another port or host, with --port or --host.\n`,
    );
    return undefined;
  }
}
