import { bytesOfHex } from '../../bytes/hex.ts';
import { parseRequestHead } from '../../protocol/handshake/head/parse-head.ts';
import { countNoun } from '../../text/count.ts';
import { escapeText } from '../../text/escape-text.ts';
import { textOfHex } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import { toBase64 } from '../encode/byte-literals.ts';
import type { Ending } from '../endings/ending.ts';
import { describeViolation } from '../frame/describe.ts';
import { linesOfMessage } from '../terminal/line-of-message.ts';
import type { WireFrame, WireHandshake, WireMessage } from '../wire/wire.ts';
import { formatLadderSvg } from './ladder-svg.ts';
import { redactMessage } from './redact-message.ts';
import { replayScript } from './replay-script.ts';

export interface BugReportOptions {
  /** Such as `framelight 0.1.0` and `Node v24`. */
  readonly versions: readonly string[];
  /** Whether cookies, authorizations and tokens are written as they are. */
  readonly secrets?: boolean;
  /** Whether the connection is drawn, too, as an image inside the report. */
  readonly ladder?: boolean;
}

/** The frames that are shown from the start and from the end. */
const MAX_SHOWN_AT_EACH_END = 40;
const HEAD_LIMITS = { maxHeadBytes: 64 * 1024, maxHeaders: 1000 };

/**
 * Describes one connection in Markdown, for the people who can mend its programs: why it ended, its heads, its frames, the
 * rules that it broke, and the command that repeats it.
 *
 * @param messages of the connection, in order
 * @param ending how it ended, if that is known
 */
export function formatBugReport(
  messages: readonly WireMessage[],
  ending: Ending | undefined,
  { versions, secrets = false, ladder = false }: BugReportOptions,
): string {
  const redacted = new Set<string>();
  const shown = secrets ? messages : messages.map((message) => redactMessage(message, redacted));
  const open = shown.find((message) => message.type === 'open');
  const heads = shown.filter((message) => message.type === 'handshake');
  const frames = shown.filter((message) => message.type === 'frame');
  const sections = [
    `# WebSocket ${escapeText(open?.path ?? '')}${ending === undefined ? '' : `: ${ending.cause}`}`,
    ending === undefined ? '' : escapeText(ending.sentence),
    ladder ? picture(shown, ending) : '',
    ...heads.map(
      (head) => `## ${head.direction === 'in' ? 'Request' : 'Response'}\n\n${fence('http', headText(head))}`,
    ),
    `## ${countNoun(frames.length, 'frame')}\n\n→ is from the client, ← from the server.\n\n${fence('', frameLines(shown))}`,
    brokenRules(frames),
    `## To repeat it\n\n${fence('sh', command(shown, heads))}`,
    notes(redacted, secrets, versions),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** The ladder inside the report itself: a report is one file. */
function picture(messages: readonly WireMessage[], ending: Ending | undefined): string {
  const bytes = encodeText(formatLadderSvg(messages, ending));
  return `![The connection as a ladder](data:image/svg+xml;base64,${toBase64(bytes)})`;
}

function headText({ hex }: WireHandshake): string {
  return textOfHex(hex).trimEnd().split('\r\n').map(escapeText).join('\n');
}

function frameLines(messages: readonly WireMessage[]): string {
  const listed = messages.filter(({ type }) => type === 'frame' || type === 'close' || type === 'dropped');
  const lines = (some: readonly WireMessage[]) => some.map((message) => linesOfMessage(message) ?? '');
  if (listed.length <= 2 * MAX_SHOWN_AT_EACH_END) return lines(listed).join('\n');
  const left = listed.length - 2 * MAX_SHOWN_AT_EACH_END;
  return [
    ...lines(listed.slice(0, MAX_SHOWN_AT_EACH_END)),
    `… ${left} more …`,
    ...lines(listed.slice(-MAX_SHOWN_AT_EACH_END)),
  ].join('\n');
}

function brokenRules(frames: readonly WireFrame[]): string {
  const broken = frames.flatMap((frame) =>
    frame.violations.map(
      (violation) =>
        `- ${frame.direction === 'in' ? 'The client' : 'The server'}: ${escapeText(describeViolation(violation))}`,
    ),
  );
  return broken.length === 0 ? '' : `## Broken rules\n\n${[...new Set(broken)].slice(0, 20).join('\n')}`;
}

/** The headers that matter to a server, and that are not made anew. */
const SENT_AGAIN = /^(origin|cookie|authorization|sec-websocket-protocol|user-agent)$/i;

function command(messages: readonly WireMessage[], heads: readonly WireHandshake[]): string {
  const request = heads.find(({ direction }) => direction === 'in');
  const parsed = request === undefined ? undefined : parseRequestHead(bytesOfHex(request.hex), HEAD_LIMITS);
  const head = parsed?.kind === 'complete' ? parsed.head : undefined;
  const host = head?.headers.find(({ name }) => name.toLowerCase() === 'host')?.value ?? 'localhost';
  const headers = (head?.headers ?? []).filter(({ name }) => SENT_AGAIN.test(name));
  const options = headers.map(({ name, value }) => ` \\\n  -H ${quoteForShell(`${name}: ${value}`)}`).join('');
  const frames = messages.filter(({ type }) => type === 'frame' || type === 'dropped');
  const script = replayScript(frames.slice(0, 2 * MAX_SHOWN_AT_EACH_END));
  return `npm run -s framelight -- connect ${quoteForShell(`ws://${host}${head?.target ?? '/'}`)}${options} <<'END'\n${script.join('\n')}\nEND`;
}

function quoteForShell(text: string): string {
  return /^[\w:/.?=&-]+$/.test(text) && !/[?&]/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function notes(redacted: ReadonlySet<string>, secrets: boolean, versions: readonly string[]): string {
  const replaced = secrets
    ? 'Secrets were not redacted.'
    : redacted.size === 0
      ? 'No secret was found to redact. Look for yourself before you publish this.'
      : `Replaced with "x": ${[...redacted].join(', ')}. Look for yourself before you publish this.`;
  return `---\n\n${escapeText(replaced)} Written by ${versions.join(', ')}.`;
}

/** A block of code; its fence is longer than any in the text. */
function fence(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language}\n${text}\n${marks}`;
}
