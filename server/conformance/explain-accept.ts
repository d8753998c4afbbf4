import type { ConformanceCase } from '../../src/conformance/case.ts';
import type { Transcript } from '../../src/conformance/transcript.ts';
import { headerValues } from '../../src/protocol/handshake/head/head.ts';

/**
 * Adds to the fault of a wrong accept which mistake led to it and how to fix it, if the accept doctor recognizes it.
 *
 * @returns the transcript with the longer fault, or the same transcript
 */
export async function explainAccept(
  { expectation, opening }: ConformanceCase,
  transcript: Transcript,
): Promise<Transcript> {
  const { response, responseFault } = transcript;
  // A request that must be refused may have another key, or none.
  if (response === undefined || responseFault === undefined || expectation.type === 'refusal') return transcript;
  const [accept, second] = headerValues(response, 'Sec-WebSocket-Accept');
  if (accept === undefined || second !== undefined) return transcript;
  // Most servers compute it correctly, so the diagnosis is loaded only here.
  const { diagnose } = await import('../../src/inspector/accept-doctor/diagnose.ts');
  const { verdict, findings } = diagnose(opening.key, accept);
  if (verdict !== 'named') return transcript;
  const words = findings.map(({ title, fix }) => `${title}. ${fix}`);
  return { ...transcript, responseFault: [responseFault, ...words].join(' ') };
}
