import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { Patience } from '../server/conformance/patience.ts';
import type { CaseResult } from '../server/conformance/run-case.ts';
import { runCases } from '../server/conformance/run-cases.ts';
import { parseServerUrl } from '../server/conformance/target.ts';
import { createCodec } from '../server/deflate/codec.ts';
import { startCompanion } from '../server/testing/companion.ts';
import { FreshMemory } from '../src/bytes/memory/fresh-memory.ts';
import { DEFLATE } from '../src/conformance/cases/deflate.ts';
import { type ConformanceCase, conformanceCases, findCauses, reasonOf } from '../src/conformance/index.ts';
import {
  type DeflateCodec,
  DeflateServer,
  Endpoint,
  ExtensionStep,
  type NegotiatedExtensions,
  type PayloadDecoder,
} from '../src/protocol/index.ts';

const right = createCodec(new FreshMemory());

/** What a server of compressed messages does wrong. */
interface DeflateFault {
  readonly name: string;
  /** The ends of the ids of the cases that must fail. */
  readonly breaks: readonly string[];
  /** What it takes the offers for. */
  readonly offers?: (offered: readonly string[]) => readonly string[];
  readonly answer?: (answer: string, offered: readonly string[]) => string;
  readonly codec?: DeflateCodec;
  /** Takes the place of what undoes the compression. */
  readonly decode?: (decoder: PayloadDecoder) => PayloadDecoder['decode'];
  /** Changes each byte that begins a frame of the client. */
  readonly firstByte?: (first: number) => number;
}

const FAULTS: readonly DeflateFault[] = [
  {
    name: 'accepts any offer, whatever its parameters',
    breaks: [
      'offer-unknown',
      'offer-repeated',
      'offer-no-value',
      'offer-needless-value',
      'offer-large-window',
      'offer-leading-zero',
    ],
    offers: () => ['permessage-deflate'],
  },
  {
    name: 'answers with a window that was not offered',
    breaks: ['offer-plain', 'offer-second'],
    answer: (answer) => `${answer.replace(/; client_max_window_bits=\d+/, '')}; client_max_window_bits=15`,
  },
  {
    name: 'leaves out the windows that it was asked for',
    breaks: ['offer-quoted', 'server-window-8', 'server-window-9', 'server-window-12'],
    answer: (answer) => answer.replace(/; server_max_window_bits=\d+/, ''),
  },
  {
    name: 'answers with a larger window than the client has',
    breaks: ['offer-small-client-window'],
    answer: (answer) => answer.replace(/client_max_window_bits=\d+/, 'client_max_window_bits=15'),
  },
  {
    name: 'answers a parameter without its value',
    breaks: ['offer-client-window'],
    answer: (answer, [offer = '']) =>
      offer.endsWith('client_max_window_bits') ? `${answer}; client_max_window_bits` : answer,
  },
  {
    name: 'compresses with the largest window, whatever was agreed on',
    breaks: ['server-window-8', 'server-window-9', 'server-window-12'],
    codec: { ...right, createDeflater: () => right.createDeflater(15) },
  },
  {
    name: 'keeps its context, whatever was agreed on',
    breaks: ['server-no-context'],
    answer: (answer, [offer = '']) =>
      offer.includes('server_no_context_takeover') ? `${answer}; server_no_context_takeover` : answer,
    offers: (offered) => offered.map((offer) => offer.replace('; server_no_context_takeover', '')),
  },
  {
    name: 'forgets the client’s window after each message',
    breaks: ['context', 'mixed', 'empty-between'],
    decode: (decoder) => {
      let own = right.createInflater(15);
      return (payload, isLast, maxBytes) => {
        const inflated = own.inflate(payload, isLast, maxBytes);
        if (isLast) own = right.createInflater(15);
        return inflated ?? decoder.decode(new Uint8Array([7]), true, maxBytes);
      };
    },
  },
  {
    name: 'does not inflate at all',
    breaks: ['hello', 'hello-cut-1', 'stored', 'final', 'two-blocks', 'empty', 'reserved-block', 'far-distance'],
    decode: () => (payload) => Uint8Array.from(payload, (byte) => byte & 0x7f),
  },
  {
    name: 'inflates each fragment by itself',
    breaks: ['fragments'],
    decode: (decoder) => (payload, _isLast, maxBytes) => decoder.decode(payload, true, maxBytes),
  },
  {
    name: 'stops at the end of the first block',
    breaks: ['two-blocks'],
    decode: (decoder) => (payload, isLast, maxBytes) => {
      const end = Buffer.from(payload).indexOf(Buffer.from('0000ffff', 'hex'));
      return decoder.decode(end < 0 ? payload : payload.subarray(0, end), isLast, maxBytes);
    },
  },
  {
    name: 'takes a final block for the end of the connection’s compression',
    breaks: ['final'],
    decode: (decoder) => (payload, isLast, maxBytes) =>
      payload[0] === 0xf3 ? new Uint8Array(0) : decoder.decode(payload, isLast, maxBytes),
  },
  {
    name: 'takes a block without compression for an error',
    breaks: ['stored'],
    decode: (decoder) => (payload, isLast, maxBytes) =>
      decoder.decode(payload.length > 8 && payload[0] === 0 ? Uint8Array.of(7) : payload, isLast, maxBytes),
  },
  {
    name: 'takes an empty message for an error',
    breaks: ['empty', 'empty-between'],
    decode: (decoder) => (payload, isLast, maxBytes) =>
      decoder.decode(payload.length === 1 && payload[0] === 0 ? Uint8Array.of(7) : payload, isLast, maxBytes),
  },
  {
    name: 'sends back nothing for what it cannot inflate',
    breaks: ['reserved-block', 'far-distance'],
    decode: (decoder) => (payload, isLast, maxBytes) => {
      const inflated = decoder.decode(payload, isLast, maxBytes);
      return 'requirement' in inflated ? new Uint8Array(0) : inflated;
    },
  },
  {
    name: 'repairs text that is not UTF-8',
    breaks: ['not-utf8', 'cut-character'],
    decode: (decoder) => (payload, isLast, maxBytes) => {
      const inflated = decoder.decode(payload, isLast, maxBytes);
      return 'requirement' in inflated ? inflated : new TextEncoder().encode(new TextDecoder().decode(inflated));
    },
  },
  {
    name: 'does not check reserved bits once the extension is on',
    breaks: ['rsv1-continuation', 'rsv1-ping', 'rsv2'],
    firstByte: (first) => (first === 0xc0 ? 0x80 : first === 0xc9 ? 0x89 : first === 0xe1 ? 0xc1 : first),
  },
];

