import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import { openingRequest, REQUEST_LINES } from '../opening-request.ts';

/** Another way to break a rule of the opening handshake than the rule's own example. */
export interface OpeningVariant {
  /** The name of the rule. */
  readonly rule: string;
  readonly variant: string;
  readonly title: string;
  readonly head: string;
  /** Set if the allowed answer differs from that for the rule's example. */
  readonly mayOpen?: boolean;
  /** Set if the rule leaves it to the server whether to open. */
  readonly eitherIsRight?: boolean;
}

const [FIRST, HOST, UPGRADE, CONNECTION, KEY, VERSION] = REQUEST_LINES;

/** One line of the plain request changed, or several put in its place. */
const headWith = (line: string, ...replacement: readonly string[]) =>
  openingRequest({ lines: REQUEST_LINES.flatMap((own) => (own === line ? replacement : [own])) }).head;

type Values = Readonly<Record<string, string>>;

/** One variant for each value of one header line. */
const valuesOf = (rule: string, line: string, name: string, values: Values): OpeningVariant[] =>
  Object.entries(values).map(([variant, value]) => ({
    rule,
    variant,
    title: `${name}: ${value === '' ? '(empty)' : value}`,
    head: headWith(line, `${name}: ${value}`),
  }));

/** One variant for each value of a header line more. */
const addedValuesOf = (rule: string, name: string, values: Values): OpeningVariant[] =>
  valuesOf(rule, VERSION, name, values).map(({ variant, ...rest }) => ({
    ...rest,
    variant,
    head: headWith(VERSION, VERSION, `${name}: ${values[variant]}`),
  }));

const METHODS = ['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'HEAD'];
const VERSIONS = ['0', '7', '9', '12', '14', '255', '1.3', '013', '13, 8', '8, 13', ''];

const VERSION_NAMES: Values = { '': 'empty', '13, 8': '13-8', '8, 13': '8-13' };
const versionName = (version: string): string => VERSION_NAMES[version] ?? version;

/** Requests that break a rule, value by value. RFC 6455 §4.2.1. */
export const OPENING_VARIANTS: readonly OpeningVariant[] = [
  ...METHODS.map(
    (method): OpeningVariant => ({
      rule: 'method-not-get',
      variant: method.toLowerCase(),
      title: `The method ${method}`,
      head: headWith(FIRST, FIRST.replace('GET', method)),
    }),
  ),
  {
    rule: 'http-version-too-low',
    variant: '0.9',
    title: 'HTTP/0.9',
    head: headWith(FIRST, FIRST.replace('1.1', '0.9')),
  },
  ...valuesOf('malformed-host', HOST, 'Host', { empty: '' }),
  {
    rule: 'repeated-host',
    variant: 'different',
    title: 'Two Host headers that differ',
    head: headWith(HOST, HOST, 'Host: server.example.com'),
  },
  ...valuesOf('upgrade-not-websocket', UPGRADE, 'Upgrade', { prefix: 'websocket2', words: 'web socket' }),
  {
    rule: 'connection-not-upgrade',
    variant: 'missing',
    title: 'No Connection header',
    head: headWith(CONNECTION),
  },
  ...valuesOf('connection-not-upgrade', CONNECTION, 'Connection', { prefix: 'upgraded', close: 'close' }),
  ...valuesOf('malformed-key', KEY, 'Sec-WebSocket-Key', {
    empty: '',
    '15-bytes': 'AAAAAAAAAAAAAAAAAAAA',
    '17-bytes': 'AAAAAAAAAAAAAAAAAAAAAAA=',
    unpadded: 'AAAAAAAAAAAAAAAAAAAAAA',
    'url-safe': '-_-_-_-_-_-_-_-_-_-_-w==',
    'not-base64': 'not base64 at all, 24 ch',
    'spare-bits': 'dGhlIHNhbXBsZSBub25jZR==',
    // A decoder may take the last character's spare bits or not (RFC 4648 §3.5).
  }).map((each) => (each.variant === 'spare-bits' ? { ...each, eitherIsRight: true } : each)),
  {
    rule: 'repeated-key',
    variant: 'different',
    title: 'Two keys that differ',
    head: headWith(KEY, KEY, `Sec-WebSocket-Key: ${EXAMPLE_KEY.toUpperCase()}`),
  },
  ...VERSIONS.map(
    (version): OpeningVariant => ({
      rule: 'unsupported-version',
      variant: versionName(version),
      title: `Version ${version === '' ? '(empty)' : version}`,
      head: headWith(VERSION, `Sec-WebSocket-Version: ${version}`),
    }),
  ),
  ...addedValuesOf('malformed-subprotocols', 'Sec-WebSocket-Protocol', {
    parentheses: 'chat, super(chat)',
    quoted: '"chat"',
    space: 'super chat',
  }).map((variant) => ({ ...variant, mayOpen: false })),
  ...addedValuesOf('malformed-extensions', 'Sec-WebSocket-Extensions', {
    'no-value': 'x-framelight-one; level=',
    space: 'x-framelight one',
    slash: 'x/framelight',
  }),
];
