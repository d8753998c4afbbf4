import type { Cause } from '../cause.ts';
import { firstTcpEnd } from '../story.ts';
import { sayEndWithoutClose } from '../words.ts';

export const clientVanished: Cause = {
  name: 'client-ended-tcp',
  title: 'The client’s program ended, or its network did',
  group: 'dropped',
  symptom: 'The server sees 1006, and the client is gone without a close frame.',
  why: 'A program that is killed or exits cannot send a close frame. Firefox on SIGTERM only ends TCP. A phone that changes its network ends nothing at all: then the server notices only when it sends.',
  evidence: 'FIN or RST from the client’s side and no close frame.',
  fix: 'A server must expect this at any time: free what belongs to the connection when TCP ends. In your own client, close the WebSocket before the program exits.',
  find(story) {
    if (!story.opened || !story.whole || story.messagesOnly || firstTcpEnd(story)?.side !== 'client') return undefined;
    if (story.steps[0]?.kind === 'close') return undefined;
    const likely =
      'The client’s program ended or crashed, its code ended the socket without closing the WebSocket, or a proxy between dropped the connection.';
    return { evidence: sayEndWithoutClose(story), likely };
  },
};
