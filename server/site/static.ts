import { existsSync, fstatSync, type ReadStream, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { setSafeHeaders } from '../request/safe-headers.ts';
import type { OpenFiles } from './open-files.ts';
import { problemWithSite, STILL_SERVED, stampOfSite } from './site-folder.ts';
import { UpToDate } from './up-to-date.ts';

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Serves the built site, as it was built last. Files under _astro/ have a hash of their content in their name, so they
 * never change; all else is asked for again.
 *
 * @param directory where the site was built; it need not be there
 * @param nowMs a clock that nobody sets
 */
export function createStatic(directory: URL, openFiles: OpenFiles, nowMs = () => performance.now()): RequestListener {
  const site = new UpToDate(
    () => stampOfSite(directory),
    () => serveSite(directory, openFiles, () => site.forget()),
    nowMs,
  );
  return (request, response) => site.value(request, response);
}

/** @param onChanged called where the site may be another than it was read as */
function serveSite(directory: URL, openFiles: OpenFiles, onChanged: () => void): RequestListener {
  try {
    const problem = problemWithSite(directory);
    return problem === undefined ? serveFiles(directory, openFiles, onChanged) : serveProblem(404, problem);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const text = `The site cannot be read (${code}). Make dist/ a folder that the server may read.\n`;
    const serve = serveProblem(500, text + STILL_SERVED);
    return (request, response) => {
      // It may pass without a change of the folder: so no answer but this one is made of it.
      onChanged();
      serve(request, response);
    };
  }
}

function serveProblem(httpStatus: number, text: string): RequestListener {
  return withSafeHeaders((_request, response) => sendText(response, httpStatus, text));
}

/** @throws Error where the folder cannot be read */
function serveFiles(directory: URL, openFiles: OpenFiles, onChanged: () => void): RequestListener {
  const notFound = readNotFoundPage(directory);
  const serve = sirv(fileURLToPath(directory), { etag: true, brotli: true });
  return withSafeHeaders((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      sendText(response, 405, 'The site is read with GET.\n');
      return;
    }
    if (request.url?.startsWith('/_astro/')) response.setHeader('Cache-Control', FOR_EVER);
    // A range that ends before it begins makes the file reader throw; the whole file is a right answer to any.
    delete request.headers.range;
    response.on('pipe', (file: ReadStream) => {
      // The file may be gone, or no descriptor be free: that ends this response, not the server.
      file.on('error', ({ code }: NodeJS.ErrnoException) => {
        response.destroy();
        if (code === 'ENOENT') onChanged();
      });
      // Its length has been said already: one byte more would be read as the next answer.
      file.on('open', (descriptor) => {
        if (fstatSync(descriptor).size === Number(response.getHeader('Content-Length'))) return;
        response.destroy();
        onChanged();
      });
      // Who leaves in the middle leaves a file open, and descriptors are few.
      response.on('close', () => file.destroy());
    });
    const open = (onClosed: () => void): void => {
      let isOpen = false;
      response.once('pipe', (file: ReadStream) => {
        isOpen = true;
        file.once('close', onClosed);
      });
      serve(request, response, () => sendNotFound(response, notFound));
      // It is not modified, or not there.
      if (!isOpen) onClosed();
    };
    inItsTurn(response, () => openFiles.take(response, open));
  });
}

/**
 * A client may ask for thousands of files at once on one connection, and their answers go out one after the other.
 * Each file is opened when its answer's turn has come: else one client takes all descriptors, and no end of memory.
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

/** A plain answer of the server's own. */
export function sendText(response: ServerResponse, httpStatus: number, text: string): void {
  response.writeHead(httpStatus, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
