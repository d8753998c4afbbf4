import { formatHexByte } from '../../bytes/hex.ts';
import type { DeflateOffer } from '../../protocol/extensions/permessage-deflate/parameters.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import type { ConformanceCase, ExpectedItem } from '../case.ts';
import { continuation, ping, type SentFrame, text } from '../frames.ts';
import { type OpeningRequest, openingRequest, REQUEST_LINES } from '../opening-request.ts';
import { hex, type Payload } from '../payload.ts';
import { type CaseText, echoCase, failureCase } from './forms.ts';

const NAME = 'permessage-deflate';
const PLAIN: DeflateOffer = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: undefined,
  clientMaxWindowBits: undefined,
};

/** @param offers what the answer may fit; none if it must leave the extension out */
const opening = (offer: string, offers: readonly DeflateOffer[] = [PLAIN]): OpeningRequest =>
  openingRequest({
    lines: [...REQUEST_LINES, `Sec-WebSocket-Extensions: ${offer}`],
    deflate: offers,
  });

const OFFERED = opening(NAME);
/** RFC 7692 §7.2.3: the text Hello, compressed; and once more, as a reference to the first. */
const HELLO = 'f248cdc9c90700';
const HELLO_AGAIN = 'f200110000';
const hello: ExpectedItem = { opcode: OPCODE.text, payload: { text: 'Hello' } };

/** The first frame of a compressed message. */
const packed = (digits: string, changes: { readonly fin?: boolean; readonly rsv?: number } = {}): SentFrame =>
  text(hex(digits), { rsv: 4, ...changes });

const INFLATES = 'A receiver puts 00 00 ff ff back at the end of a compressed message and inflates it.';

/** The answer to an offer: it fits what was offered, or it leaves the extension out. */
const offerCase = (id: string, title: string, offer: string, offers: readonly DeflateOffer[]): ConformanceCase =>
  echoCase(
    {
      id: `7692-offer-${id}`,
      title: `The offer ${title}`,
      section: 'RFC 7692 §7.1',
      requirement:
        offers.length === 0
          ? 'A server declines an offer with an unknown, repeated or malformed parameter.'
          : 'A server answers with parameters that fit one of the offers, or leaves the extension out.',
      opening: opening(offer, offers),
    },
    { items: [text('Hello')] },
    offers.length === 0 ? { mayRefuse: 'It should rather decline the offer and open without it: RFC 7692 §7.1.' } : {},
  );

const OFFERS: readonly ConformanceCase[] = [
  offerCase('plain', 'without parameters', NAME, [PLAIN]),
  offerCase('client-window', 'with client_max_window_bits', `${NAME}; client_max_window_bits`, [
    { ...PLAIN, clientMaxWindowBits: true },
  ]),
  offerCase('small-client-window', 'with client_max_window_bits=9', `${NAME}; client_max_window_bits=9`, [
    { ...PLAIN, clientMaxWindowBits: 9 },
  ]),
  offerCase('quoted', 'with a value in quotation marks', `${NAME}; server_max_window_bits="10"`, [
    { ...PLAIN, serverMaxWindowBits: 10 },
  ]),
  offerCase('second', 'whose second element has no unknown parameter', `${NAME}; foo, ${NAME}`, [PLAIN]),
  offerCase('unknown', 'with an unknown parameter', `${NAME}; foo`, []),
  offerCase(
    'repeated',
    'with a repeated parameter',
    `${NAME}; server_no_context_takeover; server_no_context_takeover`,
    [],
  ),
  offerCase('no-value', 'with a window without a value', `${NAME}; server_max_window_bits`, []),
  offerCase('needless-value', 'with a value where none belongs', `${NAME}; server_no_context_takeover=1`, []),
  offerCase('large-window', 'of a window of 2^16 bytes', `${NAME}; server_max_window_bits=16`, []),
  offerCase('leading-zero', 'of a window with a leading zero', `${NAME}; server_max_window_bits=010`, []),
];

/** A compressed message comes back as what it stands for. */
const messageCase = (
  id: string,
  title: string,
  items: readonly SentFrame[],
  received: readonly ExpectedItem[],
  more: Partial<CaseText & Pick<ConformanceCase, 'needs'>> & { readonly cut?: number } = {},
): ConformanceCase => {
  const { cut, needs = 'deflate', ...text } = more;
  const described = {
    id: `7692-${id}`,
    title,
    section: 'RFC 7692 §7.2.2',
    requirement: INFLATES,
    opening: OFFERED,
    ...text,
  };
  return { ...echoCase(described, { items, received, ...(cut !== undefined && { cut }) }), needs };
};

const empty: ExpectedItem = { opcode: OPCODE.text, payload: { text: '' } };
const context = { needs: 'context', section: 'RFC 7692 §7.2.3.2' } as const;

