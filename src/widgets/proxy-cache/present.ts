import { formatHexByte } from '../../bytes/hex.ts';
import { keyAsBytes } from '../../specimens/mask-plainly.ts';
import { type ByteView, frameCells } from './byte-cells.ts';
import type { ProxyCacheState } from './model.ts';
import { findRequest, findResponse } from './naive-proxy.ts';
import {
  ATTACKER,
  clientFrame,
  FALSE_SCRIPT,
  openingHeads,
  payloadOf,
  SCRIPT_PATH,
  serverFrame,
  TRUE_SCRIPT,
  VICTIM,
} from './story-bytes.ts';

/** What one party says, sees or believes. */
export interface Scene {
  readonly who: string;
  /** Lines of a head, or code. */
  readonly lines?: readonly string[];
  readonly bytes?: ByteView;
  readonly says?: string;
  readonly tone?: 'ok' | 'danger' | 'info';
}

export interface StoryStep {
  readonly title: string;
  readonly scenes: readonly Scene[];
}

const SCRIPT_ADDRESS = `http://${VICTIM}${SCRIPT_PATH}`;
const SHOWN_BYTES = 8;

/** The story, step by step, as the bytes make it go. RFC 6455 §10.3. */
export function presentStory(state: ProxyCacheState): StoryStep[] {
  const request = findRequest(clientFrame(state.mode, state.maskingKey));
  const response = request && findResponse(serverFrame());
  const cached = request !== undefined && response !== undefined;
  return [
    opening(),
    sending(state),
    proxyReads(state, request),
    serverAnswers(request, response),
    cacheAfter(request?.address, response?.body),
    otherReader(cached),
  ];
}

function opening(): StoryStep {
  const { request, response } = openingHeads();
  return {
    title: 'A page opens a WebSocket to its own server',
    scenes: [
      { who: 'The page’s browser', lines: headLines(request) },
      {
        who: 'The proxy',
        says: 'It sees a GET request with some unknown headers. It passes the request on to the address that the packets were sent to.',
      },
      { who: `The server, ${ATTACKER}`, lines: headLines(response) },
    ],
  };
}

function sending(state: ProxyCacheState): StoryStep {
  const { mode, maskingKey } = state;
  const key = Array.from(keyAsBytes(maskingKey), formatHexByte).join(' ');
  const masking = {
    unmasked: 'It puts two bytes of header in front and masks nothing. No real browser does this.',
    'fresh-key': `It picks the key ${key} after the page has called send(), and XORs every byte with it.`,
    'known-key': `It masks with ${key}. The page knew that key and has XORed the text with it already. XORed twice, the bytes are the text again.`,
  };
  return {
    title: 'The page sends a message',
    scenes: [
      { who: 'The page', lines: [callOf(state)] },
      { who: 'Its browser', says: masking[mode] },
      { who: 'On the wire', bytes: frameCells(clientFrame(mode, maskingKey)) },
    ],
  };
}

/** The line of JavaScript. */
function callOf({ mode, maskingKey }: ProxyCacheState): string {
  const payload = payloadOf(mode, maskingKey);
  if (mode !== 'known-key') return `ws.send(${JSON.stringify(new TextDecoder().decode(payload))})`;
  const shown = Array.from(payload.subarray(0, SHOWN_BYTES), (byte) => `0x${formatHexByte(byte)}`);
  return `ws.send(new Uint8Array([${shown.join(', ')}, …]))`;
}

function proxyReads({ mode, maskingKey }: ProxyCacheState, request: ReturnType<typeof findRequest>): StoryStep {
  const bytes = frameCells(clientFrame(mode, maskingKey), request);
  const scene: Scene =
    request === undefined
      ? { who: 'What it concludes', tone: 'ok', says: 'It sees no HTTP request in these bytes.' }
      : {
          who: 'What it concludes',
          tone: 'danger',
          says: `It skips a few bytes, and then it sees the next request: ${request.method} ${request.address}. It takes the address from the Host header, and does not look where the connection really goes.`,
        };
  return { title: 'The proxy reads on, as if this were HTTP', scenes: [{ who: 'The proxy sees', bytes }, scene] };
}

function serverAnswers(request: ReturnType<typeof findRequest>, response: ReturnType<typeof findResponse>): StoryStep {
  const scene: Scene =
    request === undefined || response === undefined
      ? {
          who: 'The proxy',
          tone: 'ok',
          says: 'It saw no request, so it has no address to store this response under.',
        }
      : {
          who: 'The proxy',
          tone: 'danger',
          says: `It sees the response to ${request.method} ${request.address}. The response says that it may be cached for a year.`,
        };
  return {
    title: 'The server sends a message back',
    scenes: [{ who: `From ${ATTACKER}, not masked`, bytes: frameCells(serverFrame(), response) }, scene],
  };
}

function cacheAfter(address: string | undefined, body: string | undefined): StoryStep {
  const scene: Scene =
    address === undefined || body === undefined
      ? { who: 'In the cache', tone: 'ok', says: 'Nothing from this connection.' }
      : { who: 'In the cache', tone: 'danger', lines: [`${address} → ${body}`] };
  return { title: 'What the proxy keeps', scenes: [scene] };
}

function otherReader(cached: boolean): StoryStep {
  const scenes: Scene[] = [
    { who: 'Another browser', says: `Another user behind the same proxy visits a site that uses ${SCRIPT_ADDRESS}.` },
    cached
      ? { who: 'The proxy answers from its cache', tone: 'danger', lines: [FALSE_SCRIPT] }
      : { who: `${VICTIM} answers`, tone: 'ok', lines: [TRUE_SCRIPT] },
    cached
      ? {
          who: 'What happens',
          tone: 'danger',
          says: `The attacker’s script runs on that site, and on every other site that uses ${SCRIPT_ADDRESS}. These users have never visited ${ATTACKER}.`,
        }
      : { who: 'What happens', tone: 'ok', says: 'The right script runs.' },
  ];
  return { title: 'Another user asks', scenes };
}

function headLines(head: Uint8Array): string[] {
  return new TextDecoder().decode(head).trimEnd().split('\r\n');
}
