import { describe, expect, test } from 'vitest';
import { joined } from '../../../tests/bytes.ts';
import { closeFrame, events, inShort, openPair, textFrame, written } from '../../../tests/endpoints.ts';
import { MESSAGE_RULES } from '../messages/rules.ts';
import { violationOf } from '../violation.ts';

describe('§7: the closing handshake', () => {
  test('begun by the client: both send a close frame, and the server ends TCP', () => {
    const { client, server } = openPair();
    const first = written(client.startClosingHandshake(4000, 'enough'));
    expect(client.readyState).toBe('closing');
    const answer = [...server.receive(first)];
    expect(inShort(answer)).toEqual(['88020fa0', 'closeTcp']);
    expect(server.readyState).toBe('ending');
    expect([...client.receive(written(answer))]).toEqual([]);
    expect(client.readyState).toBe('ending');
    expect(events(server.receiveEnd())).toMatchObject([{ closeCode: 4000, reason: 'enough', clean: true }]);
    expect(events(client.receiveEnd())).toMatchObject([{ closeCode: 4000, reason: '', clean: true }]);
  });

  test('begun by the server: the client answers, and still the server ends TCP', () => {
    const { client, server } = openPair();
    const first = written(server.startClosingHandshake(1001, 'going'));
    const answer = [...client.receive(first)];
    expect(answer.map(({ type }) => type)).toEqual(['write']);
    expect(inShort(server.receive(written(answer)))).toEqual(['closeTcp']);
    expect(events(client.receiveEnd())).toMatchObject([{ closeCode: 1001, reason: 'going', clean: true }]);
    expect(events(server.receiveEnd())).toMatchObject([{ closeCode: 1001, reason: '', clean: true }]);
  });

  test('begun by both at once: each accepts the close frame of the other as the answer', () => {
    const { client, server } = openPair();
    const fromThem = written(server.startClosingHandshake(1001));
    const fromUs = written(client.startClosingHandshake(1000));
    expect(inShort(server.receive(fromUs))).toEqual(['closeTcp']);
    expect(inShort(client.receive(fromThem))).toEqual([]);
    expect(events(client.receiveEnd())).toMatchObject([{ closeCode: 1001, clean: true }]);
    expect(events(server.receiveEnd())).toMatchObject([{ closeCode: 1000, clean: true }]);
  });

  test('a close frame without a code is answered by one without, and reported as 1005', () => {
    const { server } = openPair();
    expect(inShort(server.receive(closeFrame('')))).toEqual(['8800', 'closeTcp']);
    expect(events(server.receiveEnd())).toMatchObject([{ closeCode: 1005, reason: '', clean: true }]);
  });

  test('a program that is closing gets no more messages', () => {
    const { server } = openPair();
    server.startClosingHandshake(1000);
    expect(inShort(server.receive(joined(textFrame('late'), closeFrame('03e8'))))).toEqual(['closeTcp']);
  });

  test('TCP that ends without a close frame is 1006, and not clean', () => {
    for (const endpoint of Object.values(openPair())) {
      expect(events(endpoint.receiveEnd())).toEqual([
        { type: 'close', closeCode: 1006, reason: '', clean: false, violation: undefined, refusal: undefined },
      ]);
    }
  });

  test('TCP that ends after our close frame alone is not clean either', () => {
    const { client } = openPair();
    client.startClosingHandshake(1000);
    expect(events(client.receiveEnd())).toMatchObject([{ closeCode: 1006, clean: false }]);
  });

  test('a code or reason that must not be sent is an error of the caller, and does not close the connection', () => {
    const { client } = openPair();
    for (const code of [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 4000.5]) {
      expect(() => client.startClosingHandshake(code)).toThrow(RangeError);
    }
    expect(() => client.startClosingHandshake(1000, 'x'.repeat(124))).toThrow(RangeError);
    expect(client.readyState).toBe('open');
  });

  test('after the end, no call has an effect', () => {
    for (const endpoint of Object.values(openPair())) {
      endpoint.receiveEnd();
      expect(endpoint.readyState).toBe('closed');
      expect([...endpoint.receive(textFrame('late'))]).toEqual([]);
      expect(endpoint.receiveEnd()).toEqual([]);
      expect(endpoint.sendText('late')).toEqual([]);
      expect(endpoint.startClosingHandshake()).toEqual([]);
      expect(endpoint.fail(violationOf(MESSAGE_RULES.textNotUtf8, 0, 1))).toEqual([]);
    }
  });
});
