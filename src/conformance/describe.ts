import { formatHex } from '../bytes/hex.ts';
import { OPCODE, OPCODES } from '../protocol/framing/opcode.ts';
import { countBytes } from '../text/count.ts';
import { quoteText } from '../text/quote-text.ts';
import type { ConformanceCase, Cut, ExpectedItem, Step } from './case.ts';
import type { SentFrame, SentItem } from './frames.ts';
import { type Payload, payloadByteLength, payloadBytes } from './payload.ts';
import type { ReceivedPayload } from './received-payload.ts';

/** A longer payload is described by its length alone. */
const MAX_SHOWN_BYTES = 24;

/**
 * Describes what a case sends.
 *
 * @param opened whether the server opened the connection; if not, only the request was sent
 */
export function describeSent({ opening, steps }: ConformanceCase, opened: boolean): string {
  const cut = describeCut(opening.cut);
  const [first, ...rest] = steps.map((step) => describeStep(step)).filter((part) => part !== '');
  const request = ['the opening request', cut].filter((part) => part !== '').join(', ');
  if (!opening.withFirstStep || first === undefined) {
    return [request, ...(opened && first !== undefined ? [first, ...rest] : [])].join('; ');
  }
  const together = cut === '' ? `and, in the same write, ${first}` : `followed directly by ${first}, ${cut}`;
  return [`the opening request ${together}`, ...(opened ? rest : [])].join('; ');
}

/**
 * Describes one step; empty if it sends nothing and only waits for the end.
 *
 * @param sender of the frames: a client masks, a server does not. What differs from that is named
 */
export function describeStep(step: Step, sender: 'client' | 'server' = 'client'): string {
  if (step.type === 'exchange')
    return `${step.times} times ${describeItem(step.item, sender)}, each sent after the previous one came back`;
  if (step.type === 'await') return `a wait for ${step.received === 1 ? 'the answer' : `${step.received} answers`}`;
  if (step.type === 'quiet') return `a pause of ${step.durationMs} ms`;
  if (step.type === 'awaitEnd') return '';
  const items = describeRuns(step.items.map((item) => describeItem(item, sender)));
  const slice = step.slice;
  const which =
    slice === undefined ? '' : `bytes ${slice.start} to ${slice.end === undefined ? 'the end' : slice.end} of `;
  return [which + items, describeCut(step.cut)].filter((part) => part !== '').join(', ');
}

export function describeCut(cut: Cut): string {
  if (cut === 'whole') return '';
  if (cut === 'frame-wise') return 'one frame per write';
  return cut === 1 ? 'one byte per write' : `cut every ${cut} bytes`;
}

function describeItem(item: SentItem, sender: 'client' | 'server'): string {
  if (item.type === 'bytes') return `${item.meaning} (${cutHex(item.hex)})`;
  const name = OPCODES[item.opcode]?.name ?? '';
  if (item.type === 'fragments') {
    return `${name} ${describePayload(item.payload)} in fragments of ${countBytes(item.fragmentBytes)}`;
  }
  const signs = [
    item.fin ? '' : 'FIN 0',
    item.rsv === 0 ? '' : `RSV ${item.rsv.toString(2).padStart(3, '0')}`,
    item.masked === (sender === 'client') ? '' : item.masked ? 'masked' : 'unmasked',
    item.lengthField === undefined ? '' : `${item.lengthField === 126 ? 16 : 64}-bit length`,
  ].filter((sign) => sign !== '');
  const what = item.opcode === OPCODE.close ? describeSentClose(item) : `${name} ${describePayload(item.payload)}`;
  return `${what}${signs.length > 0 ? ` (${signs.join(', ')})` : ''}`;
}

function cutHex(hex: string): string {
  const byteLength = hex.length / 2;
  if (byteLength <= MAX_SHOWN_BYTES) return hex;
  return `${hex.slice(0, 2 * MAX_SHOWN_BYTES)}… ${countBytes(byteLength)} in all`;
}

function describeSentClose({ payload }: SentFrame): string {
  const body = payloadBytes(payload);
  if (body.length < 2) return body.length === 0 ? 'close without a code' : 'close with a body of one byte';
  const code = `close ${((body[0] as number) << 8) | (body[1] as number)}`;
  return body.length === 2 ? code : `${code} with a reason of ${countBytes(body.length - 2)}`;
}

/** Describes an item that should come back. */
export function describeExpected({ opcode, payload, times }: ExpectedItem): string {
  const item = `${OPCODES[opcode]?.name ?? ''} ${describePayload(payload)}`;
  return times === undefined ? item : `${times} times ${item}`;
}

/** Describes an item that came back. */
export function describeReceived(opcode: number, { byteLength, firstBytes }: ReceivedPayload): string {
  const what =
    byteLength > MAX_SHOWN_BYTES ? `of ${countBytes(byteLength)}` : describeBytes(firstBytes, opcode === OPCODE.text);
  return `${OPCODES[opcode]?.name ?? ''} ${what}`;
}

function describePayload(payload: Payload): string {
  if ('repeated' in payload) return `of ${countBytes(payload.byteLength)}`;
  return payloadByteLength(payload) === 0 ? '(empty)' : describeBytes(payloadBytes(payload), 'text' in payload);
}

function describeBytes(bytes: Uint8Array, asText: boolean): string {
  if (bytes.length === 0) return '(empty)';
  if (bytes.length > MAX_SHOWN_BYTES) return `of ${countBytes(bytes.length)}`;
  return asText ? quoteText(new TextDecoder('utf-8').decode(bytes)) : formatHex(bytes);
}

function describeRuns(items: readonly string[]): string {
  return foldRuns(items).join(', ');
}

/** Names repeated items once, with their number. */
export function foldRuns(items: readonly string[]): string[] {
  const runs: { item: string; times: number }[] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last?.item === item) last.times++;
    else runs.push({ item, times: 1 });
  }
  return runs.map(({ item, times }) => (times === 1 ? item : `${times} times ${item}`));
}
