import { describe, expect, test } from 'vitest';
import { formatHex } from '../../bytes/hex.ts';
import { EXAMPLE_REQUEST, EXAMPLE_RESPONSE } from '../../protocol/handshake/head/example-heads.ts';
import { encodeText } from '../../text/utf8.ts';
import { endingOfRecorded, type RecordedEvent } from './replay.ts';

const hexOf = (text: string) => formatHex(encodeText(text));
/** Request and 101 of RFC 6455 §1.3. */
const OPENED: readonly RecordedEvent[] = [
  [0, 'in', hexOf(EXAMPLE_REQUEST)],
  [2, 'out', hexOf(EXAMPLE_RESPONSE)],
];
const HELLO: RecordedEvent = [10, 'in', '818537fa213d7f9f4d5158'];
const ECHO: RecordedEvent = [11, 'out', '810548656c6c6f'];

const ending = (...events: RecordedEvent[]) => endingOfRecorded({ programs: '', events });
const afterOpening = (...events: RecordedEvent[]) => ending(...OPENED, HELLO, ECHO, ...events);

describe('who ended the connection, and how', () => {
  test('nginx’s idle timeout: FIN after 60.0 s, no close frame', () => {
    expect(afterOpening([60_018, 'out', 'FIN'], [60_019, 'in', 'FIN'])).toMatchObject({
      endedBy: 'server',
      tcp: 'FIN',
      idleMs: 60_007,
      cause: 'proxy-idle-timeout',
      sentence:
        'No byte for 60.0 s, then FIN from the server’s side and no close frame. This looks like the idle timeout of a proxy in between, or of the server itself. 60.0 s is the default of both nginx’s proxy_read_timeout and the idle timeout of AWS’s application load balancer. Send a ping every 30 s, from the server or the client, or raise the timeout.',
      closeEvent: { code: 1006, reason: '', wasClean: false },
    });
  });

  test.each([
    ['nothing', [], 'still-open', undefined],
    ['half a frame', [[20, 'out', '8105']], 'recording-cut', undefined],
    ['FIN of the server soon', [[20, 'out', 'FIN']], 'server-ended-tcp', 'server'],
    ['RST of the client soon', [[20, 'in', 'RST']], 'client-ended-tcp', 'client'],
    ['FIN after 37.3 s', [[37_311, 'out', 'FIN']], 'ended-after-silence', 'server'],
    ['1001 of the server', [[20, 'out', '880203e9']], 'server-restarted', 'server'],
    ['1001 of the client', [[20, 'in', '88820000000003e9']], 'page-left', 'client'],
    [
      'close() and its answer',
      [
        [20, 'in', '888000000000'],
        [21, 'out', '8800'],
        [22, 'out', 'FIN'],
      ],
      'normal-closure',
      'client',
    ],
  ] as const)('%s', (_, events, cause, endedBy) => {
    const found = afterOpening(...(events as readonly RecordedEvent[]));
    expect({ cause: found.cause, endedBy: found.endedBy }).toEqual({ cause, endedBy });
  });
});
