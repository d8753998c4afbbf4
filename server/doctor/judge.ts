import type { DoctorReport } from '../../src/companion/doctor.ts';
import type { Answer } from './ask.ts';
import type { Findings } from './findings.ts';

type Verdict = Pick<DoctorReport, 'opens' | 'cause' | 'sentence'>;

/** The verdict from all answers together: the difference between two answers proves more than either. */
export function judge(findings: Findings): Verdict {
  const { problem, plain, withOrigin, withDeflate, certificateProblem, origin } = findings;
  if (problem !== undefined) return { opens: false, ...problem };
  if (plain === undefined)
    return {
      opens: false,
      cause: 'unknown',
      sentence: 'The server could be reached at first, but did not answer when a WebSocket was tried.',
    };
  if (certificateProblem !== undefined && (plain.opened || withOrigin?.opened)) {
    return {
      opens: false,
      cause: 'certificate-refused',
      sentence: `The handshake works, but programs refuse the certificate. A browser then gives its page 1006 and no reason. ${certificateProblem}`,
    };
  }
  if (plain.opened && withOrigin?.opened === false) return refusesOrigin(withOrigin, origin);
  if (!plain.opened && withOrigin?.opened) {
    return {
      opens: true,
      cause: 'origin-required',
      sentence: `With the Origin ${origin} it opens, but without an Origin the server refuses it. So a page can connect. Let programs that are not browsers send this Origin, too.`,
    };
  }
  if (!plain.opened) return refusesAll(plain, withOrigin);
  if (withDeflate?.opened === false) {
    return {
      opens: false,
      cause: 'deflate-breaks',
      sentence: `It opens, but not if the client offers permessage-deflate, as browsers always do. ${withDeflate.problem ?? statusOf(withDeflate)} Turn compression off in the server, or update it or the proxy in between.`,
    };
  }
  const deflate = withDeflate?.deflateAgreed ? 'The server compresses.' : 'The server does not compress.';
  const pong = plain.pongMs === undefined ? ' It did not answer a ping in 2 s, which it must.' : '';
  return { opens: true, cause: 'opens', sentence: `A WebSocket opens, with and without Origin. ${deflate}${pong}` };
}

function refusesOrigin(answer: Answer, origin: string): Verdict {
  return {
    opens: false,
    cause: 'origin-refused',
    sentence: `Without Origin it opens. With the Origin ${origin}, ${lowerFirst(answer.problem ?? statusOf(answer))} So the server refuses this origin. Add it to the list of the server, exactly like this.`,
  };
}

function refusesAll(plain: Answer, withOrigin: Answer | undefined): Verdict {
  const { cause, sentence } = plain.ending;
  const same = withOrigin !== undefined && withOrigin.head?.httpStatus === plain.head?.httpStatus;
  const about =
    same && plain.head !== undefined ? ' With an Origin the answer is the same, so the Origin is not the reason.' : '';
  return { opens: false, cause, sentence: `${sentence}${about}` };
}

function statusOf({ head, timedOut }: Answer): string {
  if (head !== undefined) return `The answer is ${head.httpStatus}.`;
  return timedOut ? 'No answer came.' : 'The server ended the connection.';
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
