import { MAX_REASON_BYTES } from '../../../protocol/closing/close-body.ts';
import { quote } from '../../../text/escape-text.ts';
import { encodeText } from '../../../text/utf8.ts';

/** The call of close() for the contents of the two fields. */
export function closeCall(code: string, reason: string): CloseCall {
  if (code.trim() === '') return { code: undefined, reason: undefined, call: 'ws.close()' };
  const number = Number(code);
  const written = reason === '' ? '' : `, ${quote(reason)}`;
  return { code: number, reason: reason === '' ? undefined : reason, call: `ws.close(${number}${written})` };
}

export interface CloseCall {
  readonly code: number | undefined;
  readonly reason: string | undefined;
  readonly call: string;
}

/**
 * The exception that a browser throws for a call of close(); undefined if it accepts the call. WHATWG WebSockets.
 */
export function refusalOfClose({ code, reason }: CloseCall): string | undefined {
  if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
    return `InvalidAccessError: the code must be 1000, or 3000 to 4999: ${code} is not for JavaScript to send`;
  }
  if (reason === undefined || encodeText(reason).length <= MAX_REASON_BYTES) return undefined;
  return `SyntaxError: the reason has ${encodeText(reason).length} bytes, and at most ${MAX_REASON_BYTES} fit`;
}
