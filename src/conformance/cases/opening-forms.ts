import type { Leeway } from '../case.ts';
import { type OpeningRequest, openingRequest, REQUEST_LINES } from '../opening-request.ts';

/** A correct request in an unusual form. */
export interface OpeningForm {
  readonly name: string;
  readonly title: string;
  readonly requirement: string;
  readonly opening: OpeningRequest;
  readonly leeway?: Leeway;
}

const [FIRST, HOST, UPGRADE, CONNECTION, KEY, VERSION] = REQUEST_LINES;

const replaced = (line: string, ...replacement: string[]) =>
  openingRequest({ lines: REQUEST_LINES.flatMap((own) => (own === line ? replacement : [own])) });
const added = (...lines: string[]) => openingRequest({ lines: [...REQUEST_LINES, ...lines] });
/** Changes every header line, and not the request line. */
const headers = (change: (line: string) => string) =>
  openingRequest({ lines: REQUEST_LINES.map((line, i) => (i === 0 ? line : change(line))) });
const renamed = (rename: (name: string) => string) => headers((line) => line.replace(/^[^:]+/, rename));
const alternating = (name: string) =>
  [...name].map((letter, i) => (i % 2 === 0 ? letter.toLowerCase() : letter.toUpperCase())).join('');

const NAME_CASE = 'Header names are not case-sensitive.';
const UPGRADE_TOKEN = 'Upgrade is a list that contains websocket, in upper or lower case. Empty elements are skipped.';
const MAY_IGNORE_UPGRADE: Leeway = { mayRefuse: 'It may: RFC 9110 §7.8 lets a server ignore Upgrade.' };
const CONNECTION_TOKEN =
  'Connection is a list that contains Upgrade, in upper or lower case. Empty elements are skipped.';
const FORM = 'The order of headers does not matter, and unknown headers are ignored.';
const WHITE_SPACE = 'Spaces and tabs around the value of a header are not part of it.';
const STREAM = 'TCP is a stream. A request means the same wherever it is cut.';

const form = (name: string, title: string, requirement: string, opening: OpeningRequest, leeway: Leeway = {}) => ({
  ...{ name, title, requirement, opening, leeway },
});
const connection = (name: string, value: string) =>
  form(`connection-${name}`, `Connection: ${value}`, CONNECTION_TOKEN, replaced(CONNECTION, `Connection: ${value}`));
const upgrade = (name: string, value: string, leeway: Leeway = {}) =>
  form(`upgrade-${name}`, `Upgrade: ${value}`, UPGRADE_TOKEN, replaced(UPGRADE, `Upgrade: ${value}`), leeway);

/** Correct requests that look unusual. RFC 6455 §4.2.1. */
export const OPENING_FORMS: readonly OpeningForm[] = [
  form(
    'names-lower',
    'Header names in lower case',
    NAME_CASE,
    renamed((name) => name.toLowerCase()),
  ),
  form(
    'names-upper',
    'Header names in upper case',
    NAME_CASE,
    renamed((name) => name.toUpperCase()),
  ),
  form('names-mixed', 'Header names in mixed case', NAME_CASE, renamed(alternating)),
  upgrade('mixed', 'WebSocket'),
  upgrade('upper', 'WEBSOCKET'),
  // Some servers compare the whole value.
  upgrade('list', 'h2c, websocket', MAY_IGNORE_UPGRADE),
  upgrade('empty-elements', ', websocket,', MAY_IGNORE_UPGRADE),
  connection('lower', 'upgrade'),
  connection('upper', 'UPGRADE'),
  connection('list', 'keep-alive, Upgrade'),
  connection('list-tight', 'Upgrade,keep-alive'),
  connection('empty-elements', ',Upgrade,'),
  connection('list-empty-elements', ', keep-alive, , Upgrade,'),
  form(
    'connection-two-lines',
    'Two Connection lines',
    CONNECTION_TOKEN,
    replaced(CONNECTION, 'Connection: keep-alive', 'Connection: Upgrade'),
  ),
  form(
    'order-reversed',
    'Header lines in reverse order',
    FORM,
    openingRequest({ lines: [FIRST, ...REQUEST_LINES.slice(1).reverse()] }),
  ),
  form(
    'order-host-last',
    'Host as the last header',
    FORM,
    openingRequest({ lines: [FIRST, UPGRADE, CONNECTION, KEY, VERSION, HOST] }),
  ),
  form('unknown-headers', 'Unknown headers', FORM, added('X-One: 1', 'X-Two: a: b: c', 'X-Empty:')),
  form('cookie', 'A Cookie header', FORM, added('Cookie: a=1; b=2', 'User-Agent: framelight-check')),
  form(
    'spaces-before',
    'Several spaces before values',
    WHITE_SPACE,
    headers((line) => line.replace(': ', ':   ')),
  ),
  form(
    'spaces-behind',
    'Spaces after values',
    WHITE_SPACE,
    headers((line) => `${line}  `),
  ),
  form(
    'tabs',
    'Tabs around values',
    WHITE_SPACE,
    headers((line) => `${line.replace(': ', ':\t')}\t`),
  ),
  form(
    'no-white-space',
    'No space after the colon',
    WHITE_SPACE,
    headers((line) => line.replace(': ', ':')),
  ),
  form(
    'absolute-target',
    'The whole URL as the target',
    'The target is a path or a whole http or https URL.',
    replaced(FIRST, 'GET http://{host}{target} HTTP/1.1'),
  ),
  form('origin-own', 'The server’s own Origin', 'A request may have an Origin header.', added('Origin: http://{host}')),
  ...[1, 2, 3, 7, 16, 64].map((cut) =>
    form(
      `cut-${cut}`,
      `The request cut ${cut === 1 ? 'into single bytes' : `every ${cut} bytes`}`,
      STREAM,
      openingRequest({ cut }),
    ),
  ),
];
