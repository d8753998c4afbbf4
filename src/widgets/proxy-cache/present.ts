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
        says: 'A GET, with headers that it does not know. It passes the request on to the address that the packets were going to.',
      },
      { who: `The server, ${ATTACKER}`, lines: headLines(response) },
    ],
  };
}

function sending(state: ProxyCacheState): StoryStep {
  const { mode, maskingKey } = state;
  const key = Array.from(keyAsBytes(maskingKey), formatHexByte).join(' ');
  const masking = {
    unmasked: 'It puts two bytes in front, and masks nothing. No browser does this; this one is made up.',
    'fresh-key': `It draws the key ${key} after the page has spoken, and XORs every byte with it.`,
    'known-key': `It masks with ${key}, as the page knew it would: the page had masked the text with the same key before. XORed twice, it is the text again.`,
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
      ? { who: 'It believes', tone: 'ok', says: 'These bytes are nothing that it knows. It sees no request in them.' }
      : {
          who: 'It believes',
          tone: 'danger',
          says: `After some bytes that it skips, the next request: ${request.method} ${request.address}. It has read Host in it, and not looked where the connection goes.`,
        };
  return { title: 'The proxy reads on, as if it were HTTP', scenes: [{ who: 'The proxy sees', bytes }, scene] };
}

function serverAnswers(request: ReturnType<typeof findRequest>, response: ReturnType<typeof findResponse>): StoryStep {
  const scene: Scene =
    request === undefined || response === undefined
      ? {
          who: 'The proxy',
          tone: 'ok',
          says: 'A response, if it is one, to nothing that was asked. There is nothing to file it under.',
        }
      : {
          who: 'The proxy',
          tone: 'danger',
          says: `The response to ${request.method} ${request.address}. It may be kept for a year.`,
        };
  return {
    title: `The server sends a message back`,
    scenes: [{ who: `From ${ATTACKER}, not masked`, bytes: frameCells(serverFrame(), response) }, scene],
  };
}

function cacheAfter(address: string | undefined, body: string | undefined): StoryStep {
  const scene: Scene =
    address === undefined || body === undefined
      ? { who: 'In the cache', tone: 'ok', says: 'Nothing that came from this connection.' }
      : { who: 'In the cache', tone: 'danger', lines: [`${address} → ${body}`] };
  return { title: 'What the proxy keeps', scenes: [scene] };
}

function otherReader(cached: boolean): StoryStep {
  const scenes: Scene[] = [
    { who: 'Another browser', says: `Somebody else behind the same proxy visits a site that uses ${SCRIPT_ADDRESS}.` },
    cached
      ? { who: 'The proxy answers from its cache', tone: 'danger', lines: [FALSE_SCRIPT] }
      : { who: `${VICTIM} answers`, tone: 'ok', lines: [TRUE_SCRIPT] },
    cached
      ? {
          who: 'What happens',
          tone: 'danger',
          says: `The attacker’s script runs in that site, and in every other one that uses ${SCRIPT_ADDRESS}. These readers have never been near ${ATTACKER}.`,
        }
      : { who: 'What happens', tone: 'ok', says: 'The script that was asked for runs.' },
  ];
  return { title: 'Somebody else asks', scenes };
}

function headLines(head: Uint8Array): string[] {
  return new TextDecoder().decode(head).trimEnd().split('\r\n');
}
