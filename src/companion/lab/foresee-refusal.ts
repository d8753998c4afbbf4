import { hasHeaderToken, headerValues, type RequestHead } from '../../protocol/handshake/head.ts';
import type { Refusal } from '../../protocol/handshake/refusal.ts';
import { parseTarget } from '../../protocol/handshake/request-line-checks.ts';
import { BROADCAST_PATH, DUMP_PATH, ECHO_PATH, TAP_PATH } from '../paths.ts';

const KNOWN_PATHS: readonly string[] = [ECHO_PATH, BROADCAST_PATH, DUMP_PATH, TAP_PATH];
const WEB_ORIGIN = /^https?:\/\/([^/?#@\\]+)$/i;
const LOOPBACK = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

/** What the companion itself decides about a request, apart from the protocol's rules and before them. */
export interface OwnRefusal extends Pick<Refusal, 'httpStatus' | 'sentence' | 'headers'> {
  readonly about: 'path' | 'origin';
}

/**
 * Foresees whether the companion serves a path, and lets an origin in, without asking it. RFC 6455 §4.2.2.
 *
 * @returns undefined where the protocol's rules decide. What `--allow-origin` lets in, a page cannot foresee
 */
export function foreseeRefusal(head: RequestHead): OwnRefusal | undefined {
  const path = parseTarget(head.target)?.path ?? '';
  if (path !== '' && !KNOWN_PATHS.includes(path)) return refuseElsewhere(head);
  const [origin] = headerValues(head, 'Origin');
  const mayAsk = path === TAP_PATH ? isOwn : isWelcome;
  if (origin === undefined || mayAsk(origin, headerValues(head, 'Host')[0] ?? '')) return undefined;
  const sentence = 'Pages from this origin may not connect. Start the server with --allow-origin and the origin.';
  return { about: 'origin', httpStatus: 403, sentence, headers: [] };
}

/** Outside the paths of WebSockets a request that asks for none is one to the site, which is read with GET. */
function refuseElsewhere(head: RequestHead): OwnRefusal {
  const asks = hasHeaderToken(head, 'Upgrade', 'websocket') && hasHeaderToken(head, 'Connection', 'upgrade');
  if (asks || head.method === 'GET' || head.method === 'HEAD') {
    const sentence = `No WebSocket is served at this path. These are: ${KNOWN_PATHS.join(', ')}.`;
    return { about: 'path', httpStatus: 404, sentence, headers: [] };
  }
  const headers = [{ name: 'Allow', value: 'GET, HEAD' }];
  return { about: 'path', httpStatus: 405, sentence: 'The site is read with GET.', headers };
}

/** A page of ours connects to the host that it was loaded from. Only such a page may open a tap. */
function isOwn(origin: string, host: string): boolean {
  if (!isWelcome(origin, host) || !URL.canParse(origin) || !URL.canParse(`http://${host}`)) return false;
  const [page, server] = [new URL(origin), new URL(`http://${host}`)];
  return page.hostname === server.hostname && portOf(page) === portOf(server);
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}

function isWelcome(origin: string, host: string): boolean {
  const name = nameOf(WEB_ORIGIN.exec(origin)?.[1] ?? '');
  return name !== '' && (LOOPBACK.test(name) || name === nameOf(host));
}

/** Without its port, in lower case. */
function nameOf(authority: string): string {
  return authority.replace(/:\d*$/, '').toLowerCase();
}
