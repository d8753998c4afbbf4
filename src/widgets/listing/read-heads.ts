import { decodeHeader } from '../../protocol/framing/header.ts';
import { checkHeader } from '../../protocol/framing/rules.ts';
import { parseResponseHead } from '../../protocol/handshake/head/parse-head.ts';
import { checkResponse } from '../../protocol/handshake/response/check-response.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import { countBytes } from '../../text/count.ts';
import { escapeText } from '../../text/escape-text.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import type { Piece } from './piece.ts';

const LATE = { tone: 'differs' } as const;

/** An answer line by line, each with its end of line; a lone LF ends one too. */
export function readHead(answer: Uint8Array): Piece[] {
  const text = decodeLatin1(answer);
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let isOver = false;
  return lines.map((line, start) => {
    const end = line.endsWith('\r\n') ? 'CR LF' : line.endsWith('\n') ? 'LF' : '';
    const words = line.replace(/\r?\n$/, '');
    const label = isOver ? `${end}, after the end of the head` : words === '' ? `${end}: the head ends here` : end;
    isOver ||= words === '';
    const isLate = label.endsWith('head');
    return { start, end: start + 1, text: escapeText(words), label, field: 'line', ...(isLate && LATE) };
  });
}

/** Where the head ends for a client that accepts LF as the end of a line. @returns undefined if it does not end */
function lenientEnd(answer: Uint8Array): number | undefined {
  const match = /\n\r?\n/.exec(decodeLatin1(answer));
  return match === null ? undefined : match.index + match[0].length;
}

/**
 * What a client makes of an answer of the listing, in sentences: a strict one, one that accepts LF, and one that also got the
 * head repaired.
 */
export function describeAnswer(answer: Uint8Array, key: string, subprotocols: readonly string[]): string[] {
  const said: string[] = [];
  const strict = parseResponseHead(answer);
  if (strict.kind === 'refused') said.push(`a strict client rejects it: ${strict.refusal.sentence}`);
  const end = lenientEnd(answer);
  if (end === undefined) said.push('a client that accepts LF waits: the head does not end');
  else if (end === answer.length) said.push('a client that accepts LF sees a whole head, by luck');
  else said.push(describeRest(answer.subarray(end)));
  if (subprotocols.length > 1) said.push(describeRepaired(answer, key, subprotocols));
  return said;
}

function describeRest(rest: Uint8Array): string {
  const header = decodeHeader(rest);
  const violation = header && checkHeader(header, { sender: 'server' });
  const rule = violation && ruleNamed(violation.rule)?.requirement;
  const first = rest[0]?.toString(16);
  return `a client that accepts LF reads the ${countBytes(rest.length)} after the head as a frame that begins with ${first}, and fails the connection: ${rule}`;
}

/** With the line feed taken out and an empty line at the end: what remains wrong is the list. */
function describeRepaired(answer: Uint8Array, key: string, subprotocols: readonly string[]): string {
  const text = `${decodeLatin1(answer).replace('\n\r\n', '\r\n')}\r\n`;
  const repaired = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const parsed = parseResponseHead(repaired);
  if (parsed.kind !== 'complete') return 'even with that repaired, the head cannot be read';
  const checked = checkResponse(parsed.head, { key, subprotocols });
  return 'refusal' in checked
    ? `even with that repaired, a client fails the connection: ${checked.refusal.sentence}`
    : 'with that repaired, a client accepts it';
}
