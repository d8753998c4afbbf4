import { hasHeaderToken } from '../protocol/handshake/head/head.ts';
import type { Expectation, RefusalExpectation } from './case.ts';
import type { Transcript } from './transcript.ts';
import { allowed, type Finding, failed, passed } from './verdict.ts';

/** What keeps a connection from being opened; undefined where it is open. RFC 6455 §4.1. */
export function judgeOpening(
  expectation: Expectation,
  { response, responseFault, end }: Transcript,
): Finding | undefined {
  const mayRefuse = expectation.type === 'closing' && expectation.leeway.mayRefuse === true;
  if (mayRefuse && response !== undefined && isClientError(response.httpStatus)) {
    return allowed(`The server refused with ${response.httpStatus}, which it may.`);
  }
  if (responseFault !== undefined) return failed(responseFault);
  if (response !== undefined) return undefined;
  if (end !== undefined) return failed('The server ended TCP instead of answering the opening request.');
  return failed('The server did not answer the opening request in time.');
}

/** Whether a request was refused as it has to be. RFC 6455 §4.2.1, §4.2.2. */
export function judgeRefusal(expectation: RefusalExpectation, { response, end }: Transcript): Finding {
  const { httpStatus, headers, mayOpen, eitherIsRight, mayServe } = expectation;
  if (response === undefined) {
    if (end === undefined) return failed(`The server did not answer in time; it has to answer ${httpStatus}.`);
    const finding = `The server ended TCP without an answer; the answer is ${httpStatus}.`;
    return mayOpen ? allowed(finding) : failed(finding);
  }
  if (response.httpStatus === 101) {
    if (eitherIsRight) return passed('The server opened the connection, which is as right as refusing it.');
    const finding = `The server opened the connection; the strict answer is ${httpStatus}.`;
    return mayOpen ? allowed(finding) : failed(finding);
  }
  const strict = response.httpStatus === httpStatus;
  const missing = headers.find(
    ({ name, token, always }) => (strict || always) && !hasHeaderToken(response, name, token),
  );
  if (missing !== undefined) {
    const { name, token, section } = missing;
    return failed(`The refusal with ${response.httpStatus} has no header "${name}: ${token}" (${section}).`);
  }
  if (strict) return passed(`The server refused with ${httpStatus}.`);
  if (response.httpStatus < 400) {
    const finding = `The server answered ${response.httpStatus}, as if nothing were wrong; the strict answer is ${httpStatus}.`;
    return mayServe || mayOpen ? allowed(finding) : failed(finding);
  }
  const finding = `The server refused with ${response.httpStatus}; ${httpStatus} says better what is wrong.`;
  return isServerError(response.httpStatus) ? failed(finding) : allowed(finding);
}

function isClientError(httpStatus: number): boolean {
  return httpStatus >= 400 && httpStatus < 500;
}

/** 501 (method) and 505 (version) blame the request; the others say that the server itself has failed over it. */
function isServerError(httpStatus: number): boolean {
  return httpStatus >= 500 && httpStatus !== 501 && httpStatus !== 505;
}
