import type { WireHandshake, WireMessage } from '../../inspector/wire/wire.ts';
import { escapeText } from '../../text/escape-text.ts';
import { type HeadLine, headLines } from '../base/log/head-lines.ts';
import type { RawOutcome } from '../base/raw/send-through-lab.ts';
import type { Prediction } from './predict.ts';

/** The server's answer, ready to be drawn. */
export interface PresentedAnswer {
  /** The lines of the head; empty if nothing arrived. */
  readonly lines: readonly HeadLine[];
  /** The body's lines, as text. */
  readonly body: readonly string[];
  readonly hiddenCharacters: number;
  /** How it ended. */
  readonly end: string;
  /** Whether the status is the one by the rules. */
  readonly agrees: boolean;
}

const MAX_BODY_CHARACTERS = 400;

/** Finds the answer in a finished run. */
export function presentAnswer({ messages, done }: RawOutcome, prediction: Prediction): PresentedAnswer {
  const head = messages.find(isAnswer);
  const lines = head === undefined ? [] : headLines(head.hex, 'response').map(ofRefusal);
  const status = Number(/^HTTP\/\d\.\d (\d+)/.exec(lines[0]?.value ?? '')?.[1]);
  const silent = head === undefined;
  const open = status === 101;
  const ends = {
    server: silent ? 'The server ended TCP without an answer.' : 'Then the server ended TCP.',
    quiet: silent
      ? 'The server sent nothing. It waits for the rest of the head.'
      : open
        ? 'The connection is open. The server waits for frames.'
        : 'The server sent nothing more.',
    time: 'The server had not finished when the time was up.',
    'too-much': 'The answer is longer than this page shows.',
  };
  const shown = done.body.slice(0, MAX_BODY_CHARACTERS).trimEnd();
  return {
    lines,
    body: shown === '' ? [] : shown.split(/\r?\n/).map(escapeText),
    hiddenCharacters: Math.max(0, done.body.length - MAX_BODY_CHARACTERS),
    end: ends[done.end],
    agrees: silent ? prediction.httpStatus === undefined : status === prediction.httpStatus,
  };
}

function isAnswer(message: WireMessage): message is WireHandshake {
  return message.type === 'handshake' && message.direction === 'out';
}

const STATUSES: Readonly<Record<string, string>> = {
  '400': 'The request breaks a rule. Sending it again will not help.',
  '403': 'The request is fine, but the server does not allow it.',
  '404': 'The server offers nothing at this path. It says so before a 101, because afterwards it cannot.',
  '405': 'This path does not accept this method.',
  '408': 'The request was not complete in time.',
  '426': 'Try again with the protocol or the version that this answer names.',
  '431': 'The head is longer than the server allows.',
};

/** In a refusal, some headers have another meaning. */
function ofRefusal(line: HeadLine, _index: number, lines: readonly HeadLine[]): HeadLine {
  const status = /^HTTP\/\d\.\d (\d+)/.exec(lines[0]?.value ?? '')?.[1] ?? '';
  const meaning = STATUSES[status];
  if (meaning === undefined) return line;
  const values = line.value.toLowerCase();
  switch (line.name.toLowerCase()) {
    case '':
      return { ...line, sentence: meaning };
    case 'upgrade':
      return { ...line, section: 'RFC 9110 §15.5.22', sentence: 'The protocol that this server offers here.' };
    case 'connection':
      return { ...line, section: 'RFC 9112 §9.6', sentence: sayConnection(values) };
    case 'sec-websocket-version':
      return { ...line, section: '4.4', sentence: 'The versions that the server speaks. The client can choose one.' };
    case 'content-length':
      return {
        ...line,
        sentence: `A body of ${line.value} bytes follows the empty line. It is a sentence for people.`,
      };
    default:
      return line;
  }
}

function sayConnection(values: string): string {
  const closes = values.includes('close')
    ? 'The server ends TCP after this answer.'
    : 'TCP stays open for another request.';
  return values.includes('upgrade') ? `${closes} The Upgrade header is meant for this one connection only.` : closes;
}
