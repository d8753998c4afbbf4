import { LAB_ROOM_PATH, ROOM_PARAMETER } from '../../companion/lab/addresses.ts';
import { ECHO_PATH } from '../../companion/paths.ts';
import { companionAt, foreseeRefusal } from '../../companion/policy/foresee.ts';
import { hostName } from '../../companion/policy/host.ts';
import type { RequestHead } from '../../protocol/handshake/head/head.ts';
import { createRequest } from '../../protocol/handshake/request/request.ts';

/** Who asks for a WebSocket. */
export interface Asking {
  readonly id: 'own' | 'neighbor' | 'stranger' | 'sandbox' | 'rebound' | 'program';
  readonly name: string;
  /** Undefined if the request has no Origin. @param host of the server, with its port */
  readonly origin: (host: string) => string | undefined;
  /** The Host of the request. */
  readonly host: (host: string) => string;
  /** To which cookies of the server the page belongs. */
  readonly site: 'same' | 'cross' | 'other-name' | 'none';
  readonly about: string;
}

const STRANGER = 'evil.example';
const portOf = (host: string) => /:\d+$/.exec(host)?.[0] ?? '';
const same = (host: string) => host;

export const ASKING: readonly Asking[] = [
  {
    id: 'stranger',
    name: `a stranger’s page, https://${STRANGER}`,
    origin: () => `https://${STRANGER}`,
    host: same,
    site: 'cross',
    about: 'Your user has opened it in another tab. Its script names your server in new WebSocket(…).',
  },
  {
    id: 'own',
    name: 'your own page',
    origin: (host) => `http://${host}`,
    host: same,
    site: 'same',
    about: 'Your server sent it, and must let it in.',
  },
  {
    id: 'neighbor',
    name: 'a page of another program, on the same machine',
    origin: (host) => `http://${hostName(host)}:3000`,
    host: same,
    site: 'same',
    about: 'Another port is another origin, but the same site. Cookies ignore the port altogether.',
  },
  {
    id: 'sandbox',
    name: 'a page in a sandbox, or from a file',
    origin: () => 'null',
    host: same,
    site: 'cross',
    about: 'Its origin is null, and anybody can make such a page. So refuse null.',
  },
  {
    id: 'rebound',
    name: 'a stranger’s page whose name now has your server’s address',
    origin: (host) => `http://${STRANGER}${portOf(host)}`,
    host: (host) => `${STRANGER}${portOf(host)}`,
    site: 'other-name',
    about: 'DNS rebinding: for the browser, the page and your server have the same name.',
  },
  {
    id: 'program',
    name: 'a program, not a browser',
    origin: () => undefined,
    host: same,
    site: 'none',
    about: 'A program can send any Origin, or none. It has no cookies of your users.',
  },
];

/** How the server marked its cookie. */
export const SAME_SITE = ['none', 'lax', 'strict'] as const;
export type SameSite = (typeof SAME_SITE)[number];

export interface StrangersState {
  /** Of the server, with its port. */
  readonly host: string;
  readonly asking: Asking['id'];
  readonly sameSite: SameSite;
}

export const INITIAL_STRANGERS: StrangersState = { host: 'localhost:8080', asking: 'stranger', sameSite: 'none' };

/** A name that cannot collide with another figure's. */
const ROOM = 'safe-in-the-open';

/** The two paths of our server that the request goes to. */
export const TARGETS = { echo: ECHO_PATH, room: `${LAB_ROOM_PATH}?${ROOM_PARAMETER}=${ROOM}` } as const;
export type TargetName = keyof typeof TARGETS;

const EXAMPLE_KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

export function askingOf({ asking }: StrangersState): Asking {
  return ASKING.find(({ id }) => id === asking) ?? (ASKING[0] as Asking);
}

/** The request as that browser, or that program, sends it. */
export function requestOf(state: StrangersState, target: TargetName, key = EXAMPLE_KEY): RequestHead {
  const { origin, host } = askingOf(state);
  const asked = { host: host(state.host), target: TARGETS[target], key };
  const from = origin(state.host);
  const request = createRequest(from === undefined ? asked : { ...asked, origin: from });
  if (!sendsCookie(state)) return request;
  return { ...request, headers: [...request.headers, { name: 'Cookie', value: 'session=of-your-user' }] };
}

