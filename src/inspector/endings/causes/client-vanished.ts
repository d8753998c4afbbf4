import type { Cause } from '../cause.ts';
import { firstTcpEnd } from '../story.ts';
import { sayEndWithoutClose } from '../words.ts';

export const clientVanished: Cause = {
  name: 'client-ended-tcp',
  title: 'The client’s program or its network went away',
  group: 'dropped',
  symptom: 'The server reports 1006: the client disappeared without a close frame.',
  why: 'A program that is killed or exits cannot send a close frame. Firefox on SIGTERM only ends TCP. A phone that changes its network ends nothing at all: the server notices only when it sends something itself.',
  evidence: 'FIN or RST from the client’s side and no close frame.',
  fix: 'A server must expect this at any time: free what belongs to the connection when TCP ends. In your own client, close the WebSocket before the program exits.',
  find(story) {
    if (!story.opened || !story.whole || story.messagesOnly || firstTcpEnd(story)?.side !== 'client') return undefined;
    if (story.steps[0]?.kind === 'close') return undefined;
    const likely =
      'The client’s program ended or crashed, its code ended the socket without closing the WebSocket, or a proxy in between dropped the connection.';
    return { evidence: sayEndWithoutClose(story), likely };
  },
};
