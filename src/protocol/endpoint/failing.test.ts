import { describe, expect, test } from 'vitest';
import { bytesOf, cutEverywhere, joined } from '../../../tests/bytes.ts';
import { closeFrame, events, inShort, newServer, openPair, textFrame, written } from '../../../tests/endpoints.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { OPCODE } from '../framing/opcode.ts';
import { MESSAGE_RULES } from '../messages/rules.ts';
import { violationOf } from '../violation.ts';

describe('§7.1.7: failing the connection', () => {
  const wrongText = joined(bytesOf('81ff0000000000100000'), bytesOf('00000000'), bytesOf('48ff'));

  test('happens in the call that brings the wrong byte, before the frame is complete', () => {
    const { server } = openPair();
    const chunks = cutEverywhere(wrongText);
    const results = chunks.map((chunk) => inShort(server.receive(chunk)));
    expect(results.slice(0, -1).flat()).toEqual([]);
    const [frame, end] = results.at(-1) ?? [];
    expect(frame).toMatch(/^88..03ef/);
    expect(end).toBe('closeTcp');
  });

  test('says which rule was broken, in the close frame and to the program', () => {
    const { server } = openPair();
    const body = written(server.receive(wrongText.slice())).subarray(4);
    expect(new TextDecoder().decode(body)).toBe('text-not-utf8 (RFC 6455 section 8.1)');
    expect(server.readyState).toBe('ending');
    expect(events(server.receiveEnd())).toMatchObject([
      { closeCode: 1006, clean: false, violation: { rule: 'text-not-utf8', start: 15, end: 16 } },
    ]);
  });

  test('by a client sends its close frame masked, and ends TCP itself', () => {
    const { client } = openPair();
    const effects = [...client.receive(bytesOf('c10548656c6c6f'))];
    expect(effects.map(({ type }) => type)).toEqual(['write', 'closeTcp']);
    expect(new FrameReader().push(written(effects))[0]).toMatchObject({ opcode: OPCODE.close, masked: true });
  });

  test('sends no second close frame if one went out before', () => {
    const { server } = openPair();
    server.startClosingHandshake(1000);
    expect(inShort(server.receive(textFrame('', { rsv1: true })))).toEqual(['closeTcp']);
    expect(events(server.receiveEnd())).toMatchObject([
      { closeCode: 1006, clean: false, violation: { rule: 'rsv1-set' } },
    ]);
  });

  test('a close body that breaks a rule fails the connection, and does not count as a close frame', () => {
    const { server } = openPair();
    expect(inShort(server.receive(closeFrame('03ed')))[0]).toMatch(/^88..03ea/);
    expect(events(server.receiveEnd())).toMatchObject([
      { closeCode: 1006, clean: false, violation: { rule: 'close-code-1005' } },
    ]);
  });

  test('nothing is read after it', () => {
    const { server } = openPair();
    events(server.receive(wrongText.slice()));
    expect([...server.receive(textFrame('late'))]).toEqual([]);
  });

  test('can be requested by the owner, once', () => {
    const { server } = openPair();
    const violation = violationOf(MESSAGE_RULES.messageTooLong, 1, 2);
    expect(inShort(server.fail(violation))[0]).toMatch(/^88..03f1/);
    expect(server.fail(violation)).toEqual([]);
    expect(newServer().fail(violation)).toEqual([]);
  });
});

describe('§10.4: limits', () => {
  test('a message at the limit arrives, one byte more fails with 1009', () => {
    const { server } = openPair({ maxMessageBytes: 5 });
    expect(inShort(server.receive(textFrame('Hello')))).toEqual(['message']);
    expect(inShort(server.receive(textFrame('Hello!')))[0]).toMatch(/^88..03f1/);
  });

  test('fragments at the limit arrive, one more fails with 1008', () => {
    const { server } = openPair({ maxFragments: 2 });
    const [begin, go, end] = [
      textFrame('a', { fin: false }),
      textFrame('b', { fin: false, opcode: OPCODE.continuation }),
      textFrame('c', { opcode: OPCODE.continuation }),
    ];
    expect(inShort(server.receive(joined(begin, end)))).toEqual(['message']);
    expect(inShort(server.receive(joined(begin, go, end)))[0]).toMatch(/^88..03f0/);
  });
});
