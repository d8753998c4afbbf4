import { expect, test } from 'vitest';
import { encodeLatin1 } from '../../../text/latin1.ts';
import { EXAMPLE_RESPONSE, EXAMPLE_SENT, replaceLine } from '../head/example-heads.ts';
import { parseResponseHead } from '../head/parse-head.ts';
import { checkResponse } from './check-response.ts';

function verdict(text: string, sent: { key: string; subprotocols: readonly string[] } = EXAMPLE_SENT) {
  const result = parseResponseHead(encodeLatin1(text));
  if (result.kind !== 'complete') throw new Error(result.kind);
  const checked = checkResponse(result.head, sent);
  return 'refusal' in checked ? checked.refusal.rule : checked.subprotocol;
}

const ACCEPT = 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const replaced = (line: string, ...replacement: string[]) => replaceLine(EXAMPLE_RESPONSE, line, ...replacement);

test('the response of the RFC is accepted, with its subprotocol or without', () => {
  expect(verdict(EXAMPLE_RESPONSE)).toBe('chat');
  expect(verdict(replaced('Sec-WebSocket-Protocol: chat'))).toBeUndefined();
});

test('tokens are compared without case, the accept with it', () => {
  expect(verdict(replaced('Upgrade: websocket', 'Upgrade: WebSocket'))).toBe('chat');
  expect(verdict(replaced('Connection: Upgrade', 'connection: keep-alive, upgrade'))).toBe('chat');
  expect(verdict(replaced(ACCEPT, ACCEPT.toLowerCase()))).toBe('wrong-accept');
  expect(verdict(replaced(ACCEPT, `${ACCEPT}=`))).toBe('wrong-accept');
});

test('Upgrade is websocket alone', () => {
  expect(verdict(replaced('Upgrade: websocket', 'Upgrade: h2c, websocket'))).toBe('response-upgrade-not-websocket');
  expect(verdict(replaced('Upgrade: websocket', 'Upgrade: websocket', 'Upgrade: websocket'))).toBe(
    'response-upgrade-not-websocket',
  );
});

test('an accept for another key is refused, and the sentence has the right one', () => {
  const sent = { key: 'x3JJHMbDL1EzLkh9GBhXDw==', subprotocols: ['chat'] };
  const result = parseResponseHead(encodeLatin1(EXAMPLE_RESPONSE));
  if (result.kind !== 'complete') throw new Error(result.kind);
  expect(checkResponse(result.head, sent)).toMatchObject({
    refusal: { rule: 'wrong-accept', sentence: expect.stringContaining('HSmrc0sMlYUkAGmm5OPpG2HaGWk=') },
  });
});

test('refused: a subprotocol that was not offered, one if none was offered, an empty one, and one on two lines', () => {
  expect(verdict(EXAMPLE_RESPONSE, { ...EXAMPLE_SENT, subprotocols: ['superchat'] })).toBe('subprotocol-not-offered');
  expect(verdict(EXAMPLE_RESPONSE, { ...EXAMPLE_SENT, subprotocols: [] })).toBe('subprotocol-not-offered');
  const line = 'Sec-WebSocket-Protocol: chat';
  expect(verdict(replaced(line, 'Sec-WebSocket-Protocol:'))).toBe('subprotocol-not-offered');
  expect(verdict(replaced(line, line, line))).toBe('several-subprotocols');
});
