import { maySend } from '../../../protocol/closing/status-codes.ts';
import type { Cause } from '../cause.ts';
import { nameSideFirst, sayCode } from '../words.ts';

export const forbiddenCloseCode: Cause = {
  name: 'forbidden-close-code',
  title: 'A close frame with a code that must not be sent',
  group: 'rule',
  symptom: 'You close with a code, and the other side reports 1002 or 1006 instead.',
  why: '1005, 1006 and 1015 are made up by the receiver, for a close frame without a code, none at all, and a failed TLS handshake. A program that passes the code of one connection on to another one sends them by mistake. Chromium fails such a connection, and Firefox passes the code on.',
  evidence: 'A close frame whose first two bytes are such a code: 03 ed, 03 ee or 03 f7.',
  fix: 'Send no body if the code is 1005, and 1000, 1011 or a code from 4000 on in the other cases.',
  find(story) {
    for (const { side } of story.steps) {
      if (side === undefined) continue;
      const [close] = story[side].closes;
      if (close?.statusCode === undefined || maySend(close.statusCode)) continue;
      return {
        evidence: `${nameSideFirst(side)} sent a close frame with ${sayCode(close.statusCode)}, which must never be on the wire.`,
        likely: 'Its program passes a close code on that it got from another connection, or made one up.',
      };
    }
    return undefined;
  },
};
