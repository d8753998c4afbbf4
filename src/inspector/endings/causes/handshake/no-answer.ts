import type { Cause } from '../../cause.ts';
import { formatDuration } from '../../duration.ts';
import { firstTcpEnd } from '../../story.ts';
import { sayTcpEnd } from '../../words.ts';

export const noAnswer: Cause = {
  name: 'no-answer',
  title: 'The request got no answer',
  group: 'never-opened',
  symptom: 'The WebSocket stays in CONNECTING for a long time, or fails with 1006 and nothing else.',
  why: 'The server accepted the TCP connection but never answered the request. Perhaps its program hangs, waits for more bytes, has no handler for upgrades, or ended the connection on purpose.',
  evidence: 'A complete request, but not a single byte from the server.',
  fix: 'Find out whether the request reaches a handler. A Node server leaves clients waiting if its "upgrade" listener returns without an answer. So do the development servers of Vite and webpack, if the path has no proxy rule with "ws: true".',
  find(story) {
    const { opened, request, server, whole } = story;
    if (opened || !whole || request.kind !== 'head' || server.byteLength > 0) return undefined;
    const end = firstTcpEnd(story);
    if (end === undefined) return undefined;
    const after = story.idleMs === undefined ? '' : ` ${formatDuration(story.idleMs)} later`;
    const likely =
      end.side === 'server'
        ? 'The server’s program refused the request without an answer, crashed, or speaks another protocol, such as TLS.'
        : 'The server’s program hangs, or has no handler for this request. The client gave up.';
    return { evidence: `The request was complete, no byte came back, and${after} ${sayTcpEnd(end)} followed.`, likely };
  },
};

export const requestCut: Cause = {
  name: 'request-unfinished',
  title: 'The request never became complete',
  group: 'never-opened',
  symptom: 'The server answers 408 or 400, or ends TCP after a few seconds.',
  why: 'The head of a request ends with an empty line, CR LF CR LF. Without it, a server waits for more.',
  evidence: 'A request without its empty line.',
  fix: 'End each line with CR LF, and the head with one more CR LF.',
  find({ opened, request, response, whole }) {
    if (opened || !whole || request.kind !== 'other' || response.kind !== 'none') return undefined;
    if (request.problem !== 'The head does not end.') return undefined;
    return {
      evidence: 'The client’s head does not end with an empty line.',
      likely: 'The client’s program forgot the empty line, ends its lines with LF alone, or ended too early.',
    };
  },
};
