import { OPCODE } from '../../protocol/framing/opcode.ts';
import type { ConformanceCase, Step } from '../case.ts';
import { binary, continuation, fragments, ping, type SentItem } from '../frames.ts';
import { repeated } from '../payload.ts';
import { echoCase, failureCase } from './forms.ts';

const ACCEPTED = 'A server accepts messages up to the limit that it announces.';
const HEADER_BYTES = 14;
/** A server may check the length only after the bytes have arrived. */
const LATE: Step = { type: 'awaitEnd', durationMs: 1000 };

/**
 * Messages of exactly the largest size, and one byte longer. RFC 6455 §10.4.
 *
 * @param maxMessageBytes 65,536 or more
 */
export function sizeLimitCases(maxMessageBytes: number): readonly ConformanceCase[] {
  const payload = (byteLength: number) => repeated('2a', byteLength);
  const fragmentBytes = Math.ceil(maxMessageBytes / 4);
  const over = binary(payload(maxMessageBytes + 1));
  const send = (items: readonly SentItem[], slice?: { start: number; end?: number }): Step => ({
    type: 'send',
    items,
    cut: 'whole',
    ...(slice === undefined ? {} : { slice }),
  });
  const rule = 'message-too-long';
  return [
    echoCase(
      {
        id: '10.4-at-limit',
        title: 'A message of the largest size',
        section: '10.4',
        requirement: ACCEPTED,
        heavy: true,
      },
      { items: [binary(payload(maxMessageBytes))] },
    ),
    echoCase(
      {
        id: '10.4-at-limit-fragments',
        title: 'The same in fragments',
        section: '10.4',
        requirement: ACCEPTED,
        heavy: true,
      },
      { items: [fragments(OPCODE.binary, payload(maxMessageBytes), fragmentBytes)] },
    ),
    failureCase(
      { id: '10.4-over-limit', title: 'A header that announces one byte too many', rule, heavy: true },
      { steps: [send([over], { start: 0, end: HEADER_BYTES }), LATE, send([over], { start: HEADER_BYTES })] },
      { byStep: 1 },
    ),
    failureCase(
      { id: '10.4-over-limit-fragments', title: 'Fragments that add up to one byte too many', rule, heavy: true },
      {
        steps: [
          send([binary(payload(maxMessageBytes), { fin: false })]),
          send([ping('still here')]),
          { type: 'await', received: 1 },
          send([continuation(payload(1))]),
        ],
        received: [{ opcode: OPCODE.pong, payload: { text: 'still here' } }],
      },
    ),
  ];
}
