import { formatHexByte } from '../../../bytes/hex.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { binary } from '../../frames.ts';
import { hex, type Payload } from '../../payload.ts';
import type { ClientCase, DeflateTerms } from '../client-case.ts';
import { type CaseStart, echoesCase, plain, send, serverClose, serverText } from './forms.ts';

/** RFC 7692 §7.2.3: the text Hello, compressed. */
const HELLO = 'f248cdc9c90700';
const ANSWERED = 'A client accepts every parameter that the RFC lets a server add, and compresses accordingly.';

const start = (id: string, title: string, section: string, deflate: DeflateTerms): CaseStart => ({
  id: `7692-${id}`,
  title,
  section: `RFC 7692 §${section}`,
  requirement: ANSWERED,
  deflate,
});

/** Texts that a compressor with context would shorten to a reference to the one before. */
const long = 'A sentence that is long enough to be compressed by every client. '.repeat(40);

const compressed = (given: CaseStart): ClientCase => {
  const made = echoesCase(given, []);
  const payload: Payload = { text: 'Hello' };
  const hello = serverText(hex(HELLO), { rsv: 4 });
  if (made.expectation.type !== 'closing') return made;
  return {
    ...made,
    steps: [send(hello, hello), { type: 'await', received: 2 }, send(serverClose(1000))],
    expectation: { ...made.expectation, received: [{ opcode: OPCODE.text, payload, times: 2 }] },
  };
};

/** Bytes that repeat at this distance only. They are the same each time. */
function repeating(distance: number): Payload {
  const digits: string[] = [];
  for (let i = 0, value = 1; i < distance; i++) {
    value = (value * 48_271) % 2_147_483_647;
    digits.push(formatHexByte(value & 0xff));
  }
  return hex(digits.join('').repeat(2));
}

/** Every parameter of permessage-deflate in an answer. RFC 7692 §7.1. */
export const DEFLATE_TERMS: readonly ClientCase[] = [
  compressed(
    start('server-no-context', 'The answer has server_no_context_takeover', '7.1.1.1', {
      serverNoContextTakeover: true,
    }),
  ),
  echoesCase(
    start('client-no-context', 'The answer has client_no_context_takeover', '7.1.1.2', {
      clientNoContextTakeover: true,
    }),
    [serverText(long), serverText(long)],
  ),
  ...[8, 9, 12, 15].map((serverMaxWindowBits) =>
    compressed(
      start(
        `server-window-${serverMaxWindowBits}`,
        `The answer has server_max_window_bits=${serverMaxWindowBits}`,
        '7.1.2.1',
        {
          serverMaxWindowBits,
        },
      ),
    ),
  ),
  ...(
    [
      [9, 600],
      [10, 1200],
      [12, 5000],
    ] as const
  ).map(([clientMaxWindowBits, distance]) =>
    echoesCase(
      start(
        `client-window-${clientMaxWindowBits}`,
        `The answer has client_max_window_bits=${clientMaxWindowBits}`,
        '7.1.2.2',
        {
          clientMaxWindowBits,
        },
      ),
      [plain(binary(repeating(distance)))],
    ),
  ),
  compressed(
    start('all-parameters', 'The answer has all parameters', '7.1', {
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      serverMaxWindowBits: 10,
      clientMaxWindowBits: 10,
    }),
  ),
];
