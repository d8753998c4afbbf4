import type { StatusCodeInfo } from './status-codes.ts';

/** What the codes mean, by the first of each row of the table of codes. Apart from it: hardly any page shows these sentences. */
const MEANINGS: Readonly<Record<number, string>> = {
  0: 'Not used.',
  1000: 'The purpose of the connection is fulfilled.',
  1001: 'The server shuts down, or the browser leaves the page.',
  1002: 'The peer broke a rule of the protocol.',
  1003: 'A kind of message that this endpoint does not accept.',
  1004: 'Reserved: it may get a meaning one day.',
  1005: 'What a program gets if the close frame had no code.',
  1006: 'What a program gets if no close frame arrived.',
  1007: 'A message whose bytes do not fit its type, such as text that is not UTF-8.',
  1008: 'A message that breaks a policy of the endpoint. Also the code to use if no other fits.',
  1009: 'A message that is longer than the endpoint accepts.',
  1010: 'The client needs an extension that the server did not accept.',
  1011: 'The program of the endpoint had an error of its own.',
  1012: 'The server restarts: come back in a while.',
  1013: 'The server is overloaded: come back later.',
  1014: 'A gateway got an invalid answer from the server behind it.',
  1015: 'What a program gets if the TLS handshake failed.',
  1016: 'Reserved for later versions of the protocol and its extensions.',
  3000: 'For libraries, frameworks and applications that have registered it with IANA.',
  4000: 'For private use, between your own page and your own server.',
  5000: 'Not used: the registry ends at 4999.',
};

/** What a status code means, as a sentence. RFC 6455 §7.4. */
export function meaningOfStatusCode({ from }: Pick<StatusCodeInfo, 'from'>): string {
  return MEANINGS[from] ?? '';
}