function faulty(negotiated: NegotiatedExtensions, { decode }: DeflateFault): NegotiatedExtensions {
  if (decode === undefined) return negotiated;
  return {
    ...negotiated,
    createStep(maxMessageBytes) {
      const { extensions } = negotiated.createStep(maxMessageBytes);
      const changed = extensions.map((extension) => ({
        ...extension,
        createDecoder: () => ({ decode: decode(extension.createDecoder()) }),
      }));
      return new ExtensionStep(changed, maxMessageBytes);
    },
  };
}

/** Changes the first byte of each frame: the cases here send frames of less than 126 bytes. */
function changeFrames(chunk: Uint8Array, change: (first: number) => number): void {
  for (let at = 0; at + 1 < chunk.length; at += 6 + ((chunk[at + 1] as number) & 0x7f)) {
    chunk[at] = change(chunk[at] as number);
  }
}

async function listen(fault: DeflateFault): Promise<string> {
  const codec = fault.codec ?? right;
  const server = new DeflateServer({ codec });
  const extensions = {
    accept(offered: readonly string[]) {
      const negotiated = server.accept(fault.offers?.(offered) ?? offered);
      if (negotiated === undefined) return undefined;
      return { ...faulty(negotiated, fault), answer: fault.answer?.(negotiated.answer, offered) ?? negotiated.answer };
    },
  };
  const tcp: Server = createServer({ noDelay: true }, (socket) => {
    const endpoint = new Endpoint({ role: 'server', extensions });
    const follow = (effects: Iterable<ReturnType<Endpoint['connect']>[number]>): void => {
      for (const effect of effects) {
        if (effect.type === 'write') socket.write(Buffer.from(effect.bytes));
        else if (effect.type === 'closeTcp') socket.end();
        else if (effect.event.type === 'message')
          follow(endpoint.sendMessage(effect.event.opcode, effect.event.payload.slice()));
      }
    };
    socket.on('data', (chunk) => {
      const bytes = new Uint8Array(chunk);
      if (endpoint.readyState === 'open' && fault.firstByte !== undefined) changeFrames(bytes, fault.firstByte);
      follow(endpoint.receive(bytes));
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => follow(endpoint.receiveEnd()));
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  onTestFinished(() => void tcp.close());
  return `ws://127.0.0.1:${(tcp.address() as { port: number }).port}/`;
}

/** What does not come within this time, on this machine, does not come. */
const SHORT_PATIENCE_MS = 300;

async function run(url: string, cases: readonly ConformanceCase[], patienceMs?: number): Promise<CaseResult[]> {
  const { results } = await runCases(cases, parseServerUrl(url), {
    patience: new Patience(patienceMs),
    concurrency: 8,
  });
  return [...results];
}

const outcomesOf = (results: readonly CaseResult[]) => results.map(({ id, outcome }) => `${id} ${outcome}`);
const shortId = ({ id }: ConformanceCase) => id.replace('7692-', '');

test('the cases are part of the suite if it is asked for them', () => {
  const ids = new Set(conformanceCases({ deflate: true }).map(({ id }) => id));
  expect(DEFLATE.every(({ id }) => ids.has(id) && /^7692-[a-z0-9-]+$/.test(id))).toBe(true);
  expect(ids.size).toBe(conformanceCases().length + DEFLATE.length);
  expect(DEFLATE.filter((given) => reasonOf(given) === '')).toEqual([]);
});

test('our own server passes all of them', async () => {
  const { url } = await startCompanion({ deflate: { everywhere: true, minBytes: 0 } });
  const results = await run(`${url.replace('http', 'ws')}/echo`, DEFLATE);
  expect(results.filter(({ outcome }) => outcome !== 'passed').map(({ sentence }) => sentence)).toEqual([]);
});

test('a server that does not accept the extension is told so, and breaks nothing', async () => {
  const { url } = await startCompanion();
  const results = await run(`${url.replace('http', 'ws')}/echo`, DEFLATE);
  expect(results.filter(({ outcome }) => outcome === 'failed').map(({ sentence }) => sentence)).toEqual([]);
  const needy = DEFLATE.filter(({ needs }) => needs !== undefined).map(({ id }) => id);
  const told = results.filter(({ finding }) => finding.includes('does not accept permessage-deflate'));
  expect(told.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(needy.map((id) => `${id} allowed`));
});

test('a server that asks its client to keep no context is not tested for it', async () => {
  const fault = { name: '', breaks: [], answer: (answer: string) => `${answer}; client_no_context_takeover` };
  const results = await run(
    await listen(fault),
    DEFLATE.filter(({ needs }) => needs === 'context'),
  );
  expect(results.map(({ finding }) => finding)).toEqual(Array(3).fill(expect.stringContaining('keep no context')));
});

test('ws breaks two of them: it looks no further than the first bad offer, and takes a leading zero', async () => {
  const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: { threshold: 0 } });
  onTestFinished(() => void wss.close());
  wss.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data, binary) => socket.send(data, { binary }));
  });
  await once(wss, 'listening');
  const results = await run(`ws://127.0.0.1:${(wss.address() as { port: number }).port}/`, DEFLATE);
  const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
  expect(failed).toEqual(['7692-offer-second', '7692-offer-leading-zero']);
});

