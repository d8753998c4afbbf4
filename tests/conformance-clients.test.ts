import { afterEach, expect, test } from 'vitest';
import type { Agent } from '../server/conformance/clients/agent.ts';
import { ClientServer } from '../server/conformance/clients/client-server.ts';
import { Patience } from '../server/conformance/patience.ts';
import type { CaseResult } from '../server/conformance/run-case.ts';
import { CLIENT_CASES, CLIENT_CAUSES, type ClientCase, findCauses } from '../src/conformance/index.ts';
import { EXAMPLE_KEY, type Header, OPCODE } from '../src/protocol/index.ts';
import { type ClientFault, runBadClient } from './conformance-bad-client.ts';

const LIGHT = CLIENT_CASES.filter(({ heavy }) => !heavy);
const CONCURRENCY = 24;
/** What a client that breaks a rule leaves out never comes: a short wait is enough. */
const SHORT_MS = 500;

let server: ClientServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function resultsOf(
  cases: readonly ClientCase[],
  fault?: ClientFault,
  concurrency = CONCURRENCY,
): Promise<CaseResult[]> {
  const patience = fault === undefined ? {} : { createPatience: () => new Patience(SHORT_MS) };
  const pending = new Set(cases.map(({ id }) => id));
  const { promise, resolve } = Promise.withResolvers<void>();
  const onResult = (_: Agent, { id }: CaseResult): void => {
    pending.delete(id);
    if (pending.size === 0) resolve();
  };
  server = new ClientServer({ ...patience, onResult });
  const port = await server.listen(0, '127.0.0.1');
  const queue = [...cases];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await runBadClient(port, `/case/${next.id}?agent=x`, fault);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  await promise;
  const results = server.agents.get('x')?.results(cases.map(({ id }) => id)) ?? [];
  await server.close();
  return results;
}

type Row = readonly [name: string, cause: string, breaks: (given: ClientCase) => boolean, fault: ClientFault];

const startsWith =
  (...starts: readonly string[]) =>
  ({ id }: ClientCase) =>
    starts.some((start) => id.startsWith(start));
/** The client must fail the connection because of one of these rules. */
const mustFail =
  (...starts: readonly string[]) =>
  ({ rule = '', expectation }: ClientCase) =>
    expectation.type === 'failure' &&
    expectation.ifTaken === undefined &&
    starts.some((start) => rule.startsWith(start));
/** A rule that binds the sender alone is taken: a receiver that checks it must still close properly. */
const checksAnyway = ({ expectation }: ClientCase) =>
  expectation.type === 'failure' && expectation.ifTaken !== undefined;
const mustReject = ({ expectation }: ClientCase) =>
  expectation.type === 'rejection' && expectation.mayOpen === undefined;
const echoes = (opcode: number) => (given: ClientCase) =>
  given.expectation.type === 'closing' && given.expectation.received.some((item) => item.opcode === opcode);
const mustDeliver = (given: ClientCase) =>
  given.expectation.type === 'closing' && given.expectation.leeway.mayDrop !== true;
/** Our own reader of heads is one of those that refuse a folded line, as it may. */
const mayRefuse = ({ expectation }: ClientCase) =>
  expectation.type === 'closing' && expectation.leeway.mayRefuse !== undefined;
const closes = (given: ClientCase) =>
  given.expectation.type === 'closing' && given.extra !== 'notices-end' && !mayRefuse(given);
const both =
  (...all: readonly ((given: ClientCase) => boolean)[]) =>
  (given: ClientCase) =>
    all.every((each) => each(given));
const compressed = ({ deflate }: ClientCase) => deflate !== undefined;
const plain = ({ deflate }: ClientCase) => deflate === undefined;

const rules =
  (...starts: readonly string[]) =>
  (rule: string) =>
    starts.some((start) => rule.startsWith(start));
const ignores = (...starts: readonly string[]): ClientFault => ({ ignores: rules(...starts) });
const without = (name: string) => (header: Header) => header.name.toLowerCase() !== name;

