import { headerValues } from '../../../../protocol/handshake/head/head.ts';
import { checkResponse } from '../../../../protocol/handshake/response/check-response.ts';
import { diagnose } from '../../../accept-doctor/diagnose.ts';
import type { Cause } from '../../cause.ts';
import { sayRefused, sentNothingAfter101 } from '../../refused-by-client.ts';
import { sayText } from '../../words.ts';

export const wrongAccept: Cause = {
  name: 'wrong-accept',
  title: 'Sec-WebSocket-Accept is wrong or missing',
  group: 'never-opened',
  symptom:
    'Chromium says "Incorrect Sec-WebSocket-Accept header value", but the server believes that the connection is open.',
  why: 'With this header, the server proves that it has read the request. Its value is the SHA-1 hash of the key and a fixed GUID, in base64. The usual mistakes are a GUID with a typing error, base64 of the hex digits, and a decoded key.',
  evidence:
    'A 101 whose Sec-WebSocket-Accept is not the value computed from the key. Then the client ends the connection.',
  fix: 'Paste the key and the accept into the page "Accept": it computes the value and names the mistake.',
  find(story) {
    const { request, response } = story;
    if (
      request.kind !== 'head' ||
      response.kind !== 'head' ||
      response.head.httpStatus !== 101 ||
      !sentNothingAfter101(story)
    ) {
      return undefined;
    }
    const [key] = headerValues(request.head, 'Sec-WebSocket-Key');
    if (key === undefined) return undefined;
    const accepts = headerValues(response.head, 'Sec-WebSocket-Accept');
    const checked = checkResponse(response.head, { key, subprotocols: [] });
    const rule = 'refusal' in checked ? checked.refusal.rule : '';
    if (!['wrong-accept', 'missing-accept', 'repeated-accept'].includes(rule)) return undefined;
    const [accept] = accepts;
    if (accept === undefined) {
      return {
        evidence: `The 101 has no Sec-WebSocket-Accept. ${sayRefused(story)}`,
        likely: 'The server does not compute it, or a proxy removed it.',
      };
    }
    const { verdict, findings, right } = diagnose(key, accept);
    const expected =
      right === undefined ? '' : ` The right value for this key is ${sayText(String.fromCharCode(...right.answer))}.`;
    const [finding] = findings;
    const evidence = `Sec-WebSocket-Accept is ${sayText(accept)}.${expected} ${sayRefused(story)}`;
    if (verdict !== 'named' || finding === undefined) {
      return { evidence, likely: 'The server’s computation is wrong, or the answer belongs to another request.' };
    }
    return { evidence, likely: `${finding.title}. ${finding.cause}`, fix: finding.fix };
  },
};
