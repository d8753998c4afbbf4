import { compareHeads, type HeadDifference } from '../../inspector/differences/compare-heads.ts';

/** How one row of bytes arrived. */
export interface RecordedBytes {
  readonly probe: string;
  readonly direction: 'in' | 'out';
  readonly sent?: readonly number[];
  readonly received?: readonly number[] | string;
  readonly isEqual?: boolean;
}

/** What both sides saw: `open`, or how TCP ended and after how long, such as `FIN after 2002 ms`. */
export interface RecordedEnds {
  readonly client: string;
  readonly server: string;
  /** What came before the end, in hex. */
  readonly clientRead?: string;
  readonly serverRead?: string;
}

/** A file of content/recordings/proxies. `npm run record-proxies` writes it. */
export interface ProxyRecording {
  readonly name: string;
  readonly version: string;
  readonly registry: 'Debian' | 'npm';
  readonly package: string;
  readonly configurationFile: string;
  readonly configuration: string;
  readonly idleSetting: string | null;
  readonly targetPort: number;
  readonly port: number;
  readonly heads: {
    readonly sentRequest: string;
    readonly receivedRequest: string;
    readonly sentResponse: string;
    readonly receivedResponse: string;
  };
  readonly without: { readonly configuration: string; readonly receivedRequest: string | null } | null;
  readonly targets: readonly { readonly sent: string; readonly received: string | null; readonly answer?: string }[];
  readonly bytes: readonly RecordedBytes[];
  readonly idle: RecordedEnds & { readonly timeoutMs: number };
  readonly clientTalks: RecordedEnds;
  readonly serverTalks: RecordedEnds;
  readonly clientEnds: RecordedEnds;
  readonly refusal: { readonly sent: string; readonly received: string };
  readonly serverHangsUp: string;
  readonly reload: RecordedEnds | null;
  readonly stop: RecordedEnds;
}

/** What the table says of a proxy. */
export interface ProxyRow {
  readonly recording: ProxyRecording;
  /** Whether it passes the upgrade on without lines of its own. */
  readonly needsLines: boolean;
  readonly names: 'as sent' | 'lower case' | 'Like-This' | 'mixed';
  readonly request: readonly HeadDifference[];
  readonly response: readonly HeadDifference[];
  readonly bytes: 'passed on' | 'reframed';
  readonly idleClient: string;
  readonly idleServer: string;
  /** Whether traffic in one direction alone keeps the connection open. */
  readonly oneWay: 'keeps it open' | 'does not keep it open';
  readonly refusal: 'passed on' | 'hidden';
}

/** @throws Error if the recording lacks something, which ends the build */
export function readProxyRecording(text: string): ProxyRow {
  const recording = JSON.parse(text) as ProxyRecording;
  const { heads, bytes, idle, clientTalks, serverTalks, refusal, without } = recording;
  if (heads?.receivedRequest === undefined || idle === undefined) {
    throw new Error(`The recording of ${recording.name} is not whole. Record it again: npm run record-proxies`);
  }
  const talks = [clientTalks, serverTalks].every(({ client, server }) => client === 'open' && server === 'open');
  return {
    recording,
    needsLines: without !== null && !/^upgrade: *websocket/im.test(without.receivedRequest ?? ''),
    names: namesOf(heads.receivedRequest),
    request: compareHeads(heads.sentRequest, heads.receivedRequest),
    response: compareHeads(heads.sentResponse, heads.receivedResponse),
    bytes: bytes.every(({ isEqual }) => isEqual === true) ? 'passed on' : 'reframed',
    idleClient: sayEnd(idle.client, idle.clientRead),
    idleServer: sayEnd(idle.server, idle.serverRead, 'server'),
    oneWay: talks ? 'keeps it open' : 'does not keep it open',
    refusal: refusal.received.startsWith('HTTP/1.1 403') ? 'passed on' : 'hidden',
  };
}

/** How the program writes the names of fields that it passed on. */
function namesOf(head: string): ProxyRow['names'] {
  if (/^X-Twice:/m.test(head) && /^x-lower:/m.test(head) && /^Sec-WebSocket-Key:/m.test(head)) return 'as sent';
  if (/^sec-websocket-key:/m.test(head)) return 'lower case';
  if (/^Sec-Websocket-Key:/m.test(head)) return 'Like-This';
  return 'mixed';
}

/**
 * `FIN after 2.0 s`, `FIN at once`, or `open`.
 *
 * @param read what came before the end, in hex
 * @param side who read it: what a server reads has to be masked
 */
export function sayEnd(end: string, read = '', side: 'client' | 'server' = 'client'): string {
  const [, how = '', ms = ''] = /^(FIN|RST) after (\d+) ms$/.exec(end) ?? [];
  const frame = read === '' ? '' : `${sayCloseFrame(read, side)}, then `;
  if (how === '') return read === '' ? 'open' : `${sayCloseFrame(read, side)}, TCP open`;
  const when = Number(ms) < 500 ? 'at once' : `after ${(Number(ms) / 1000).toFixed(1)} s`;
  return `${frame}${how} ${when}`;
}

function sayCloseFrame(hex: string, side: 'client' | 'server'): string {
  const isMasked = (Number.parseInt(hex.slice(2, 4), 16) & 0x80) !== 0;
  return side === 'server' && !isMasked ? 'a close frame without a mask' : 'a close frame';
}
