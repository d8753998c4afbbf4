import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RawDone } from '../../companion/lab.ts';
import type { WireMessage } from '../../inspector/wire/wire.ts';
import { simulateRaw } from '../../lab/simulate-raw.ts';
import { HANDSHAKE_RULES } from '../../protocol/handshake/rules.ts';
import { decodeText } from '../../text/utf8.ts';
import { readHashParameters, writeHashParameters } from '../base/address/hash-parameters.ts';
import { linkedRequest, linkOfRequest, reduceBuilder, rightRequest } from './model.ts';
import { PARTS, type PartName } from './parts.ts';
import { foresee, predict as predictWith } from './predict.ts';
import { presentAnswer } from './present-answer.ts';
import { type Request, requestBytes, requestLines } from './request-lines.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const site = { host: 'localhost:8080', origin: 'http://localhost:8080', key: KEY, typedKey: 'mine' };
const right = rightRequest(site);

const requirements = Object.fromEntries(HANDSHAKE_RULES.map(({ name, requirement }) => [name, requirement]));
const predict = (request: Request) => predictWith(request, requirements);

const choose = (part: PartName, choice: string) => reduceBuilder(right, { type: 'choose', part, choice });
const leaveOut = (part: PartName) => reduceBuilder(right, { type: 'switch', part, on: false });

const anyRequest: fc.Arbitrary<Request> = fc
  .tuple(...PARTS.map(({ choices }) => fc.constantFrom(...choices.map(({ id }) => id))))
  .chain((ids) =>
    fc.subarray(PARTS.filter(({ header }) => header !== undefined).map(({ name }) => name)).map((off) => ({
      ...right,
      choices: Object.fromEntries(PARTS.map(({ name }, i) => [name, ids[i] ?? ''])) as Record<PartName, string>,
      off,
    })),
  );

function answerTo(request: Request) {
  const answers = simulateRaw([{ bytes: requestBytes(request) }], foresee(request));
  const done = answers.find((answer): answer is RawDone => answer.type === 'done');
  if (done === undefined) throw new Error('the run has no end');
  const messages = answers.filter(
    (answer): answer is WireMessage => answer.type !== 'done' && answer.type !== 'problem',
  );
  return presentAnswer({ messages, done }, predict(request));
}

test('the right request is the one that a client sends', () => {
  expect(decodeText(requestBytes(right))).toBe(
    `GET /echo HTTP/1.1\r\nHost: localhost:8080\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13\r\nOrigin: http://localhost:8080\r\n\r\n`,
  );
  expect(predict(right)).toMatchObject({ httpStatus: 101, broken: undefined, others: [] });
});

describe('one part broken is one rule broken', () => {
  test.each([
    ['method', 'post', 405, 'method-not-get'],
    ['method', 'head', 405, 'method-not-get'],
    ['path', 'nowhere', 404, undefined],
    ['path', 'noslash', 400, 'malformed-target'],
    ['http', '10', 400, 'http-version-too-low'],
    ['host', 'address', 400, 'malformed-host'],
    ['host', 'twice', 400, 'repeated-host'],
    ['upgrade', 'h2c', 400, 'upgrade-not-websocket'],
    ['connection', 'alive', 400, 'connection-not-upgrade'],
    ['key', 'short', 400, 'malformed-key'],
    ['key', 'foreign', 400, 'malformed-key'],
    ['key', 'bare', 400, 'malformed-key'],
    ['key', 'twice', 400, 'repeated-key'],
    ['key', 'own', 400, 'malformed-key'],
    ['version', '8', 426, 'unsupported-version'],
    ['version', 'list', 426, 'unsupported-version'],
    ['version', 'twice', 426, 'repeated-version'],
    ['origin', 'foreign', 403, undefined],
    ['origin', 'twice', 400, 'repeated-origin'],
    ['protocol', 'same', 400, 'repeated-subprotocol'],
    ['protocol', 'words', 400, 'malformed-subprotocols'],
    ['form', 'space', 400, 'space-before-colon'],
    ['form', 'lf', 400, 'malformed-line-end'],
    ['form', 'folded', 400, 'folded-header'],
  ] as const)('%s %s: %i %s', (part, choice, httpStatus, rule) => {
    const { broken, others, ...prediction } = predict(choose(part, choice));
    expect(prediction.httpStatus).toBe(httpStatus);
    expect(broken?.name).toBe(rule);
    expect(broken?.part).toBe(part);
    expect(others).toEqual([]);
  });

  test.each([
    ['host', 400, 'missing-host'],
    ['upgrade', 426, 'missing-upgrade'],
    ['connection', 400, 'connection-not-upgrade'],
    ['key', 400, 'missing-key'],
    ['version', 426, 'missing-version'],
  ] as const)('without %s: %i %s', (part, httpStatus, rule) => {
    const { broken, ...prediction } = predict(leaveOut(part));
    expect([prediction.httpStatus, broken?.name, broken?.part]).toEqual([httpStatus, rule, part]);
  });

  test.each([
    ['path', 'query'],
    ['host', 'other'],
    ['upgrade', 'case'],
    ['upgrade', 'list'],
    ['connection', 'list'],
    ['connection', 'lines'],
    ['protocol', 'two'],
    ['protocol', 'empty'],
    ['names', 'lower'],
    ['names', 'upper'],
  ] as const)('%s %s breaks none', (part, choice) => {
    expect(predict(choose(part, choice)).httpStatus).toBe(101);
  });

  test('without Origin none is broken: programs send none', () => {
    expect(predict(leaveOut('origin')).httpStatus).toBe(101);
  });
});

