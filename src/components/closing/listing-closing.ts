import { encodeCloseBody } from '../../protocol/closing/close-body.ts';
import { Endpoint } from '../../protocol/endpoint/endpoint.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { EXAMPLE_REQUEST } from '../../protocol/handshake/head/example-heads.ts';
import { Naive2011 } from '../../specimens/naive-2011.ts';
import { encodeText } from '../../text/utf8.ts';

/** A control frame of a client before the server of 2011 and before ours. */
export interface ListingClosingCase {
  readonly about: string;
  readonly bytes: Uint8Array;
  readonly listing: string;
  /** The frames that our server answers with. */
  readonly ours: readonly Uint8Array[];
  readonly endsTcp: boolean;
}

/** The key that the RFC masks its own examples with. RFC 6455 §5.7. */
const MASKING_KEY = 0x37fa213d;

/** The three control frames. RFC 6455 §5.5. */
export const LISTING_CLOSING_CASES: readonly ListingClosingCase[] = [
  caseOf('a ping with the payload “Hi”', OPCODE.ping, encodeText('Hi')),
  caseOf('a pong that nobody asked for', OPCODE.pong, new Uint8Array(0)),
  caseOf('a close frame with code 1000', OPCODE.close, encodeCloseBody(1000)),
];

function caseOf(about: string, opcode: number, payload: Uint8Array): ListingClosingCase {
  const bytes = encodeFrame({ opcode, payload, maskingKey: MASKING_KEY });
  const outcome = new Naive2011().read(bytes);
  const listing =
    outcome.kind === 'drops'
      ? `It takes ${outcome.frameBytes} bytes from its buffer, and does nothing.`
      : `It ${outcome.kind}.`;
  const server = new Endpoint({ role: 'server' });
  for (const _ of server.receive(encodeText(EXAMPLE_REQUEST))) {
    // The opening handshake is no part of what is compared.
  }
  const effects = [...server.receive(bytes.slice())];
  return {
    about,
    bytes,
    listing,
    ours: effects.flatMap((effect) => (effect.type === 'write' ? [effect.bytes] : [])),
    endsTcp: effects.some(({ type }) => type === 'closeTcp'),
  };
}