const MESSAGES: readonly ConformanceCase[] = [
  messageCase('hello', 'A compressed text', [packed(HELLO)], [hello]),
  messageCase('hello-cut-1', 'A compressed text, byte by byte', [packed(HELLO)], [hello], { cut: 1 }),
  messageCase(
    'context',
    'A text that refers to the one before',
    [packed(HELLO), packed(HELLO_AGAIN)],
    [hello, hello],
    context,
  ),
  messageCase(
    'mixed',
    'A plain text between two compressed ones',
    [packed(HELLO), text('plain'), packed(HELLO_AGAIN)],
    [hello, { opcode: OPCODE.text, payload: { text: 'plain' } }, hello],
    context,
  ),
  messageCase(
    'fragments',
    'A compressed text in three fragments, with a ping between',
    [
      packed(HELLO.slice(0, 4), { fin: false }),
      continuation(hex(''), { fin: false }),
      ping('?'),
      continuation(hex(HELLO.slice(4))),
    ],
    [{ opcode: OPCODE.pong, payload: { text: '?' } }, hello],
    { section: 'RFC 7692 §7.2.3.1' },
  ),
  messageCase('empty', 'An empty text, compressed to one byte', [packed('00')], [empty], {
    section: 'RFC 7692 §7.2.3.6',
  }),
  messageCase(
    'empty-between',
    'An empty text between two others',
    [packed(HELLO), packed('00'), packed(HELLO_AGAIN)],
    [hello, empty, hello],
    context,
  ),
  messageCase('stored', 'A block without compression', [packed('000500faff48656c6c6f00')], [hello], {
    section: 'RFC 7692 §7.2.3.3',
  }),
  messageCase('final', 'A final block', [packed('f348cdc9c9070000')], [hello], { section: 'RFC 7692 §7.2.3.4' }),
  messageCase('two-blocks', 'Two blocks', [packed('f24805000000ffffcac9c90700')], [hello], {
    section: 'RFC 7692 §7.2.3.5',
  }),
];

const AGREED = 'A server that has agreed on a window, or on keeping no context, compresses accordingly.';

/** Bytes without a repetition. They are the same each time. */
function unlike(byteLength: number): string {
  const digits: string[] = [];
  for (let i = 0, value = 1; i < byteLength; i++) {
    value = (value * 48_271) % 2_147_483_647;
    digits.push(formatHexByte(value & 0xff));
  }
  return digits.join('');
}

/** @param distance a message repeats itself at this distance: too far for the window */
const windowCase = (bits: number, distance: number): ConformanceCase => {
  const message: Payload = hex(unlike(distance).repeat(2));
  const binary: SentFrame = { ...text(''), opcode: OPCODE.binary, payload: message };
  return messageCase(`server-window-${bits}`, `Compressing with a window of 2^${bits} bytes`, [binary], [binary], {
    section: 'RFC 7692 §7.1.2.1',
    requirement: AGREED,
    opening: opening(`${NAME}; server_max_window_bits=${bits}`, [{ ...PLAIN, serverMaxWindowBits: bits }]),
  });
};

const long = text('A sentence that is long enough to be compressed by every server. '.repeat(40));

const AGREEMENTS: readonly ConformanceCase[] = [
  windowCase(8, 300),
  windowCase(9, 600),
  windowCase(12, 5000),
  messageCase('server-no-context', 'The same text twice, from a server without context', [long, long], [long, long], {
    section: 'RFC 7692 §7.1.1.1',
    requirement: AGREED,
    opening: opening(`${NAME}; server_no_context_takeover`, [{ ...PLAIN, serverNoContextTakeover: true }]),
  }),
];

/** A frame or a message that breaks a rule: the server fails the connection. */
const wrongCase = (
  id: string,
  title: string,
  items: readonly SentFrame[],
  rule: string,
  failure: { readonly closeCode?: number; readonly allowedCodes?: readonly number[] } = {},
): ConformanceCase => ({
  ...failureCase(
    { id: `7692-${id}`, title, rule, opening: OFFERED, ...(failure.closeCode && MALFORMED) },
    { items },
    failure,
  ),
  needs: 'deflate',
});

const MALFORMED = {
  section: 'RFC 7692 §7.2.2',
  requirement: 'The payload of a compressed message is valid DEFLATE data.',
};
const FAILS = { closeCode: 1007, allowedCodes: [1002] };

const WRONG: readonly ConformanceCase[] = [
  wrongCase(
    'rsv1-continuation',
    'RSV1 in the second fragment, too',
    [packed(HELLO.slice(0, 4), { fin: false }), continuation(hex(HELLO.slice(4)), { rsv: 4 })],
    'rsv1-set',
  ),
  wrongCase('rsv1-ping', 'RSV1 in a ping', [ping('', { rsv: 4 })], 'rsv1-set'),
  wrongCase('rsv2', 'RSV2, which has no meaning', [packed(HELLO, { rsv: 6 })], 'rsv2-set'),
  wrongCase('reserved-block', 'A block of the reserved type', [packed('07')], 'malformed-deflate', FAILS),
  wrongCase(
    'far-distance',
    'A reference to before the first message',
    [packed(HELLO_AGAIN)],
    'malformed-deflate',
    FAILS,
  ),
  wrongCase('not-utf8', 'A compressed text that is not UTF-8', [packed('000200fdff48ff00')], 'text-not-utf8'),
  wrongCase(
    'cut-character',
    'A compressed text that ends inside a character',
    [packed('000200fdffe28200')],
    'text-cut-inside-character',
  ),
];

/**
 * The cases about permessage-deflate. RFC 7692. A server need not accept the extension: each case is allowed then, and says so.
 */
export const DEFLATE: readonly ConformanceCase[] = [...OFFERS, ...MESSAGES, ...AGREEMENTS, ...WRONG];
