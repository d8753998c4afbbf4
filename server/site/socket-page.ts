import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BROADCAST_PATH, DUMP_PATH, ECHO_PATH, TAP_PATH, WATCH_PARAMETER } from '../../src/companion/paths.ts';
import { checkWatchToken, type UpgradeRequest } from '../../src/companion/policy/upgrade-request.ts';
import { NO_STORE, SAFE_HEADERS } from '../request/safe-headers.ts';

/** RFC 9110 §15.5.22. */
const UPGRADE_REQUIRED = 426;

/** What each address is for. The others are for our own pages alone. */
const PURPOSES: Readonly<Record<string, string>> = {
  [ECHO_PATH]: 'It sends every message back to the client that sent it.',
  [BROADCAST_PATH]: 'It sends every message to all clients that are connected to it.',
  [DUMP_PATH]: 'It answers every message with a description of the bytes that carried it.',
  [TAP_PATH]: 'It reports what other connections of this server send and receive.',
};

const STYLE = `
:root { color-scheme: light dark; }
body { max-width: 34rem; margin: 12vh auto; padding: 0 1.25rem;
  font: 1.125rem/1.6 "Source Serif 4", Georgia, "Noto Serif", serif;
  color: light-dark(#2b2620, #e8e4da); background: light-dark(#f8f4ec, #181d23); }
h1 { font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
a { color: light-dark(#1d4f99, #8fc4f5); }
.go { display: inline-block; padding: .55rem 1.25rem; border-radius: 4px; font-weight: 600; text-decoration: none;
  color: light-dark(#fdfbf6, #14202e); background: light-dark(#1d4f99, #8fc4f5); }
:focus-visible { outline: 2px solid; outline-offset: 2px; }
`;

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/**
 * What a person reads who has opened the address of a WebSocket in a browser: what it is, and where to go. Programs get
 * the plain answer: they do not ask for HTML.
 *
 * @returns undefined for a program, and for an address that is only for our own pages
 */
export function socketPageFor(request: IncomingMessage, asked: UpgradeRequest): string | undefined {
  const purpose = PURPOSES[asked.path];
  return purpose === undefined || !/\btext\/html\b/i.test(request.headers.accept ?? '')
    ? undefined
    : pageFor(asked, purpose);
}

/** Sends such a page with the same status as the plain answer: a WebSocket is what the address asks for. */
export function sendSocketPage(response: ServerResponse, page: string): void {
  response.sendDate = false;
  // HTTP/2 has no headers about the connection. RFC 9113 §8.2.2.
  const upgrade = response.req.httpVersionMajor > 1 ? [] : ['Upgrade', 'websocket', 'Connection', 'Upgrade, close'];
  response.writeHead(UPGRADE_REQUIRED, [
    ...upgrade,
    ...['Vary', 'Accept'],
    ...['Content-Type', 'text/html; charset=utf-8', 'Content-Length', String(Buffer.byteLength(page))],
    ...[NO_STORE, ...SAFE_HEADERS].flatMap(({ name, value }) => [name, value]),
  ]);
  response.end(page);
}

/** Of the request it repeats the path, which is one of ours, and a token of which every character is known. */
function pageFor({ path, watchToken }: UpgradeRequest, purpose: string): string {
  const token = watchToken !== undefined && checkWatchToken(watchToken) === undefined ? `=${watchToken}` : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${path} is for WebSocket clients</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${path} is the address of a WebSocket</h1>
<p>${purpose} A browser that opens it as a page sees nothing: it needs a WebSocket client.</p>
<p><a class="go" href="/inspector/#${WATCH_PARAMETER}${token}">Connect a client and watch it</a></p>
<p>Or <a href="/">see what your own browser sends</a>.</p>
</main>
</body>
</html>
`;
}