test('without an empty line there is no answer', () => {
  const open = choose('form', 'open');
  expect(predict(open)).toMatchObject({ httpStatus: undefined, broken: undefined });
  expect(answerTo(open)).toMatchObject({ lines: [], end: 'It answered nothing: it waits for the rest of the head.' });
});

test('the first of several broken rules gives the answer, and the others are named', () => {
  const request = reduceBuilder(choose('method', 'post'), { type: 'choose', part: 'version', choice: '8' });
  const { httpStatus, broken, others, headerLines } = predict(request);
  expect([httpStatus, broken?.name, others.map(({ name }) => name)]).toEqual([
    405,
    'method-not-get',
    ['unsupported-version'],
  ]);
  expect(headerLines).toEqual(['Allow: GET']);
});

test('whatever is chosen, the simulated server answers what the rules say', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      expect(answerTo(request).agrees).toBe(true);
    }),
  );
});

test('the answer is shown with its head explained, its body, and how it ended', () => {
  const { lines, body, end } = answerTo(choose('version', '8'));
  expect(lines.map(({ name }) => name).slice(0, 4)).toEqual(['', 'Upgrade', 'Sec-WebSocket-Version', 'Connection']);
  expect(lines.find(({ name }) => name === 'Sec-WebSocket-Version')).toMatchObject({ value: '13', section: '4.4' });
  expect(lines.find(({ name }) => name === 'Connection')?.sentence).toMatch(/ends TCP after this answer/);
  expect(body).toEqual(['Sec-WebSocket-Version is "8". Send 13.']);
  expect(end).toBe('Then it ended TCP.');
  expect(answerTo(right).end).toMatch(/open/);
});

describe('the address', () => {
  test('keeps every request', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const hash = writeHashParameters('', linkOfRequest(request));
        const linked = linkedRequest(readHashParameters(hash));
        if (linked === undefined || 'problem' in linked) throw new Error(`not read: ${hash}`);
        expect(requestLines(reduceBuilder(right, { type: 'put', linked }))).toEqual(requestLines(request));
      }),
    );
  });

  test('holds only what is not right', () => {
    expect(linkOfRequest(right)).toEqual({ request: 'right' });
    expect(linkOfRequest(leaveOut('upgrade'))).toEqual({ request: 'upgrade-off' });
    expect(linkOfRequest(choose('protocol', 'two'))).toEqual({ request: 'protocol-two' });
    expect(linkOfRequest(choose('key', 'own'))).toEqual({ request: 'key-own', typed: 'mine' });
  });

  test.each(['nothing', 'upgrade-', 'upgrade-maybe', 'method-off', 'constructor-off', 'version-8..'])(
    'a change that is none is named: %s',
    (written) => {
      expect(linkedRequest(readHashParameters(`#request=${written}`))).toHaveProperty('problem');
    },
  );
});

test('a part that is switched on again stands where it stood; all is put right at once', () => {
  const off = reduceBuilder(choose('version', '8'), { type: 'switch', part: 'version', on: false });
  const on = reduceBuilder(off, { type: 'switch', part: 'version', on: true });
  expect(on.choices.version).toBe('8');
  expect(reduceBuilder(on, { type: 'mendAll' })).toEqual(right);
});
