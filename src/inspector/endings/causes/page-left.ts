import type { Cause } from '../cause.ts';
import { firstClose } from '../story.ts';
import { sayClose } from '../words.ts';

export const pageLeft: Cause = {
  name: 'page-left',
  title: 'The page was left, or the tab closed',
  group: 'closed-with-code',
  symptom: 'The server sees 1001 from a browser.',
  why: 'When a page is left, reloaded or closed, the browser closes its WebSockets with 1001. Chromium and Firefox send it without a reason; WebKit adds "WebSocket is closed due to suspension."',
  evidence: 'The client sends the first close frame, with 1001.',
  fix: 'Nothing to fix: expect it at any time. A page that must stay connected has to connect again when it is shown again.',
  find(story) {
    const close = firstClose(story);
    if (close?.side !== 'client' || close.statusCode !== 1001) return undefined;
    return {
      evidence: `The client sent ${sayClose(close)} first.`,
      likely: 'A browser sends this when its page is left or reloaded, or its tab is closed.',
    };
  },
};