const ROWS: readonly Row[] = [
  [
    'opens after any answer',
    'answer-not-checked',
    (given) => mustReject(given) && !given.answer.endsTcp,
    { opensDespite: true },
  ],
  [
    'keeps TCP open when it gives up',
    'tcp-left-open',
    (given) => mustReject(given) && !given.answer.endsTcp,
    { keepsTcp: true },
  ],
  [
    'reads Connection as one value',
    'opening-not-answered',
    startsWith('4.1-opens-connection-list', '4.1-opens-mixed-case'),
    { refusesHead: (_, text) => !/\r\nconnection:[ \t]*upgrade[ \t]*\r\n/i.test(text) || /uPgRaDe/.test(text) },
  ],
  [
    'refuses every answer',
    'opening-not-answered',
    both(startsWith('4.1-opens', '4.1-request', '4.1-fresh'), ({ id }) => id !== '4.1-opens-obs-fold'),
    { refusesHead: () => true },
  ],
  [
    'loses what is behind the head',
    'pings-not-answered',
    ({ id }) => id === '4.1-opens-frames-behind',
    { losesBytesBehindHead: true },
  ],
  [
    'sends version 8',
    'request-wrong',
    ({ id }) => id === '4.1-request',
    {
      request: (head) => ({
        ...head,
        headers: [
          ...head.headers.filter(without('sec-websocket-version')),
          { name: 'Sec-WebSocket-Version', value: '8' },
        ],
      }),
    },
  ],
  ['does not mask', 'frames-not-masked', closes, { maskingKey: () => undefined }],
  ['masks with 0', 'masking-keys-weak', startsWith('5.3-'), { maskingKey: () => 0 }],
  ['counts its masks', 'masking-keys-weak', startsWith('5.3-'), { maskingKey: (nth) => 77 + 3 * nth }],
  ['repeats a mask', 'masking-keys-weak', startsWith('5.3-'), { maskingKey: () => 0x12345678 }],
  [
    'has a byte that never changes',
    'masking-keys-weak',
    startsWith('5.3-'),
    { maskingKey: (nth) => ((nth * 0x9e3779b1) >>> 8) + 1 },
  ],
  ['does not check reserved bits', 'reserved-bits-not-checked', mustFail('rsv'), ignores('rsv')],
  ['does not check opcodes', 'opcodes-not-checked', mustFail('reserved-'), ignores('reserved-')],
  ['does not check the mask', 'mask-not-checked', mustFail('masked-'), ignores('masked-')],
  ['does not check lengths', 'length-not-checked', mustFail('length-'), ignores('length-')],
  [
    'does not check control frames',
    'control-frames-not-checked',
    mustFail('fragmented-control', 'control-frame'),
    ignores('fragmented-control', 'control-frame'),
  ],
  [
    'does not check the order of fragments',
    'fragment-order-not-checked',
    mustFail('continuation-', 'message-inside'),
    ignores('continuation-', 'message-inside'),
  ],
  ['does not check UTF-8', 'utf8-not-checked', mustFail('text-'), ignores('text-')],
  ['does not check close bodies', 'close-body-not-checked', mustFail('close-'), ignores('close-')],
  ['does not check DEFLATE', 'deflate-misread', mustFail('malformed-deflate'), ignores('malformed-deflate')],
  [
    'closes with 4321 whatever is wrong',
    'wrong-failure-code',
    (given) => mustFail('')(given) || checksAnyway(given),
    { failureCode: 4321 },
  ],
  [
    'sends binary as text',
    'binary-as-text',
    startsWith('5.2-length-binary'),
    { echo: (_, payload) => [[OPCODE.text, payload.map(() => 0x2a)]] },
  ],
  [
    'sends text as binary',
    'text-as-binary',
    both(echoes(OPCODE.text), plain, mustDeliver),
    { echo: (_, payload) => [[OPCODE.binary, payload]] },
  ],
  [
    'changes what it inflates',
    'deflate-misread',
    both(compressed, (given) => echoes(OPCODE.text)(given) || echoes(OPCODE.binary)(given)),
    {
      echo: (opcode, payload, isCompressed) => [[opcode, isCompressed ? new Uint8Array([...payload, 0x21]) : payload]],
    },
  ],
  ['does not echo', 'messages-missing', ({ id }) => id === '5.2-length-text-1', { echo: () => [] }],
  [
    'echoes twice',
    'extra-messages',
    startsWith('5.2-length-'),
    {
      echo: (opcode, payload) => [
        [opcode, payload],
        [opcode, payload],
      ],
    },
  ],
  [
    'cuts at 125 bytes',
    'medium-lengths-misread',
    ({ id }) => /^5\.2-length-(text|binary)-(126|127|128)$/.test(id),
    { echo: (opcode, payload) => [[opcode, payload.slice(0, 125)]] },
  ],
  [
    'cuts at 65,535 bytes',
    'long-lengths-misread',
    ({ id }) => /^5\.2-length-(text|binary)-65536$/.test(id),
    { echo: (opcode, payload) => [[opcode, payload.slice(0, 65_535)]] },
  ],
  [
    'echoes each fragment',
    'fragments-not-joined',
    startsWith('5.4-two-fragments', '5.4-fragments-of-7', '5.7-fragments'),
    { echoesFragments: true },
  ],
  [
    'does not answer pings',
    'pings-not-answered',
    both(echoes(OPCODE.pong), (given) => !mayRefuse(given)),
    { pong: () => undefined },
  ],
  [
    'answers pings with nothing in it',
    'pong-payload-changed',
    both(startsWith('5.5.2-ping-'), ({ id }) => !/empty/.test(id)),
    { pong: () => new Uint8Array(0) },
  ],
  ['answers pongs', 'pongs-answered', startsWith('5.5.3-'), { answersPongs: true }],
  ['does not answer close frames', 'close-not-answered', both(closes, plain), { closeAnswer: () => undefined }],
  [
    'answers close frames with another code',
    'wrong-close-code',
    both(closes, plain),
    { closeAnswer: () => new Uint8Array([0x10, 0xe1]) },
  ],
  [
    'echoes after the close frame',
    'goes-on-after-close',
    startsWith('5.5.1-text-after', '5.5.1-binary-after'),
    { goesOnAfterClose: true },
  ],
  ['closes at once', 'closes-too-early', ({ id }) => id === '4.1-opens-plain', { closesAtOnce: true }],
];

