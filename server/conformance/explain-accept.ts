import type { ConformanceCase } from '../../src/conformance/case.ts';
import type { Transcript } from '../../src/conformance/transcript.ts';
import { headerValues } from '../../src/protocol/handshake/head/head.ts';

/**
 * Says of a wrong accept how it came about and how to mend it, where that is known: the hash itself hides it.
 *
 * @returns the transcript with a longer fault, or as it is
 */
export async function explainAccept(
  { expectation, opening }: ConformanceCase,
  transcript: Transcript,
): Promise<Transcript> {
  const { response, responseFault } = transcript;
  // A request that has to be refused may hold another key, or none.
  if (response === undefined || responseFault === undefined || expectation.type === 'refusal') return transcript;
  const [accept, second] = headerValues(response, 'Sec-WebSocket-Accept');
  if (accept === undefined || second !== undefined) return transcript;
  // Most servers need no doctor: it is loaded here, and not before.
  const { diagnose } = await import('../../src/inspector/accept-doctor/diagnose.ts');
  const { verdict, findings } = diagnose(opening.key, accept);
  if (verdict !== 'named') return transcript;
  const words = findings.map(({ title, mend }) => `${title}. ${mend}`);
  return { ...transcript, responseFault: [responseFault, ...words].join(' ') };
}
