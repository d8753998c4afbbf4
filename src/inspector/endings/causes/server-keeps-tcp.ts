import type { Cause } from '../cause.ts';
import { formatDuration } from '../duration.ts';

/** An end travels one way; Firefox waits for one second, Chromium for two. */
const MIN_WAIT_MS = 900;

export const serverKeepsTcp: Cause = {
  name: 'server-keeps-tcp',
  title: 'The server never ends TCP',
  group: 'closed-with-code',
  symptom:
    'The close event comes one or two seconds late, and in Node it never comes. On the server, connections pile up in FIN_WAIT or CLOSE_WAIT.',
  why: 'After both close frames the server has to end TCP. A client waits for that: Firefox for 1 s, Chromium for 2 s, python-websockets for 10 s, and Node forever.',
  evidence: 'A close frame from each side, then a pause, then FIN from the client or nothing.',
  fix: 'In the server, end the socket as soon as each side has sent a close frame.',
  find(story) {
    const { client, server, steps, ended, whole } = story;
    if (client.closeCount === 0 || server.closeCount === 0 || !whole) return undefined;
    const closes = steps.filter(({ kind }) => kind === 'close');
    const end = steps.find(({ kind }) => kind !== 'close');
    const lastCloseMs = closes.at(-1)?.timeMs;
    if (!ended) return undefined;
    if (end?.side !== 'client' || end.timeMs === undefined || lastCloseMs === undefined) return undefined;
    const waitMs = end.timeMs - lastCloseMs;
    if (waitMs < MIN_WAIT_MS) return undefined;
    return {
      evidence: `Each side sent a close frame. The server left TCP open, and ${formatDuration(waitMs)} later the client ended it.`,
      likely: 'The server’s code does not end the socket after the closing handshake.',
    };
  },
};
