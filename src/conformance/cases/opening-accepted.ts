import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import type { ConformanceCase, Leeway } from '../case.ts';
import { close, ping, type SentItem, text } from '../frames.ts';
import { type OpeningRequest, openingRequest, REQUEST_LINES } from '../opening-request.ts';
import { type CaseText, closingCase, cutWords, echoCase, NO_CODE } from './forms.ts';
import { OPENING_FORMS } from './opening-forms.ts';

const added = (...lines: string[]) => openingRequest({ lines: [...REQUEST_LINES, ...lines] });
const opens = (caseText: CaseText & { opening: OpeningRequest }, leeway: Leeway = {}): ConformanceCase =>
  echoCase(caseText, { items: [text('Hello')] }, leeway);

const TOO_EARLY =
  'A client must wait for the response before it sends frames. A server may handle frames that come too early, or reject them.';
const ACCEPT = 'Sec-WebSocket-Accept is the SHA-1 hash, in base64, of the key as text followed by the GUID.';
const EXTENSIONS = 'A server that does not know an extension leaves it out and opens the connection.';
/** RFC 9110 §5.6.1.2. */
const EMPTY_ELEMENTS = 'The empty elements of a list are skipped.';
const SUBPROTOCOLS =
  'A server chooses one of the offered subprotocols, or none. Without one, a browser may fail the connection.';

/** A server may be of no use without one of its own subprotocols. */
const NEEDS_ITS_OWN = 'It may: RFC 6455 does not oblige a server to work without a subprotocol of its own.';

/** The request of the RFC itself. If a server does not open a connection for it, every other case would fail, too. */
export const PLAIN_OPENING = opens({
  id: '4.2.2-opens-plain',
  title: 'A correct opening request',
  section: '4.2.2',
  requirement: 'A server answers a correct request with 101. Then it echoes a message and answers a close frame.',
  opening: openingRequest(),
});

/** Frames that come with the request, before the response. RFC 6455 §4.1 forbids a client to send them. */
const TOO_EARLY_FRAMES: readonly [name: string, title: string, item: SentItem][] = [
  ['frames', 'A frame', text('Hello')],
  ['ping', 'A ping', ping('Hello')],
];

const FRAMES_WITH_REQUEST = [
  ...TOO_EARLY_FRAMES.flatMap(([name, title, item]) =>
    (['whole', 7, 1] as const).map((cut) =>
      echoCase(
        {
          id: `4.2.2-opens-${name}-behind${cut === 'whole' ? '' : `-cut-${cut}`}`,
          title: `${title} sent with the request${cut === 'whole' ? '' : `, ${cutWords(cut)}`}`,
          section: '4.1',
          requirement: TOO_EARLY,
          opening: openingRequest({ withFirstStep: true, cut }),
        },
        { items: [item] },
      ),
    ),
  ),
  closingCase(
    {
      id: '4.2.2-opens-close-behind',
      title: 'A close frame sent with the request',
      section: '4.1',
      requirement: TOO_EARLY,
      opening: openingRequest({ withFirstStep: true }),
    },
    { items: [close(1000)] },
    { closeCode: 1000, allowedCodes: [NO_CODE] },
  ),
];

const OFFERS: readonly [id: string, title: string, requirement: string, opening: OpeningRequest, leeway?: Leeway][] = [
  [
    '4.2.2-opens-extension-unknown',
    'An unknown extension',
    EXTENSIONS,
    added('Sec-WebSocket-Extensions: x-framelight-unknown; level=9'),
  ],
  [
    '9.1-opens-extensions-unknown',
    'Several unknown extensions in two lines',
    EXTENSIONS,
    added(
      'Sec-WebSocket-Extensions: x-framelight-one, x-framelight-two; a; b="2"',
      'Sec-WebSocket-Extensions: x-framelight-three',
    ),
  ],
  [
    '9.1-opens-extensions-empty-elements',
    'Unknown extensions and empty elements',
    `${EXTENSIONS} ${EMPTY_ELEMENTS}`,
    added('Sec-WebSocket-Extensions: , x-framelight-one,, x-framelight-two; a,'),
  ],
  ['4.2.2-opens-subprotocol-none', 'No subprotocol offered', SUBPROTOCOLS, openingRequest()],
  ...[
    ['subprotocol-unknown', 'An unknown subprotocol', ['x-framelight-unknown']] as const,
    ['subprotocols-unknown', 'Several unknown subprotocols', ['x-framelight-one, x-framelight-two']] as const,
    [
      'subprotocols-two-lines',
      'Several unknown subprotocols in two lines',
      ['x-framelight-one', 'x-framelight-two'],
    ] as const,
    [
      'subprotocols-empty-elements',
      'Unknown subprotocols and empty elements',
      [', x-framelight-one,, x-framelight-two,'],
    ] as const,
  ].map(([name, title, values]): (typeof OFFERS)[number] => [
    `4.2.2-opens-${name}`,
    title,
    name.endsWith('empty-elements') ? `${SUBPROTOCOLS} ${EMPTY_ELEMENTS}` : SUBPROTOCOLS,
    offering(values),
    { mayRefuse: NEEDS_ITS_OWN },
  ]),
];

/** Keys with all bits 0, all bits 1, and with and without + and /, whose hashes a server must compute. */
const KEYS = [
  'x3JJHMbDL1EzLkh9GBhXDw==',
  'AAAAAAAAAAAAAAAAAAAAAA==',
  '/////////////////////w==',
  'AQIDBAUGBwgJCgsMDQ4PEA==',
  '+/+/+/+/+/+/+/+/+/+/+w==',
];

/** Requests for which a server must open a connection. RFC 6455 §4.2. */
export const OPENING_ACCEPTED: readonly ConformanceCase[] = [
  PLAIN_OPENING,
  ...OPENING_FORMS.map(({ name, leeway, ...rest }) =>
    opens({ id: `4.2.1-opens-${name}`, section: '4.2.1', ...rest }, leeway),
  ),
  ...FRAMES_WITH_REQUEST,
  ...OFFERS.map(([id, title, requirement, opening, leeway]) =>
    opens({ id, title, section: id.split('-')[0] ?? '', requirement, opening }, leeway),
  ),
  ...KEYS.map((key, i) =>
    opens({
      id: `4.2.2-accept-${i + 1}`,
      title: `The accept for the key ${key}`,
      section: '4.2.2',
      requirement: ACCEPT,
      opening: { ...openingRequest({ lines: REQUEST_LINES.map((line) => line.replace(EXAMPLE_KEY, key)) }), key },
    }),
  ),
];

function offering(values: readonly string[]): OpeningRequest {
  const lines = values.map((value) => `Sec-WebSocket-Protocol: ${value}`);
  return openingRequest({ lines: [...REQUEST_LINES, ...lines], subprotocols: tokensOf(values) });
}

/** The names in some lists, without their empty elements. */
function tokensOf(lists: readonly string[]): string[] {
  return lists.flatMap((list) => list.split(/[ ,]+/)).filter((name) => name !== '');
}