describe('a server that', () => {
  test('has no fault passes all of them', async () => {
    const results = await run(await listen({ name: 'none', breaks: [] }), DEFLATE);
    expect(results.filter(({ outcome }) => outcome !== 'passed').map(({ sentence }) => sentence)).toEqual([]);
  });

  test.each(FAULTS)('$name fails the cases about it', { timeout: 60_000 }, async (fault) => {
    const cases = DEFLATE.filter((given) => fault.breaks.includes(shortId(given)));
    expect(cases.map(shortId).sort()).toEqual([...fault.breaks].sort());
    const results = await run(await listen(fault), cases, SHORT_PATIENCE_MS);
    expect(outcomesOf(results)).toEqual(cases.map(({ id }) => `${id} failed`));
    expect(findCauses(results).filter(({ fix }) => fix === '')).toEqual([]);
  });

  test('has one of these faults fails each case', () => {
    const broken = new Set(FAULTS.flatMap(({ breaks }) => breaks));
    expect(DEFLATE.map(shortId).filter((id) => !broken.has(id))).toEqual([]);
  });
});

test('the bytes of the cases are what they are said to be', () => {
  expect(inflateRawSync(Buffer.from('f24805000000ffffcac9c907000000ffff', 'hex'), { finishFlush: 2 }).toString()).toBe(
    'Hello',
  );
});
