import { formatTrafficMessage } from '../../../src/inspector/traffic/format-traffic.ts';
import type { TrafficMessage } from '../../../src/inspector/traffic/traffic-explainer.ts';
import { countNoun } from '../../../src/text/count.ts';
import { escapeText, shorten } from '../../../src/text/escape-text.ts';
import { BadInput } from '../command.ts';
import type { SourceRead } from './sources.ts';

/** In characters: what one answer has at most. */
export const MAX_ANSWER = 24_000;
/** The messages that one answer lists if nothing else is asked for, and at most. */
export const DEFAULT_LISTED = 50;
export const MAX_LISTED = 200;

type OfConnection = Exclude<TrafficMessage, { type: 'note' }>;

const isOf =
  (connection: number) =>
  (message: TrafficMessage): message is OfConnection =>
    message.type !== 'note' && message.connection === connection;

/** One line for each connection: its number, path, frames or messages, and broken rules. */
export function listConnections(read: SourceRead): string {
  const numbers = [
    ...new Set(read.messages.flatMap((message) => ('connection' in message ? [message.connection] : []))),
  ];
  const lines = numbers.map((number) => {
    const messages = read.messages.filter(isOf(number ?? 0));
    const open = messages.find(({ type }) => type === 'open');
    const path = open?.type === 'open' ? escapeText(open.path) : '';
    const frames = messages.filter(({ type }) => type === 'frame').length;
    const whole = messages.filter(({ type }) => type === 'message').length;
    const broken = messages.filter((message) => message.type === 'frame' && message.violations.length > 0).length;
    const ending = messages.find(({ type }) => type === 'ending');
    const parts = [
      `#${number}${path === '' ? '' : ` ${path}`}`,
      frames > 0 || whole === 0 ? countNoun(frames, 'frame') : countNoun(whole, 'message'),
      ...(broken === 0 ? [] : [`${countNoun(broken, 'frame')} with a broken rule`]),
      ending?.type === 'ending' ? `ended: ${ending.cause}` : 'not ended',
    ];
    return parts.join(', ');
  });
  return withRemarks(read, lines.length === 0 ? ['No WebSocket connection.'] : lines);
}

/** One line for each frame or message of a connection, with its index. */
export function listMessages(read: SourceRead, connection: number, from = 0, count = DEFAULT_LISTED): string {
  const all = messagesOf(read, connection);
  const shown = all.slice(from, from + Math.min(count, MAX_LISTED));
  const lines = shown.map((message, index) => `[${from + index}] ${lineOf(message)}`);
  const next = from + shown.length;
  const left = all.length - next;
  return withRemarks(read, [...lines, ...(left > 0 ? [`${left} more: ask again from ${next}.`] : [])]);
}

/** Every field of one frame, bit by bit, or a whole head. */
export function showMessage(read: SourceRead, connection: number, index: number): string {
  const all = messagesOf(read, connection);
  const message = all[index];
  if (message === undefined)
    throw new BadInput(`Connection ${connection} has ${countNoun(all.length, 'message')}, numbered from 0.`);
  return withRemarks(read, [formatTrafficMessage(message, { verbose: true }) ?? '']);
}

/** Why connections ended, with the evidence. */
export function explainEndings(read: SourceRead, connection?: number): string {
  if (connection !== undefined) messagesOf(read, connection);
  const endings = read.messages.filter(
    (message) => message.type === 'ending' && (connection === undefined || message.connection === connection),
  );
  const lines = endings.map((ending) =>
    ending.type === 'ending' ? `#${ending.connection}: ${ending.cause}. ${escapeText(ending.sentence)}` : '',
  );
  return withRemarks(read, lines.length === 0 ? ['No connection has ended yet.'] : lines);
}

function messagesOf(read: SourceRead, connection: number): OfConnection[] {
  const all = read.messages.filter(isOf(connection)).filter(({ type }) => type !== 'chunk');
  if (all.length === 0)
    throw new BadInput(`There is no connection ${connection} in ${read.form}. List the connections first.`);
  return all;
}

/** A frame with a broken rule keeps its first line: the others are in the frame itself. */
function lineOf(message: OfConnection): string {
  const [line = '', ...rest] = (formatTrafficMessage(message) ?? '').split('\n');
  return rest.length === 0 ? line.trim() : `${line.trim()} ! ${rest.length === 1 ? 'breaks a rule' : 'breaks rules'}`;
}

function withRemarks({ form, redacted, remarks }: SourceRead, lines: readonly string[]): string {
  const notes = [
    `Source: ${form}.`,
    ...(remarks === '' ? [] : [remarks]),
    ...(redacted.length === 0 ? [] : [`Replaced with "x": ${redacted.join(', ')}.`]),
  ];
  const text = lines.join('\n');
  const cut = text.length > MAX_ANSWER ? '\nThe answer was cut. Ask for less.' : '';
  return `${shorten(text, MAX_ANSWER)}${cut}\n\n${notes.join('\n')}`;
}
