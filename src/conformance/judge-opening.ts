import { hasHeaderToken } from '../protocol/handshake/head/head.ts';
import type { Expectation, OpeningExpectation, RefusalExpectation } from './case.ts';
import type { Transcript } from './transcript.ts';
import { allowed, type Finding, failed, passed } from './verdict.ts';

/** Says why no connection was opened; undefined if one was. RFC 6455 §4.1. */
export function judgeOpening(
  expectation: Expectation,
  { response, responseFault, end }: Transcript,
): Finding | undefined {
  const whyRefused =
    expectation.type === 'closing'
      ? expectation.leeway.mayRefuse
      : expectation.type === 'opening'
        ? expectation.mayRefuse
        : undefined;
  if (whyRefused !== undefined && response !== undefined && isClientError(response.httpStatus)) {
    return allowed(`The server refused with ${response.httpStatus}. ${whyRefused}`);
  }
  if (responseFault !== undefined) return failed(responseFault, { kind: 'not-opened' });
  if (response !== undefined) return undefined;
  if (end === undefined) {
    return failed('The server did not answer the opening request in time.', { kind: 'not-opened' });
  }
  const finding = 'The server ended TCP instead of answering the opening request.';
  return whyRefused === undefined ? failed(finding, { kind: 'not-opened' }) : allowed(`${finding} ${whyRefused}`);
}

/** Judges an opening handshake of which only a part counts yet. RFC 6455 §4.2.2. */
export function judgePartOfOpening(expectation: OpeningExpectation, transcript: Transcript): Finding {
  const { response } = transcript;
  const { until } = expectation;
  if (until === 'accept' || response === undefined) {
    return judgeOpening(expectation, transcript) ?? passed('The server opened the connection with the right accept.');
  }
  if (until === 'answer') return passed(`The server read the request and answered ${response.httpStatus}.`);
  if (response.httpStatus !== 101) {
    return (
      judgeOpening(expectation, { ...transcript, responseFault: undefined }) ??
      failed(`The server answered ${response.httpStatus}. The request is correct: it must answer 101.`, {
        kind: 'not-opened',
      })
    );
  }
  const missing = UPGRADE_HEADERS.find(([name, token]) => !hasHeaderToken(response, name, token));
  return missing === undefined
    ? passed('The server answered 101. A later stage adds the accept.')
    : failed(`The 101 answer has no "${missing.join(': ')}" header, which RFC 6455 §4.2.2 requires.`, {
        kind: 'not-opened',
      });
}

const UPGRADE_HEADERS = [
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade'],
] as const;

/** Judges a request that the server must refuse. RFC 6455 §4.2.1, §4.2.2, §10.7. */
export function judgeRefusal(expectation: RefusalExpectation, { response, end }: Transcript): Finding {
  const { httpStatus, headers, mayOpen, opensAsWell, mayServe } = expectation;
  if (response === undefined) {
    if (end === undefined) {
      return failed(`The server did not answer in time. It must refuse, for example with ${httpStatus}.`, {
        kind: 'not-refused',
      });
    }
    return allowed(
      `The server ended TCP without an HTTP answer. RFC 6455 §10.7: it MAY, but SHOULD answer, here with ${httpStatus}.`,
    );
  }
  if (response.httpStatus === 101) {
    if (mayOpen === undefined) {
      return failed(`The server opened the connection. It must refuse, here with ${httpStatus}.`, { kind: 'opened' });
    }
    if (opensAsWell) return passed(`The server opened the connection. ${mayOpen}`);
    return allowed(`The server opened the connection; the strict answer is ${httpStatus}. ${mayOpen}`);
  }
  const strict = response.httpStatus === httpStatus;
  const missing = headers.find(
    ({ name, token, always }) => (strict || always) && !hasHeaderToken(response, name, token),
  );
  if (missing !== undefined) {
    const { name, token, section } = missing;
    return failed(`The ${response.httpStatus} answer has no "${name}: ${token}" header, which ${section} requires.`, {
      kind: 'refusal-header',
    });
  }
  if (strict) return passed(`The server refused with ${httpStatus}.`);
  if (response.httpStatus < 400) {
    const finding = `The server answered ${response.httpStatus}, as if nothing were wrong; the strict answer is ${httpStatus}.`;
    if (mayServe) return allowed(`${finding} RFC 9110 §7.8 lets a server ignore Upgrade.`);
    return mayOpen === undefined ? failed(finding, { kind: 'not-refused' }) : allowed(`${finding} ${mayOpen}`);
  }
  if (isServerError(response.httpStatus)) {
    const finding = `The server answered ${response.httpStatus}, which blames the server. ${httpStatus} blames the request.`;
    return failed(finding, { kind: 'server-error' });
  }
  return allowed(`The server refused with ${response.httpStatus}. ${httpStatus} describes the fault better.`);
}

function isClientError(httpStatus: number): boolean {
  return httpStatus >= 400 && httpStatus < 500;
}

/** 501 (method) and 505 (version) blame the request; other 5xx codes say that the server itself failed. */
function isServerError(httpStatus: number): boolean {
  return httpStatus >= 500 && httpStatus !== 501 && httpStatus !== 505;
}
