import type { ConformanceCase, Transcript } from '../../src/conformance/index.ts';
import { diagnose } from '../../src/inspector/index.ts';
import { headerValues } from '../../src/protocol/index.ts';

/**
 * Adds to the fault of a wrong accept which mistake led to it and how to fix it, if the accept doctor recognizes it.
 *
 * @returns the transcript with the longer fault, or the same transcript
 */
export function explainAccept({ expectation, opening }: ConformanceCase, transcript: Transcript): Transcript {
  const { response, responseFault } = transcript;
  // A request that must be refused may have another key, or none.
  if (response === undefined || responseFault === undefined || expectation.type === 'refusal') return transcript;
  // Nor has a server an accept yet that is only being built.
  if (expectation.type === 'opening' && expectation.until !== 'accept') return transcript;
  const [accept, second] = headerValues(response, 'Sec-WebSocket-Accept');
  if (accept === undefined || second !== undefined) return transcript;
  const { verdict, findings } = diagnose(opening.key, accept);
  if (verdict !== 'named') return transcript;
  const words = findings.map(({ title, fix }) => `${title}. ${fix}`);
  return { ...transcript, responseFault: [responseFault, ...words].join(' ') };
}
