import type { IncomingMessage } from 'node:http';
import { HEALTH_PATH } from '../../src/companion/paths.ts';
import type { HttpRefusal } from '../../src/companion/policy/refusal.ts';
import { checkHost, checkTarget, parseTarget } from '../../src/protocol/index.ts';
import { sendRefusal } from '../request/refusal-bytes.ts';
import { requestHeadOf } from '../request/request-head.ts';
import { sendHealth } from './health.ts';
import type { OpenFiles } from './open-files.ts';
import { createStatic, type RequestListener } from './static.ts';

/**
 * Answers requests that do not ask for a WebSocket: the site and the health check.
 *
 * @param directory the folder of the built site
 */
export function createPlainHttp(directory: URL, openFiles: OpenFiles): RequestListener {
  const serveSite = createStatic(directory, openFiles);
  return (request, response) => {
    const refused = refuseHead(request);
    if (refused) {
      sendRefusal(response, refused);
      return;
    }
    const { path = '', query = '' } = parseTarget(request.url ?? '') ?? {};
    // The target may be a whole URL. From here on only its path counts. RFC 9112 §3.2.2.
    request.url = query === '' ? path : `${path}?${query}`;
    if (path === HEALTH_PATH) sendHealth(response);
    else serveSite(request, response);
  };
}

/** Checks that a request has one Host and a valid target. RFC 9112 §3.2. */
function refuseHead(request: IncomingMessage): HttpRefusal | undefined {
  const head = requestHeadOf(request);
  // HTTP/1.0 does not require a Host.
  if (head.httpVersion !== '1.0' || request.headers.host !== undefined) {
    const refused = checkHost(head);
    if (refused) return refused;
  }
  return checkTarget(head);
}
