import { nameHops } from '../../src/inspector/endings/hops.ts';
import { quote } from '../../src/protocol/handshake/head/refusal.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import type { Answer } from './ask.ts';

const MAX_LINES = 60;
const MAX_LINE_CHARACTERS = 400;

/** Whether the answer says that the port expects TLS. nginx and Go say so in the body. */
export function asksForTls({ rest }: Answer): boolean {
  return /plain HTTP request was sent to HTTPS|HTTP request to an HTTPS server|This combination of host and port requires TLS/i.test(
    new TextDecoder().decode(rest),
  );
}

/** The head and the body of an answer as lines for a reader, with nothing in them that a terminal obeys. */
export function detailsOf({ head, rest, opened }: Answer): string[] {
  const lines: string[] = [];
  if (head !== undefined) {
    lines.push(`HTTP/${head.httpVersion} ${head.httpStatus} ${head.reasonPhrase}`);
    lines.push(...head.headers.map(({ name, value }) => `${name}: ${value}`));
  }
  if (!opened && rest.length > 0) {
    if (head !== undefined) lines.push('');
    lines.push(...new TextDecoder().decode(rest).trimEnd().split(/\r?\n/));
  }
  const shown = lines
    .slice(0, MAX_LINES)
    .map((line) => escapeUnseen(line.slice(0, MAX_LINE_CHARACTERS)).replaceAll('\n', ' '));
  return lines.length > MAX_LINES ? [...shown, `… ${lines.length - MAX_LINES} more lines`] : shown;
}

/** What an answer is, in one sentence. */
export function sayAnswer(answer: Answer, timeoutMs: number): string {
  const { head, opened, problem, pongMs, rest, timedOut } = answer;
  if (opened) {
    const pong =
      pongMs === undefined
        ? ' No pong came for a ping.'
        : ` A ping was answered after ${Math.max(1, Math.round(pongMs))} ms.`;
    return `The handshake is right: 101.${pong}`;
  }
  if (problem !== undefined) return `A 101 came, and a client must refuse it. ${problem}`;
  if (head !== undefined) {
    const hops = nameHops(head)
      .map((hop) => ` ${hop}`)
      .join('');
    return `The answer is ${quote(`${head.httpStatus} ${head.reasonPhrase}`.trim())}, not 101.${hops}`;
  }
  if (rest.length > 0)
    return `The answer is not HTTP: it begins with ${quote(new TextDecoder().decode(rest.subarray(0, 40)))}.`;
  return timedOut ? `Not one byte came back in ${timeoutMs} ms.` : 'The server ended the connection without an answer.';
}