/** RFC 6265 §8.5: cookies ignore the port. SameSite is about the site: scheme and registered name. */
export function sendsCookie(state: StrangersState): boolean {
  const { site } = askingOf(state);
  return site === 'same' || (site === 'cross' && state.sameSite === 'none');
}

/** What a server makes of the request. */
export interface ServerRow {
  readonly id: 'trusting' | 'compares' | TargetName;
  readonly name: string;
  /** `101` or `403`. */
  readonly status: number;
  readonly verdict: 'right' | 'hijacked' | 'reached' | 'open' | 'refused' | 'shut-out';
  readonly sentence: string;
}

export interface StrangersView {
  readonly about: string;
  /** The lines of the request that matter, each as name and value; an empty value is a header that is not sent. */
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly cookie: string;
  readonly rows: readonly ServerRow[];
}

export function presentStrangers(state: StrangersState): StrangersView {
  const asking = askingOf(state);
  const { headers } = requestOf(state, 'echo');
  const headerOf = (name: string) => headers.find((header) => header.name === name)?.value ?? '';
  return {
    about: asking.about,
    lines: ['Host', 'Origin', 'Cookie'].map((name) => [name, headerOf(name)]),
    cookie: describeCookie(state, asking),
    rows: [
      rowOf(state, 'trusting', 'A server that checks nothing', 101, ''),
      rowOf(state, 'compares', 'A server that compares Origin with Host', compares(asking, state.host) ? 101 : 403, ''),
      ours(state, 'echo', 'Our server, at /echo: open to pages of this machine'),
      ours(state, 'room', 'Our server, at /lab/room: open to its own pages alone'),
    ],
  };
}

function compares({ origin, host }: Asking, own: string): boolean {
  const from = origin(own);
  return from === undefined || from.replace(/^https?:\/\//, '') === host(own);
}

function ours(state: StrangersState, target: TargetName, name: string): ServerRow {
  const refused = foreseeRefusal(requestOf(state, target), companionAt(state.host));
  return rowOf(state, target, name, refused?.httpStatus ?? 101, refused?.sentence ?? '');
}

function rowOf(state: StrangersState, id: ServerRow['id'], name: string, status: number, reason: string): ServerRow {
  const asking = askingOf(state);
  const verdict = verdictOf(state, asking, id, status);
  return { id, name, status, verdict, sentence: reason === '' ? SENTENCES[verdict] : reason };
}

function verdictOf(
  state: StrangersState,
  { id }: Asking,
  server: ServerRow['id'],
  status: number,
): ServerRow['verdict'] {
  if (status !== 101) return id === 'own' ? 'shut-out' : 'refused';
  if (id === 'own') return 'right';
  // What the echo gives away is what it got: it is open on purpose.
  if (server === 'echo' || id === 'program') return 'open';
  if (sendsCookie(state)) return 'hijacked';
  return id === 'rebound' ? 'reached' : 'open';
}

const SENTENCES: Readonly<Record<ServerRow['verdict'], string>> = {
  right: 'It opens, as it should.',
  hijacked: 'It opens, and the cookie logs the page in as your user.',
  reached: 'It opens. A stranger’s page reads from a server on your own network.',
  open: 'It opens, but without a login.',
  refused: 'It does not open.',
  'shut-out': 'It does not open, although it should.',
};

function describeCookie({ sameSite }: StrangersState, { site }: Asking): string {
  if (site === 'other-name') return 'No cookie: for the browser, the cookies of your server belong to another name.';
  if (site === 'none') return 'No cookie: a program has none of your users’.';
  if (site === 'same') return 'The cookie is sent, whatever its mark: the page is of the same site.';
  return sameSite === 'none'
    ? 'The cookie is sent, although the page is of another site: SameSite=None allows it.'
    : `The cookie is not sent: the page is of another site, and SameSite=${sameSite === 'lax' ? 'Lax' : 'Strict'}.`;
}
