import { describe, expect, test } from 'vitest';
import { conformanceCases } from '../src/conformance/index.ts';
import { EXAMPLE_SENT } from '../src/protocol/handshake/head/example-heads.ts';
import {
  citeSection,
  decodeCloseBody,
  Endpoint,
  FRAME_RULES,
  FrameReader,
  HANDSHAKE_RULES,
  OPCODE,
  type Rule,
} from '../src/protocol/index.ts';
import { decodeLatin1, encodeLatin1 } from '../src/text/latin1.ts';
import { bytesOf, cutEverywhere } from './bytes.ts';
import { events, newServer, openPair, REQUEST, written } from './endpoints.ts';

const ALL_RULES: readonly Rule[] = [...FRAME_RULES, ...HANDSHAKE_RULES];

test('no two rules have the same name, requirement or example', () => {
  expect(new Set(ALL_RULES.map(({ name }) => name)).size).toBe(ALL_RULES.length);
  const requirements = ALL_RULES.map((rule) => `${'httpStatus' in rule} ${rule.requirement}`);
  expect(new Set(requirements).size).toBe(ALL_RULES.length);
});

const SENTENCE = /^[A-Z].*[^.]\.$/;

describe.each(ALL_RULES)('the rule $name', (rule) => {
  test('has a name, a section that can be cited, and who can break it', () => {
    expect(rule.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(citeSection(rule.section)).toMatch(/^RFC \d{4} §\d+(\.\d+)*$/);
    expect(['client', 'server', 'either']).toContain(rule.brokenBy);
  });

  test('says what it requires in one sentence, and why in one or two others', () => {
    expect(rule.requirement).toMatch(SENTENCE);
    expect(rule.why).toMatch(SENTENCE);
    expect(rule.why).not.toBe(rule.requirement);
    expect(rule.why.split(/[.?] (?=[A-Z])/).length).toBeLessThanOrEqual(2);
  });

  test('has one consequence: the status code of a close frame, or the status of an HTTP answer', () => {
    expect(['statusCode', 'httpStatus'].filter((key) => key in rule)).toHaveLength(1);
    if ('statusCode' in rule) expect([1002, 1007, 1008, 1009]).toContain(rule.statusCode);
    else expect([undefined, 400, 405, 426, 431]).toContain(rule.httpStatus);
  });
});

test('what a rule says of receivers agrees with the conformance suite, and limits are those that a receiver sets', () => {
  const cases = conformanceCases();
  const isTaken = (name: string) =>
    cases.some(({ rule, expectation }) => rule === name && expectation.type === 'failure' && expectation.ifTaken);
  expect(FRAME_RULES.filter(({ name, receiver }) => receiver !== 'may' && isTaken(name))).toEqual([]);
  expect(FRAME_RULES.filter(({ receiver, limits }) => (receiver === 'limit') !== (limits !== undefined))).toEqual([]);
  expect(FRAME_RULES.filter(({ receiver }) => receiver === 'ignores').map(({ name }) => name)).toEqual([
    'data-frame-after-close',
  ]);
});

describe.each(HANDSHAKE_RULES)('an endpoint whose peer breaks $name', ({ name, brokenBy, httpStatus, example }) => {
  test('refuses the head, and a server answers with the status of the rule', () => {
    const endpoint = brokenBy === 'server' ? exampleClient() : newServer();
    const answer = decodeLatin1(written(endpoint.receive(encodeLatin1(example))));
    expect(answer.slice(0, 12)).toBe(httpStatus === undefined ? '' : `HTTP/1.1 ${httpStatus}`);
    const [closed] = events(endpoint.receiveEnd());
    expect(closed).toMatchObject({ type: 'close', closeCode: 1006, clean: false, refusal: { rule: name } });
  });
});

/** A client that has sent the sample request. */
function exampleClient(): Endpoint {
  const request = { ...REQUEST, subprotocols: EXAMPLE_SENT.subprotocols };
  const client = new Endpoint({ role: 'client', request, nextMaskingKey: () => 0 });
  written(client.connect());
  return client;
}

describe.each(FRAME_RULES)(
  'an endpoint whose peer breaks $name',
  ({ name, section, statusCode, receiver, brokenBy, limits, example }) => {
    const open = () => openPair(limits)[brokenBy === 'server' ? 'client' : 'server'];
    const isIgnored = receiver === 'ignores';

    test('fails the connection with the code of the rule and says which it was', () => {
      const endpoint = open();
      const effects = [...endpoint.receive(bytesOf(example))];
      const [frame] = new FrameReader().push(written(effects));
      expect(frame?.opcode).toBe(OPCODE.close);
      expect(effects.at(-1)).toEqual({ type: 'closeTcp' });
      const reason = `${name} (RFC 6455 section ${section})`;
      const said = isIgnored ? { closeCode: 1005, reason: '' } : { closeCode: statusCode, reason };
      expect(decodeCloseBody(frame?.payload ?? expect.unreachable())).toEqual(said);
      const [closed] = events(endpoint.receiveEnd());
      expect(closed).toMatchObject(
        isIgnored ? { clean: true } : { clean: false, closeCode: 1006, violation: { rule: name } },
      );
    });

    test('does the same when the bytes come one by one', () => {
      const [atOnce, byteByByte] = [open(), open()];
      const effects = [...atOnce.receive(bytesOf(example))];
      expect(cutEverywhere(bytesOf(example)).flatMap((chunk) => [...byteByByte.receive(chunk)])).toEqual(effects);
      expect(byteByByte.receiveEnd()).toEqual(atOnce.receiveEnd());
    });

    test('tells its program no message of the example', () => {
      expect(events(open().receive(bytesOf(example)))).toEqual([]);
    });
  },
);
