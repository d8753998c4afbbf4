import type { Expectation } from './case.ts';
import { describeExpected } from './describe.ts';

const NO_CODE = 1005;

const OPENING = {
  answer: 'an HTTP response',
  upgrade: 'status 101, Upgrade: websocket, Connection: Upgrade',
  accept: 'status 101 with the right Sec-WebSocket-Accept',
};

/** Says what should come back, in the words that describe what did. */
export function describeExpectation(expectation: Expectation): string {
  if (expectation.type === 'refusal') {
    const headers = expectation.headers.map(({ name, token }) => `${name}: ${token}`);
    return [`status ${expectation.httpStatus}`, ...headers].join(', ');
  }
  if (expectation.type === 'opening') return OPENING[expectation.until];
  const { received, closeCode } = expectation;
  if (expectation.type === 'closing' && expectation.leeway.staysOpen === true) {
    return ['status 101', ...received.map(describeExpected)].join('; ');
  }
  const close = closeCode === NO_CODE ? 'close without a code' : `close ${closeCode}`;
  return ['status 101', ...received.map(describeExpected), close, 'the end of TCP'].join('; ');
}
