import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

const WITHOUT_SITE = `The sockets are served without it: /echo, /broadcast, /dump and /tap.
`;
const NOT_BUILT = `The site is not built yet. Run "npm run build", then start the server again.
${WITHOUT_SITE}`;

/**
 * Serves the built site. Files under _astro/ have a hash of their content in their name, so they
 * never change; all else is asked for again.
 *
 * @param directory where the site was built; it need not be there
 */
export function createStatic(directory: URL): RequestListener {
  if (!existsSync(directory)) return (_request, response) => sendText(response, 404, NOT_BUILT);
  try {
    return serveFiles(directory);
  } catch (error) {
    const text = `The site cannot be read (${(error as NodeJS.ErrnoException).code}). Make dist/ a folder that the server may read, then start it again.
${WITHOUT_SITE}`;
    return (_request, response) => sendText(response, 500, text);
  }
}

/** @throws Error where the folder cannot be read */
function serveFiles(directory: URL): RequestListener {
  const notFound = readNotFoundPage(directory);
  const serve = sirv(fileURLToPath(directory), { etag: true, brotli: true });
  return (request, response) => {
    setHeaders(response, request.url ?? '/');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      sendText(response, 405, 'The site is read with GET.\n');
      return;
    }
    // A range that ends before it begins makes the file reader throw; the whole file is a right answer to any.
    delete request.headers.range;
    // The file may be gone, or no descriptor be free: that ends this response, not the server.
    response.on('pipe', (file: Readable) => {
      file.on('error', () => response.destroy());
      // Who leaves in the middle leaves a file open, and descriptors are few.
      response.on('close', () => file.destroy());
    });
    inItsTurn(response, () => serve(request, response, () => sendNotFound(response, notFound)));
  };
}

/**
 * A client may ask for thousands of files at once on one connection, and their answers go out one after the other.
 * Each file is opened when its answer's turn has come: else one client takes all descriptors, and no end of memory.
 */
function inItsTurn(response: ServerResponse, answer: () => void): void {
  if (response.socket !== null) answer();
  else response.once('socket', answer);
}

function setHeaders(response: ServerResponse, target: string): void {
  const immutable = target.startsWith('/_astro/');
  response.setHeader('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  // The rest of the policy stands in each page, with the hashes of its own scripts; this part only a header can say.
  response.setHeader('Content-Security-Policy', "frame-ancestors 'none'");
}

function readNotFoundPage(directory: URL): Buffer | undefined {
  const page = new URL('404.html', directory);
  return existsSync(page) ? readFileSync(page) : undefined;
}

function sendNotFound(response: ServerResponse, page: Buffer | undefined): void {
  response.setHeader('Cache-Control', 'no-cache');
  if (page === undefined) {
    sendText(response, 404, 'There is no such page.\n');
    return;
  }
  response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': page.length });
  response.end(page);
}

/** A plain answer of the server's own. */
export function sendText(response: ServerResponse, httpStatus: number, text: string): void {
  response.writeHead(httpStatus, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text);
}
