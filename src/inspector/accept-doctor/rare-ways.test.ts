import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { WEBSOCKET_GUID } from '../../protocol/handshake/accept/accept-key.ts';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import { diagnose } from './diagnose.ts';

const answerOf = (text: string) => createHash('sha1').update(text).digest('base64');
const START = '258EAFA5-E914-47DA-';

test.each([
  '95CA-5AB5DC11BE85',
  '95CA-5AB0DC85B11F',
  '95CA-C5B5DA8F6B11',
  '95CA-C5AB0DC85B1',
  '95CA-5AB0DC85B11D',
  '95CA-5AB5DC11B85A',
  '95CA-C5AB5DC85B11',
  '95CA-5AB9DC11B5AB',
  '95CA-5AB53ADF711E2',
])('the GUID that public programs end with %s is named', (ending) => {
  const { verdict, findings } = diagnose(EXAMPLE_KEY, answerOf(EXAMPLE_KEY + START + ending));
  expect(verdict).toBe('named');
  expect(findings[0]?.name).toBe('guid-mistyped');
  expect(findings[0]?.cause).toContain(START + ending);
});

test('every slip of one character in the GUID is named', () => {
  for (let i = 0; i < WEBSOCKET_GUID.length; i++) {
    const [before, at, next, after] = [
      WEBSOCKET_GUID.slice(0, i),
      WEBSOCKET_GUID.charAt(i),
      WEBSOCKET_GUID.charAt(i + 1),
      WEBSOCKET_GUID.slice(i + 2),
    ];
    const other = at === '7' ? '8' : '7';
    const slips = [before + next + after, before + at + at + next + after, before + other + next + after];
    if (next !== '' && next !== at) slips.push(before + next + at + after);
    for (const guid of slips)
      expect(diagnose(EXAMPLE_KEY, answerOf(EXAMPLE_KEY + guid)).findings[0]?.name, guid).toBe('guid-mistyped');
  }
});

test.each([
  ['', 'empty-key', 'Kfh9QIsMVZcl6xEPYxPHzW8SZ8w='],
  ['null', 'key-null', answerOf(`null${WEBSOCKET_GUID}`)],
  ['undefined', 'key-undefined', answerOf(`undefined${WEBSOCKET_GUID}`)],
  ['None', 'key-none', answerOf(`None${WEBSOCKET_GUID}`)],
])('an answer made with %j as the key is named', (text, name, answer) => {
  expect(answerOf(text + WEBSOCKET_GUID)).toBe(answer);
  const { verdict, findings } = diagnose(EXAMPLE_KEY, answer);
  expect(verdict).toBe('named');
  expect(findings[0]?.name).toBe(name);
});
