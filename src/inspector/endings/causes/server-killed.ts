import { countBytes } from '../../../text/count.ts';
import type { Cause } from '../cause.ts';
import { firstTcpEnd } from '../story.ts';
import { sayEndWithoutClose } from '../words.ts';

export const serverKilled: Cause = {
  name: 'server-ended-tcp',
  title: 'The server’s program ended, or cut the connection',
  group: 'dropped',
  symptom: 'The connection drops with 1006 in the middle of its work, often for all clients at once.',
  why: 'If a program crashes or is killed, for example by a deployment, it cannot send close frames: the operating system ends its connections. Code that destroys a socket instead of closing the WebSocket does the same to one connection. So does a proxy that restarts.',
  evidence: 'FIN or RST from the server’s side, no close frame, and no long silence before it.',
  fix: 'Look for a crash, a deployment or a restart in the logs of the server and of the proxy at this time. On SIGTERM, send 1001 to every client before the program ends. Let clients connect again after a random delay.',
  find(story) {
    const end = firstTcpEnd(story);
    if (!story.opened || !story.whole || story.messagesOnly || end?.side !== 'server') return undefined;
    if (story.steps[0]?.kind === 'close') return undefined;
    const { cutFrame, insideMessage } = story.server;
    const middle =
      cutFrame !== undefined
        ? ` The server’s last frame is cut: ${countBytes(cutFrame.sentBytes)} of it arrived.`
        : insideMessage
          ? ' The server’s last message lacks its final fragment.'
          : '';
    const likely =
      middle !== '' || end.kind === 'RST'
        ? 'The server’s program was killed or crashed, its code destroyed the socket, or a proxy dropped the connection.'
        : 'The server’s program ended, its code ended the socket without closing the WebSocket, or a proxy dropped the connection.';
    return { evidence: sayEndWithoutClose(story) + middle, likely };
  },
};
