import { ECHO_PATH } from '../../companion/paths.ts';

/** The parts of a request that can be changed, in their order in the request. */
export const PART_NAMES = [
  ...(['method', 'path', 'http', 'host', 'upgrade', 'connection', 'key', 'version', 'origin', 'protocol'] as const),
  ...(['names', 'form'] as const),
] as const;

export type PartName = (typeof PART_NAMES)[number];

/** The server that the request is for, and its key. */
export interface Site {
  /** `localhost:8080` */
  readonly host: string;
  /** `http://localhost:8080` */
  readonly origin: string;
  /** A right key. */
  readonly key: string;
  /** A key that the reader typed, right or wrong. */
  readonly typedKey: string;
}

/** One choice for a part. */
export interface Choice {
  /** Lower-case letters and digits, for the page's address. */
  readonly id: string;
  readonly label: string;
  /** Of a header: one value a line. */
  readonly values: (site: Site) => readonly string[];
}

/** A part of the request and its choices; the first is right. */
export interface Part {
  readonly name: PartName;
  readonly label: string;
  /** The header's name; undefined if the part is not a header. Only a header can be left out. */
  readonly header: string | undefined;
  /** Whether the part is optional, and left out at first. */
  readonly offAtFirst: boolean;
  readonly choices: readonly Choice[];
}

const plain = (id: string, value: string): Choice => ({ id, label: value, values: () => [value] });
const put = (id: string, label: string, values: (site: Site) => readonly string[]): Choice => ({ id, label, values });
const twice = (value: (site: Site) => string): Choice =>
  put('twice', 'correct, but twice', (site) => [value(site), value(site)]);

const setting = (name: PartName, label: string, ...choices: Choice[]): Part => ({
  name,
  label,
  header: undefined,
  offAtFirst: false,
  choices,
});
const header = (name: PartName, label: string, ...choices: Choice[]): Part => ({
  name,
  label,
  header: label,
  offAtFirst: false,
  choices,
});

/** An origin that a companion does not trust by default. */
const FOREIGN_ORIGIN = 'https://elsewhere.example';

/** Every part with all its choices. RFC 6455 §4.1, RFC 9112 §2 to §5. */
export const PARTS: readonly Part[] = [
  setting('method', 'Method', plain('get', 'GET'), plain('post', 'POST'), plain('head', 'HEAD')),
  setting(
    'path',
    'Path',
    plain('echo', ECHO_PATH),
    plain('query', `${ECHO_PATH}?room=1`),
    plain('nowhere', '/nowhere'),
    plain('noslash', ECHO_PATH.slice(1)),
  ),
  setting('http', 'HTTP version', plain('11', '1.1'), plain('10', '1.0')),
  header(
    'host',
    'Host',
    put('right', 'this server', ({ host }) => [host]),
    plain('other', 'server.example.com'),
    plain('address', 'http://server.example.com'),
    twice(({ host }) => host),
  ),
  header(
    'upgrade',
    'Upgrade',
    plain('right', 'websocket'),
    plain('case', 'WebSocket'),
    plain('list', 'h2c, websocket'),
    plain('h2c', 'h2c'),
  ),
  header(
    'connection',
    'Connection',
    plain('right', 'Upgrade'),
    plain('list', 'keep-alive, Upgrade'),
    put('lines', 'keep-alive and Upgrade, in two lines', () => ['keep-alive', 'Upgrade']),
    plain('alive', 'keep-alive'),
  ),
  header(
    'key',
    'Sec-WebSocket-Key',
    put('right', '16 random bytes in base64', ({ key }) => [key]),
    put('short', 'too short', () => ['c2hvcnQ=']),
    put('foreign', 'characters that are not base64', ({ key }) => [`${key.slice(0, 9)}*${key.slice(10)}`]),
    put('bare', 'without its padding', ({ key }) => [key.replace(/=+$/, '')]),
    twice(({ key }) => key),
    put('own', 'type your own', ({ typedKey }) => [typedKey]),
  ),
  header(
    'version',
    'Sec-WebSocket-Version',
    plain('13', '13'),
    plain('8', '8'),
    plain('list', '13, 8'),
    twice(() => '13'),
  ),
  header(
    'origin',
    'Origin',
    put('right', 'this page', ({ origin }) => [origin]),
    plain('foreign', FOREIGN_ORIGIN),
    twice(({ origin }) => origin),
  ),
  {
    ...header(
      'protocol',
      'Sec-WebSocket-Protocol',
      plain('two', 'chat, superchat'),
      plain('same', 'chat, chat'),
      plain('empty', 'chat,, superchat'),
      plain('none', ','),
    ),
    offAtFirst: true,
  },
  setting(
    'names',
    'Header names',
    plain('usual', 'as in the RFC'),
    plain('lower', 'lower case'),
    plain('upper', 'UPPER CASE'),
  ),
  setting(
    'form',
    'Form of the lines',
    plain('right', 'correct'),
    plain('space', 'a space before a colon'),
    plain('lf', 'one line ends with LF alone'),
    plain('folded', 'one header continues on a second line'),
    plain('open', 'no empty line at the end'),
  ),
];

/** @throws RangeError never for a name of {@link PART_NAMES} */
export function partNamed(name: PartName): Part {
  const part = PARTS.find((candidate) => candidate.name === name);
  if (part === undefined) throw new RangeError(`The request has no part "${name}".`);
  return part;
}
