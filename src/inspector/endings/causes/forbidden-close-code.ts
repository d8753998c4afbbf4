import { maySend } from '../../../protocol/closing/status-codes.ts';
import type { Cause } from '../cause.ts';
import { nameSideFirst, sayCode } from '../words.ts';

export const forbiddenCloseCode: Cause = {
  name: 'forbidden-close-code',
  title: 'A close frame with a code that must not be sent',
  group: 'rule',
  symptom: 'You close with a code, and the other side reports 1002 or 1006 instead.',
  why: 'A receiver makes these codes up: 1005 if the close frame has no code, 1006 if there was no close frame, and 1015 if the TLS handshake failed. A program that passes the code of one connection on to another one sends them by mistake. Chromium fails such a connection, and Firefox passes the code on.',
  evidence: 'A close frame whose first two bytes are such a code: 03 ed, 03 ee or 03 f7.',
  fix: 'In place of 1005, send a close frame without a body. In place of the others, send 1000, 1011 or a code from 4000 to 4999.',
  find(story) {
    for (const { side } of story.steps) {
      if (side === undefined) continue;
      const [close] = story[side].closes;
      if (close?.statusCode === undefined || maySend(close.statusCode)) continue;
      return {
        evidence: `${nameSideFirst(side)} sent a close frame with ${sayCode(close.statusCode)}, which must never be on the wire.`,
        likely: 'Its program passes on a close code that it got from another connection, or it invented one.',
      };
    }
    return undefined;
  },
};
