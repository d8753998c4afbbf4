import { describe, expect, test } from 'vitest';
import { encodeLatin1 } from '../../text/latin1.ts';
import { EXAMPLE_REQUEST, EXAMPLE_RESPONSE, EXAMPLE_SENT } from './head/example-heads.ts';
import { parseRequestHead, parseResponseHead } from './head/parse-head.ts';
import { quote, type Refusal, refuse } from './head/refusal.ts';
import { checkRequest, REQUEST_CHECKS } from './request/check-request.ts';
import { REQUEST_RULES } from './request/rules.ts';
import { checkResponse, RESPONSE_CHECKS } from './response/check-response.ts';
import { HANDSHAKE_RULES } from './rules.ts';

/** Every refusal of a head: the one for its form, or otherwise those of each check run by itself. */
function refusalsOf(text: string): Refusal[] {
  const bytes = encodeLatin1(text);
  const isRequest = !text.startsWith('HTTP/');
  const result = isRequest ? parseRequestHead(bytes) : parseResponseHead(bytes);
  if (result.kind === 'refused') return [result.refusal];
  if (result.kind === 'incomplete') throw new Error('The example does not end.');
  const { head } = result;
  const found =
    'method' in head
      ? REQUEST_CHECKS.map((check) => check(head))
      : RESPONSE_CHECKS.map((check) => check(head, EXAMPLE_SENT));
  return found.filter((refusal) => refusal !== undefined);
}

/** The lines of a head that differ from those of another, which are compared from both ends. */
function changedLines(text: string, original: string): { removed: string[]; added: string[] } {
  const added = text.split(/\r?\n/);
  const removed = original.split(/\r?\n/);
  while (added.length > 0 && added[0] === removed[0]) {
    added.shift();
    removed.shift();
  }
  while (added.length > 0 && added.at(-1) === removed.at(-1)) {
    added.pop();
    removed.pop();
  }
  return { removed, added };
}

const originalOf = (example: string) => (example.startsWith('HTTP/') ? EXAMPLE_RESPONSE : EXAMPLE_REQUEST);

describe.each(HANDSHAKE_RULES)('$name', (rule) => {
  const { example } = rule;

  test('its example breaks this rule and no other', () => {
    const refusals = refusalsOf(example);
    expect(refusals.map((refusal) => refusal.rule)).toEqual([rule.name]);
    expect(refusals[0]?.section).toBe(rule.section);
    expect(refusals[0]?.httpStatus).toBe(rule.httpStatus ?? 400);
    expect(refusals[0]?.sentence).toMatch(/^[A-Z].*[.?]$/);
  });

  test('its example is the sample head with one line changed, and the sample head is accepted', () => {
    const { removed } = changedLines(example, originalOf(example));
    expect(example).not.toBe(originalOf(example));
    expect(removed.length).toBeLessThanOrEqual(1);
    expect(refusalsOf(originalOf(example))).toEqual([]);
  });

  test('its example comes from a side that can break it, and only a server that refuses has an answer', () => {
    expect(example.startsWith('HTTP/')).toBe(rule.brokenBy === 'server');
    expect(rule.httpStatus === undefined).toBe(rule.brokenBy === 'server');
  });
});

test('the sample heads are accepted', () => {
  const request = parseRequestHead(encodeLatin1(EXAMPLE_REQUEST));
  const response = parseResponseHead(encodeLatin1(EXAMPLE_RESPONSE));
  if (request.kind !== 'complete' || response.kind !== 'complete') throw new Error('They parse.');
  expect(checkRequest(request.head)).toHaveProperty('request');
  expect(checkResponse(response.head, EXAMPLE_SENT)).toEqual({ subprotocol: 'chat' });
});

test('a refusal carries the headers that its status needs', () => {
  expect(refuse(REQUEST_RULES.methodNotGet, '').headers).toEqual([{ name: 'Allow', value: 'GET' }]);
  const names = refuse(REQUEST_RULES.missingUpgrade, '').headers.map(({ name, value }) => `${name}: ${value}`);
  expect(names).toEqual(['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13']);
  expect(refuse(REQUEST_RULES.missingHost, '').headers).toEqual([]);
});

test("a quotation of the peer's text is short and on one line", () => {
  expect(quote('a\r\nb"')).toBe('"a\\r\\nb\\""');
  expect(quote('x'.repeat(10_000)).length).toBeLessThan(100);
});
