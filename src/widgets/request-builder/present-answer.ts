import type { WireHandshake, WireMessage } from '../../inspector/wire/wire.ts';
import { escapeText } from '../../text/escape-text.ts';
import { type HeadLine, headLines } from '../base/log/head-lines.ts';
import type { RawOutcome } from '../base/raw/send-through-lab.ts';
import type { Prediction } from './predict.ts';

/** What the server answered, to be shown. */
export interface PresentedAnswer {
  /** The head, as it came; none where nothing came. */
  readonly lines: readonly HeadLine[];
  /** The body's lines, as text. */
  readonly body: readonly string[];
  readonly hiddenCharacters: number;
  /** How it ended. */
  readonly end: string;
  /** Whether it is what the rules had said. */
  readonly agrees: boolean;
}

const MAX_BODY_CHARACTERS = 400;

/** Takes the answer out of a run that has come to its end. */
export function presentAnswer({ messages, done }: RawOutcome, prediction: Prediction): PresentedAnswer {
  const head = messages.find(isAnswer);
  const lines = head === undefined ? [] : headLines(head.hex, 'response').map(ofRefusal);
  const status = Number(/^HTTP\/\d\.\d (\d+)/.exec(lines[0]?.value ?? '')?.[1]);
  const silent = head === undefined;
  const open = status === 101;
  const ends = {
    server: silent ? 'It ended TCP without an answer.' : 'Then it ended TCP.',
    quiet: silent
      ? 'It answered nothing: it waits for the rest of the head.'
      : open
        ? 'Then it waited for frames: the connection was open.'
        : 'Then nothing more came.',
    time: 'The time was up before it ended.',
    'too-much': 'It answered more than is shown here.',
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
  '400': 'The request breaks a rule, and sent again as it is, it would break it again.',
  '403': 'The request is understood, and the server does not want it.',
  '404': 'There is nothing at this path. It is said before the 101, while there is HTTP to say it in.',
  '405': 'This path exists, but not for this method.',
  '408': 'The request did not come to its end in time.',
  '426': 'Come back with another protocol, or another version of it.',
  '431': 'The head is longer than the server takes.',
};

/** Some headers mean another thing where the server refuses. */
function ofRefusal(line: HeadLine, _index: number, lines: readonly HeadLine[]): HeadLine {
  const status = /^HTTP\/\d\.\d (\d+)/.exec(lines[0]?.value ?? '')?.[1] ?? '';
  const meaning = STATUSES[status];
  if (meaning === undefined) return line;
  const values = line.value.toLowerCase();
  switch (line.name.toLowerCase()) {
    case '':
      return { ...line, sentence: meaning };
    case 'upgrade':
      return { ...line, section: 'RFC 9110 §15.5.22', sentence: 'The protocol that would be welcome here.' };
    case 'connection':
      return { ...line, section: 'RFC 9112 §9.6', sentence: sayConnection(values) };
    case 'sec-websocket-version':
      return { ...line, section: '4.4', sentence: 'The versions that the server speaks, so that a client can choose.' };
    case 'content-length':
      return { ...line, sentence: `A body follows the empty line, of ${line.value} bytes: a sentence for people.` };
    default:
      return line;
  }
}

function sayConnection(values: string): string {
  const closes = values.includes('close') ? 'The server ends TCP after this answer.' : 'TCP stays for another request.';
  return values.includes('upgrade') ? `${closes} And Upgrade is meant for this one connection only.` : closes;
}
