import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import type { ConformanceCase, Leeway } from '../case.ts';
import { close, ping, type SentItem, text } from '../frames.ts';
import { type OpeningRequest, openingRequest, REQUEST_LINES } from '../opening-request.ts';
import { type CaseText, closingCase, cutWords, echoCase, NO_CODE } from './forms.ts';
import { OPENING_FORMS } from './opening-forms.ts';

const added = (...lines: string[]) => openingRequest({ lines: [...REQUEST_LINES, ...lines] });
const opens = (caseText: CaseText & { opening: OpeningRequest }, leeway: Leeway = {}): ConformanceCase =>
  echoCase(caseText, { items: [text('Hello')] }, leeway);

const STREAM = 'TCP is a stream: where its pieces are cut means nothing.';
const ACCEPT = 'Sec-WebSocket-Accept is the base64 of the SHA-1 of the key, as it stands, and the GUID.';
const EXTENSIONS = 'A server that does not know an extension leaves it out, and opens the connection all the same.';
const SUBPROTOCOLS = 'A server names one of the subprotocols that were offered, or none.';

/** The request that the RFC itself would write, and nothing else: who does not take it takes nothing. */
export const PLAIN_OPENING = opens({
  id: '4.2.2-opens-plain',
  title: 'A request that keeps every rule',
  section: '4.2.2',
  requirement:
    'A request that keeps every rule is answered 101. Then a message comes back, and a close frame is answered.',
  opening: openingRequest(),
});

/** Frames right behind the request, before the response has come, in one write and cut. RFC 6455 §4.2.2. */
const BEHIND: readonly [name: string, title: string, item: SentItem][] = [
  ['frames', 'A frame', text('Hello')],
  ['ping', 'A ping', ping('Hello')],
];

const FRAMES_BEHIND = [
  ...BEHIND.flatMap(([name, title, item]) =>
    (['whole', 7, 1] as const).map((cut) =>
      echoCase(
        {
          id: `4.2.2-opens-${name}-behind${cut === 'whole' ? '' : `-cut-${cut}`}`,
          title: `${title} right behind the request${cut === 'whole' ? ', in the same write' : `, ${cutWords(cut)}`}`,
          section: '4.2.2',
          requirement: STREAM,
          opening: openingRequest({ withFirstStep: true, cut }),
        },
        { items: [item] },
      ),
    ),
  ),
  closingCase(
    {
      id: '4.2.2-opens-close-behind',
      title: 'A close frame right behind the request, in the same write',
      section: '4.2.2',
      requirement: STREAM,
      opening: openingRequest({ withFirstStep: true }),
    },
    { items: [close(1000)] },
    { closeCode: 1000, allowedCodes: [NO_CODE] },
  ),
];

const OFFERS: readonly [id: string, title: string, requirement: string, opening: OpeningRequest, leeway?: Leeway][] = [
  [
    '4.2.2-opens-extension-unknown',
    'An extension that nobody knows',
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
  ['4.2.2-opens-subprotocol-none', 'No subprotocol offered', SUBPROTOCOLS, openingRequest()],
  ...[
    ['subprotocol-unknown', 'A subprotocol that nobody knows', ['x-framelight-unknown']] as const,
    ['subprotocols-unknown', 'Several unknown subprotocols', ['x-framelight-one, x-framelight-two']] as const,
    ['subprotocols-two-lines', 'The same in two lines', ['x-framelight-one', 'x-framelight-two']] as const,
  ].map(([name, title, values]): (typeof OFFERS)[number] => [
    `4.2.2-opens-${name}`,
    title,
    SUBPROTOCOLS,
    offering(values),
    // A server may need one of its own subprotocols.
    { mayRefuse: true },
  ]),
];

/** Keys whose hashes a server cannot have guessed: all bits 0, all bits 1, with and without + and /. */
const KEYS = [
  'x3JJHMbDL1EzLkh9GBhXDw==',
  'AAAAAAAAAAAAAAAAAAAAAA==',
  '/////////////////////w==',
  'AQIDBAUGBwgJCgsMDQ4PEA==',
  '+/+/+/+/+/+/+/+/+/+/+w==',
];

/** Requests that a server has to accept, however they look. RFC 6455 §4.2. */
export const OPENING_ACCEPTED: readonly ConformanceCase[] = [
  PLAIN_OPENING,
  ...OPENING_FORMS.map(({ name, leeway, ...rest }) =>
    opens({ id: `4.2.1-opens-${name}`, section: '4.2.1', ...rest }, leeway),
  ),
  ...FRAMES_BEHIND,
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
  return openingRequest({ lines: [...REQUEST_LINES, ...lines], subprotocols: values.join(', ').split(', ') });
}
