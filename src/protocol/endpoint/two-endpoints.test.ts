import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { deliver, deliverAll, newPair, type Pair, peerOf, type Side, type SideName } from '../../../tests/two-sides.ts';
import { encodeText } from '../../text/utf8.ts';
import { OPCODE } from '../framing/opcode.ts';
import { FRAME_RULES } from '../rules.ts';
import type { CloseEvent } from './effects.ts';

type Action = (pair: Pair) => void;

const side = fc.constantFrom<SideName[]>('client', 'server');
const bytes = fc.uint8Array({ maxLength: 200 });
/** The bytes of a text, cut anywhere, inside a character too. */
const cutText = fc.tuple(fc.string({ unit: 'binary' }), fc.nat(30)).map(([text, cut]) => {
  const whole = encodeText(text);
  return [whole.subarray(0, cut), whole.subarray(cut)];
});
const ifOpen =
  (name: SideName, act: (side: Side) => void): Action =>
  (pair) => {
    if (pair[name].endpoint.readyState !== 'connecting') act(pair[name]);
  };

const sendText = fc
  .tuple(side, cutText)
  .map(([name, pieces]) => ifOpen(name, (from) => from.send(OPCODE.text, pieces)));
const sendBinary = fc
  .tuple(side, fc.array(bytes, { minLength: 1, maxLength: 3 }))
  .map(([name, pieces]) => ifOpen(name, (from) => from.send(OPCODE.binary, pieces)));
const ping = fc
  .tuple(side, fc.uint8Array({ maxLength: 125 }))
  .map(([name, payload]) => ifOpen(name, (from) => from.perform(from.endpoint.sendPing(payload))));
const close = fc
  .tuple(side, fc.constantFrom(undefined, 1000, 1001, 3000, 4999), fc.constantFrom('', 'done'))
  .map(([name, code, reason]) =>
    ifOpen(name, (from) => from.perform(from.endpoint.startClosingHandshake(code, code === undefined ? '' : reason))),
  );
const delivery = fc.tuple(side, fc.oneof(fc.nat(8), fc.nat(400))).map(
  ([name, byteLength]): Action =>
    (pair) =>
      deliver(pair, name, byteLength),
);
const wrongBytes = fc
  .constantFrom(...FRAME_RULES.filter(({ limits, name }) => limits === undefined && name !== 'data-frame-after-close'))
  .map(({ brokenBy, example, name }) =>
    ifOpen(brokenBy === 'server' ? 'server' : 'client', (from) => {
      from.brokenRules.push(name);
      from.writeRaw(bytesOf(example));
    }),
  );
/** TCP breaks: some of the bytes in flight still arrive. */
const cut = fc.tuple(fc.nat(100), fc.nat(100)).map(
  ([fromClient, fromServer]): Action =>
    ({ client, server }) => {
      client.inFlight = client.inFlight.slice(0, fromClient);
      server.inFlight = server.inFlight.slice(0, fromServer);
      client.tcpEnds = true;
      server.tcpEnds = true;
    },
);

/** A connection from its first byte to its end, in which the actions happen in turn. */
function play(actions: readonly Action[]): Pair {
  const pair = newPair();
  for (const act of actions) act(pair);
  deliverAll(pair);
  const { endpoint } = pair.client;
  if (endpoint.readyState === 'open') pair.client.perform(endpoint.startClosingHandshake(1000));
  deliverAll(pair);
  return pair;
}

/** Checks the properties that hold for both ends, whatever happened. */
function checkEnds(pair: Pair): void {
  for (const name of ['client', 'server'] as const) {
    const [own, peer] = [pair[name], pair[peerOf[name]]];
    expect(own.endpoint.readyState).toBe('closed');
    expect(own.closeEvents).toHaveLength(1);
    const [{ clean, closeCode, reason, violation }] = own.closeEvents as [CloseEvent];
    expect(clean).toBe(closeCode !== 1006);
    if (clean && peer.brokenRules.length === 0) expect({ closeCode, reason }).toEqual(peer.closeFrame);
    if (violation) expect(violation.rule).toBe(peer.brokenRules[0]);
    expect(own.received).toEqual(peer.sent.slice(0, own.received.length));
  }
}

test('two ends that keep the rules close cleanly, agree, and report every message in order', () => {
  const honest = fc.oneof(sendText, sendBinary, ping, { arbitrary: delivery, weight: 5 });
  fc.assert(
    fc.property(
      fc.array(honest, { maxLength: 40 }),
      fc.array(fc.oneof(close, delivery), { maxLength: 6 }),
      (talk, end) => {
        const pair = play([...talk, (all) => deliverAll(all), ...end]);
        checkEnds(pair);
        const { client, server } = pair;
        expect(server.received).toEqual(client.sent);
        expect(client.received).toEqual(server.sent);
        expect([client.closeEvents[0]?.clean, server.closeEvents[0]?.clean]).toEqual([true, true]);
        expect(client.closeFrame?.closeCode).toBe(server.closeEvents[0]?.closeCode);
        expect(server.closeFrame?.closeCode).toBe(client.closeEvents[0]?.closeCode);
      },
    ),
    { numRuns: 300 },
  );
});

test('a message that was sent before the close frame of its sender arrives, unless its receiver was closing', () => {
  const action = fc.oneof(sendText, sendBinary, ping, close, { arbitrary: delivery, weight: 3 });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      const closing: Record<SideName, boolean> = { client: false, server: false };
      const watched = actions.map(
        (act): Action =>
          (pair) => {
            act(pair);
            for (const name of ['client', 'server'] as const)
              closing[name] ||= pair[name].endpoint.readyState === 'closing';
          },
      );
      const pair = play(watched);
      checkEnds(pair);
      if (!closing.server) expect(pair.server.received).toEqual(pair.client.sent);
      if (!closing.client) expect(pair.client.received).toEqual(pair.server.sent);
      expect([pair.client.closeEvents[0]?.clean, pair.server.closeEvents[0]?.clean]).toEqual([true, true]);
    }),
    { numRuns: 500 },
  );
});

test('if a rule or TCP breaks, both ends are closed and report only messages that were sent', () => {
  const action = fc.oneof(sendText, sendBinary, ping, close, wrongBytes, cut, { arbitrary: delivery, weight: 5 });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => checkEnds(play(actions))),
    { numRuns: 1000 },
  );
});

test('an end whose peer broke a rule reports it, unless the peer had closed before', () => {
  const action = fc.oneof(sendText, sendBinary, ping, delivery);
  fc.assert(
    fc.property(fc.array(action, { maxLength: 10 }), wrongBytes, (actions, breakRule) => {
      const pair = play([...actions, (all) => deliverAll(all), breakRule]);
      checkEnds(pair);
      const [wrong, judge] =
        pair.client.brokenRules.length > 0 ? [pair.client, pair.server] : [pair.server, pair.client];
      expect(judge.closeEvents[0]).toMatchObject({ clean: false, violation: { rule: wrong.brokenRules[0] } });
      expect(wrong.closeEvents[0]).toMatchObject({ clean: true, closeCode: judge.closeFrame?.closeCode });
    }),
  );
});
