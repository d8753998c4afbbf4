import type { ConformanceCase, ExpectedItem } from '../case.ts';
import type { SentItem } from '../frames.ts';
import { echoCase, failureCase } from './forms.ts';

const bytes = (hex: string, meaning: string): SentItem => ({ type: 'bytes', hex, meaning });
const HELLO: ExpectedItem = { opcode: 1, payload: { text: 'Hello' } };
const MASKED = 'A client masks its frames. The server unmasks the payload before it echoes it.';

/** The frames of a client in the RFC. */
const RIGHT: readonly [name: string, title: string, hex: string, requirement: string, received: ExpectedItem[]][] = [
  ['masked-text', 'A single-frame masked text message', '818537fa213d7f9f4d5158', MASKED, [HELLO]],
  [
    'masked-pong',
    'A masked pong',
    '8a8537fa213d7f9f4d5158',
    'A pong that answers no ping is not an error, and gets no answer.',
    [],
  ],
];

/** The unmasked frames in the RFC, which only a server may send. */
const UNMASKED: readonly [name: string, title: string, hex: string][] = [
  ['unmasked-text', 'A single-frame unmasked text message', '810548656c6c6f'],
  ['unmasked-fragments', 'A fragmented unmasked text message', '010348656c80026c6f'],
  ['unmasked-ping', 'An unmasked ping', '890548656c6c6f'],
  ['unmasked-256', '256 bytes in a single unmasked frame', `827e0100${'00'.repeat(256)}`],
  ['unmasked-64-kib', '64 KiB in a single unmasked frame', `827f0000000000010000${'00'.repeat(65_536)}`],
];

/** The example frames of RFC 6455 §5.7, byte for byte. */
export const FRAME_EXAMPLES: readonly ConformanceCase[] = [
  ...RIGHT.map(([name, title, hex, requirement, received]) =>
    echoCase(
      { id: `5.7-${name}`, title: `${title}, as in the RFC`, section: '5.7', requirement },
      { items: [bytes(hex, 'the example')], received },
    ),
  ),
  ...UNMASKED.map(([name, title, hex]) =>
    failureCase(
      { id: `5.7-${name}`, title: `${title}, as in the RFC`, rule: 'unmasked-client-frame' },
      { items: [bytes(hex, 'the example')] },
    ),
  ),
];
