import type { ClosingExpectation, FailureExpectation, Step, Taken } from './case.ts';
import { isCloseFrame } from './close-step.ts';
import { judgeReceived } from './judge-received.ts';
import type { ReceivedClose, Transcript } from './transcript.ts';
import { allowed, type Finding, failed, passed } from './verdict.ts';

/** Judges a case in which the server must fail the connection. RFC 6455 §7.1.7. */
export function judgeFailure(expectation: FailureExpectation, transcript: Transcript): Finding {
  const { closeCode, allowedCodes, byStep, ifTaken } = expectation;
  const { close, end } = transcript;
  if (ifTaken !== undefined && isTaken(ifTaken, transcript)) {
    return allowed(
      'The server accepted the frame. The rule binds the sender; the RFC obliges no receiver to check it.',
    );
  }
  const received = judgeReceived(expectation, transcript);
  if (received?.outcome === 'failed') return received;
  if (end === undefined) {
    return close === undefined
      ? failed(`The server left the connection open. It must close it with ${closeCode}.`, { kind: 'accepted' })
      : failed(`The server closed with ${nameOf(close)}, but did not end TCP in time.`, { kind: 'tcp-open' });
  }
  if (close === undefined) {
    return allowed(
      `The server ended TCP without a close frame. RFC 6455 §7.1.7: it SHOULD send one, with ${closeCode}.`,
    );
  }
  if (close.closeCode !== closeCode && !allowedCodes.includes(close.closeCode)) {
    return failed(`The server closed with ${nameOf(close)}. The right code is ${closeCode}.`, {
      kind: 'wrong-failure-code',
    });
  }
  if (received !== undefined) return received;
  if (close.closeCode !== closeCode) {
    return allowed(`The server closed with ${nameOf(close)}. ${closeCode} describes the fault better.`);
  }
  if (byStep !== undefined && close.step > byStep) {
    return allowed(`The server closed with ${closeCode}, but later than it could have. The RFC sets no deadline.`);
  }
  return judgeLaterCloses(close) ?? passed(`The server closed with ${closeCode} and ended TCP.`);
}

/** Whether the server gave exactly the answer that the same frame gets in its correct form. */
function isTaken({ received, closeCode }: Taken, transcript: Transcript): boolean {
  const { close, end } = transcript;
  const asExpected = { type: 'closing', received, closeCode: 1000, allowedCodes: [], leeway: {} } as const;
  if (judgeReceived(asExpected, transcript) !== undefined) return false;
  return closeCode === undefined ? close === undefined && end === undefined : close?.closeCode === closeCode;
}

/**
 * Judges a case that the client closes: the server must send everything back, answer the close frame and end TCP. RFC
 * 6455 §5.5.1.
 */
export function judgeClosing(expectation: ClosingExpectation, steps: readonly Step[], transcript: Transcript): Finding {
  const { closeCode, allowedCodes, leeway } = expectation;
  const { close, end } = transcript;
  if (close !== undefined && end !== undefined && leeway.declinedWith?.includes(close.closeCode)) {
    return allowed(
      `The server rejected the message as too big, with ${nameOf(close)}. RFC 6455 §10.4 lets it set limits.`,
    );
  }
  const received = judgeReceived(expectation, transcript);
  const staysOpen = leeway.staysOpen === true;
  if (close !== undefined && (staysOpen || close.step < steps.findIndex(isCloseFrame))) {
    return failed(`The server closed with ${nameOf(close)} although nothing was wrong.`, { kind: 'closed-early' });
  }
  if (received?.outcome === 'failed') return received;
  if (staysOpen) {
    return received ?? passed('The server sent everything back. A later stage adds the closing handshake.');
  }
  if (close === undefined) {
    return failed(
      `The server ${end === undefined ? 'did not answer' : 'ended TCP without answering'} the close frame.`,
      { kind: 'close-unanswered' },
    );
  }
  if (close.closeCode !== closeCode && !allowedCodes.includes(close.closeCode)) {
    return failed(`The server answered the close frame with ${nameOf(close)} instead of ${nameCode(closeCode)}.`, {
      kind: 'wrong-close-code',
    });
  }
  if (end === undefined) {
    return failed(`The server answered with ${nameOf(close)}, but did not end TCP in time.`, { kind: 'tcp-open' });
  }
  if (received !== undefined) return received;
  if (close.closeCode !== closeCode) {
    return allowed(
      `The server answered the close frame with ${nameOf(close)}. A server typically echoes the code (RFC 6455 §5.5.1).`,
    );
  }
  const right = passed(`The server sent everything back, answered with ${nameCode(closeCode)} and ended TCP.`);
  return judgeLaterCloses(close) ?? right;
}

/** An endpoint sends one close frame. RFC 6455 §5.5.1 forbids only data frames after it, so a second one is no failure. */
function judgeLaterCloses({ laterCloses }: ReceivedClose): Finding | undefined {
  if (laterCloses === undefined) return undefined;
  return allowed(
    `The server sent ${laterCloses + 1} close frames. Send one: Chromium takes a second one for an error and reports 1006.`,
  );
}

function nameOf({ closeCode }: ReceivedClose): string {
  return nameCode(closeCode);
}

function nameCode(closeCode: number): string {
  return closeCode === 1005 ? 'a close frame without a code' : String(closeCode);
}