test('a client that keeps every rule passes', { timeout: 60_000 }, async () => {
  const results = await resultsOf(LIGHT);
  expect(results.length).toBe(LIGHT.length);
  expect(results.filter(({ outcome }) => outcome === 'failed').map(({ id, finding }) => `${id}: ${finding}`)).toEqual(
    [],
  );
});

const seenToFail = new Set<string>();

test.each(ROWS)('a client that %s', { timeout: 60_000 }, async (_, cause, breaks, fault) => {
  const cases = LIGHT.filter(breaks);
  expect(cases.length).toBeGreaterThan(0);
  const results = await resultsOf(cases, fault);
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  for (const { id } of failed) seenToFail.add(id);
  expect(results.filter(({ outcome }) => outcome !== 'failed').map(({ id, finding }) => `${id}: ${finding}`)).toEqual(
    [],
  );
  expect(findCauses(failed, CLIENT_CAUSES)[0]?.name).toBe(cause);
});

test('a client that sends one key for ever', { timeout: 60_000 }, async () => {
  const cases = LIGHT.filter(startsWith('4.1-fresh-key', '4.1-opens-plain'));
  const results = await resultsOf(cases, { key: () => EXAMPLE_KEY }, 1);
  expect(results.map(({ outcome, cause }) => [outcome, cause])).toEqual([
    ['passed', ''],
    ['failed', 'key-not-fresh'],
  ]);
  seenToFail.add('4.1-fresh-key');
});

/** What no client can fail: the RFC leaves it open, or the server ends TCP itself. */
const cannotFail = ({ expectation, answer, extra }: ClientCase) =>
  (expectation.type === 'closing' && expectation.leeway.mayRefuse !== undefined) ||
  (expectation.type === 'rejection' && (expectation.mayOpen !== undefined || answer.endsTcp)) ||
  extra === 'notices-end';

test('each case has been seen to fail', () => {
  expect(LIGHT.filter((given) => !cannotFail(given) && !seenToFail.has(given.id)).map(({ id }) => id)).toEqual([]);
});
