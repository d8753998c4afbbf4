import { countBytes } from '../text/count.ts';
import { escapeUnseen, quoteText } from '../text/quote-text.ts';
import { describeReceived, foldRuns } from './describe.ts';
import type { Transcript } from './transcript.ts';

/** The length at which an unreadable response is cut. */
const MAX_SHOWN_CHARACTERS = 40;

/** Describes what came back. */
export function describeTranscript(transcript: Transcript): string {
  const { connectError, received, close, end, frameFault, hungUpAfter } = transcript;
  if (connectError !== undefined) return `no TCP connection: ${connectError}`;
  const messages = foldRuns(received.map((item) => describeReceived(item.opcode, item.payload)));
  const parts = [describeResponse(transcript), ...messages];
  if (frameFault !== undefined) parts.push(`a frame that breaks ${frameFault.rule}`);
  if (close !== undefined) parts.push(describeClose(close.closeCode, close.reason));
  if (hungUpAfter !== undefined) parts.push(`${countBytes(hungUpAfter)} in all before the suite hung up`);
  if (end !== undefined) parts.push(`${end.reset ? 'a reset' : 'the end'} of TCP after ${Math.round(end.timeMs)} ms`);
  return parts.join('; ');
}

function describeResponse({ response, byteLength, firstBytes }: Transcript): string {
  if (response !== undefined) return `status ${response.httpStatus} ${escapeUnseen(response.reasonPhrase)}`.trim();
  if (byteLength === 0) return 'nothing';
  const shown = quoteText(String.fromCharCode(...firstBytes.subarray(0, MAX_SHOWN_CHARACTERS)));
  return `an unreadable response: ${shown}${byteLength > MAX_SHOWN_CHARACTERS ? ' and more' : ''}`;
}

function describeClose(closeCode: number, reason: string): string {
  const code = closeCode === 1005 ? 'close without a code' : `close ${closeCode}`;
  return reason === '' ? code : `${code} ${quoteText(reason)}`;
}
