import { countBytes } from '../text/count.ts';
import { escapeUnseen, quoteText } from '../text/quote-text.ts';
import { describeReceived, foldRuns } from './describe.ts';
import type { Transcript } from './transcript.ts';

/** So much of what cannot be read is shown. */
const SHOWN_CHARACTERS = 40;

/** What came back, in words. */
export function describeTranscript(transcript: Transcript): string {
  const { connectError, received, close, end, frameFault, hungUpAfter } = transcript;
  if (connectError !== undefined) return `no connection: ${connectError}`;
  const messages = foldRuns(received.map((item) => describeReceived(item.opcode, item.payload)));
  const parts = [describeResponse(transcript), ...messages];
  if (frameFault !== undefined) parts.push(`a frame that breaks ${frameFault.rule}`);
  if (close !== undefined) parts.push(describeClose(close.closeCode, close.reason));
  if (hungUpAfter !== undefined) parts.push(`${countBytes(hungUpAfter)} in all, when the check hung up`);
  if (end !== undefined) parts.push(`${end.reset ? 'a reset' : 'the end'} of TCP after ${Math.round(end.timeMs)} ms`);
  return parts.join('; ');
}

function describeResponse({ response, byteLength, firstBytes }: Transcript): string {
  if (response !== undefined) return `status ${response.httpStatus} ${escapeUnseen(response.reasonPhrase)}`.trim();
  if (byteLength === 0) return 'not a byte';
  const shown = quoteText(String.fromCharCode(...firstBytes.subarray(0, SHOWN_CHARACTERS)));
  return `no response that can be read, but ${shown}${byteLength > SHOWN_CHARACTERS ? ' and so on' : ''}`;
}

function describeClose(closeCode: number, reason: string): string {
  const code = closeCode === 1005 ? 'close without a code' : `close ${closeCode}`;
  return reason === '' ? code : `${code} ${quoteText(reason)}`;
}
