import { describe, expect, test } from 'vitest';
import { decodeCloseBody } from '../src/protocol/closing/close-body.ts';
import { FrameReader } from '../src/protocol/framing/frame-reader.ts';
import { OPCODE } from '../src/protocol/framing/opcode.ts';
import { HANDSHAKE_RULES } from '../src/protocol/handshake/head/refusal.ts';
import { RULES } from '../src/protocol/rules.ts';
import { bytesOf, cutEverywhere } from './bytes.ts';
import { events, openPair, written } from './endpoints.ts';

test('no rule of the open connection has the name of one of the opening handshake', () => {
  const handshakeNames: readonly string[] = HANDSHAKE_RULES.map(({ name }) => name);
  expect(RULES.filter(({ name }) => handshakeNames.includes(name))).toEqual([]);
});

describe.each(RULES)(
  'an endpoint whose peer breaks $name',
  ({ name, section, statusCode, brokenBy, limits, example }) => {
    const open = () => openPair(limits)[brokenBy === 'server' ? 'client' : 'server'];
    // Behind a close frame nothing is looked at any more: such a rule is for those who watch.
    const behindClose = name === 'data-frame-after-close';

    test('fails the connection with the code of the rule and says which it was', () => {
      const endpoint = open();
      const effects = [...endpoint.receive(bytesOf(example))];
      const [frame] = new FrameReader().push(written(effects));
      expect(frame?.opcode).toBe(OPCODE.close);
      expect(effects.at(-1)).toEqual({ type: 'closeTcp' });
      const reason = `${name} (RFC 6455 section ${section})`;
      const said = behindClose ? { closeCode: 1005, reason: '' } : { closeCode: statusCode, reason };
      expect(decodeCloseBody(frame?.payload ?? expect.unreachable())).toEqual(said);
      const [closed] = events(endpoint.receiveEnd());
      expect(closed).toMatchObject(
        behindClose ? { clean: true } : { clean: false, closeCode: 1006, violation: { rule: name } },
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
