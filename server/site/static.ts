import { existsSync, fstatSync, type ReadStream, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { setSafeHeaders } from '../request/safe-headers.ts';
import type { OpenFiles } from './open-files.ts';
import { problemWithSite, STILL_SERVED, stampOfSite } from './site-folder.ts';
import { UpToDate } from './up-to-date.ts';

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

const CACHE_FOREVER = 'public, max-age=31536000, immutable';

/**
 * Serves the latest build of the site. Files under _astro/ have a hash of their content in their name and never change.
 * Browsers must revalidate all others.
 *
 * @param directory the folder of the built site; it may be missing
 * @param nowMs a monotonic clock
 */
export function createStatic(directory: URL, openFiles: OpenFiles, nowMs = () => performance.now()): RequestListener {
  const site = new UpToDate(
    () => stampOfSite(directory),
    () => serveSite(directory, openFiles, () => site.forget()),
    nowMs,
  );
  return (request, response) => site.value(request, response);
}

/** @param onChanged called if the site may have changed since it was read */
function serveSite(directory: URL, openFiles: OpenFiles, onChanged: () => void): RequestListener {
  try {
    const problem = problemWithSite(directory);
    return problem === undefined ? serveFiles(directory, openFiles, onChanged) : serveProblem(404, problem);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const text = `The site cannot be read (${code}). Make dist/ a folder that the server can read.\n`;
    const serve = serveProblem(500, text + STILL_SERVED);
    return (request, response) => {
      // The problem may go away without a change in the folder, so the next request looks again.
      onChanged();
      serve(request, response);
    };
  }
}

function serveProblem(httpStatus: number, text: string): RequestListener {
  return withSafeHeaders((_request, response) => sendText(response, httpStatus, text));
}

/** @throws Error if the folder cannot be read */
function serveFiles(directory: URL, openFiles: OpenFiles, onChanged: () => void): RequestListener {
  const notFound = readNotFoundPage(directory);
  const serve = sirv(fileURLToPath(directory), { etag: true, brotli: true });
  return withSafeHeaders((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      sendText(response, 405, 'Use GET to read the site.\n');
      return;
    }
    if (request.url?.startsWith('/_astro/')) response.setHeader('Cache-Control', CACHE_FOREVER);
    // A range that ends before it starts makes the file reader throw. The whole file is a valid answer to any range.
    delete request.headers.range;
    response.on('pipe', (file: ReadStream) => {
      // The file may be gone, or no descriptor free. That ends this response and not the server.
      file.on('error', ({ code }: NodeJS.ErrnoException) => {
        response.destroy();
        if (code === 'ENOENT') onChanged();
      });
      // The length was already sent. Extra bytes would be read as the next answer.
      file.on('open', (descriptor) => {
        if (fstatSync(descriptor).size === Number(response.getHeader('Content-Length'))) return;
        response.destroy();
        onChanged();
      });
      // If the client leaves early, the file must be closed: descriptors are few.
      response.on('close', () => file.destroy());
    });
    const open = (onClosed: () => void): void => {
      let isOpen = false;
      response.once('pipe', (file: ReadStream) => {
        isOpen = true;
        file.once('close', onClosed);
      });
      serve(request, response, () => sendNotFound(response, notFound));
      // Not modified, or not found.
      if (!isOpen) onClosed();
    };
    inItsTurn(response, () => openFiles.take(response, open));
  });
}

/**
 * A client may request thousands of files at once on one connection, and their answers are sent one after another. Each
 * file is opened when its turn comes. Otherwise one client could take all descriptors and a lot of memory.
 */
function inItsTurn(response: ServerResponse, answer: () => void): void {
  if (response.socket !== null) answer();
  else response.once('socket', answer);
}

function withSafeHeaders(listener: RequestListener): RequestListener {
  return (request, response) => {
    setSafeHeaders(response);
    response.setHeader('Cache-Control', 'no-cache');
    listener(request, response);
  };
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

/** Sends a short plain-text answer. */
export function sendText(response: ServerResponse, httpStatus: number, text: string): void {
  response.writeHead(httpStatus, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
