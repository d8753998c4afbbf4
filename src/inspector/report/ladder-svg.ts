import { OPCODE } from '../../protocol/framing/opcode.ts';
import { countNoun } from '../../text/count.ts';
import { escapeText, shorten } from '../../text/escape-text.ts';
import { textOfHex } from '../../text/latin1.ts';
import { formatDuration } from '../endings/duration.ts';
import type { Ending } from '../endings/ending.ts';
import { describeFrame } from '../frame/describe.ts';
import type { Direction, WireMessage } from '../wire/wire.ts';

/** What stands in one row of a ladder. */
interface Rung {
  readonly timeMs: number | undefined;
  /** Undefined for what belongs to neither side. */
  readonly direction: Direction | undefined;
  readonly words: string;
  readonly isBroken: boolean;
}

const WIDTH = 760;
const CLIENT_X = 120;
const SERVER_X = 720;
const ROW = 30;
const TOP = 56;
const ARROW = 8;
/** So many characters fit above an arrow. */
const MAX_CHARACTERS = 78;
/** So many fit into a line below the ladder. */
const LINE_CHARACTERS = 100;
const LINE_HEIGHT = 18;
/** The rows that are drawn from the start and from the end. */
const MAX_AT_EACH_END = 40;
/** A longer silence is written into the ladder. */
const SILENCE_MS = 1000;

const STYLE =
  'svg{background:#fff;color:#1b1b1f;font:12px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}text{fill:currentColor}.side{font-weight:700}.time,.gap{fill:#5c5c66}.in{stroke:#1a6b3c}.out{stroke:#1d5a96}.life{stroke:#8a8a94}.broken{stroke:#b3261e}text.broken{stroke:none;fill:#b3261e}line{stroke-width:1.5;fill:none}@media (prefers-color-scheme:dark){svg{background:#17171a;color:#e8e8ec}.time,.gap{fill:#a6a6b0}.in{stroke:#7fd6a0}.out{stroke:#8fc1f5}.broken{stroke:#ff8a80}text.broken{fill:#ff8a80}}';

/**
 * Draws one connection as a ladder: the client on the left, the server on the right, an arrow for each head and frame, in
 * the order of the recording. The peer's text is escaped.
 *
 * @param messages of the connection, in order
 * @param ending how it ended, if that is known
 * @returns an SVG document that needs nothing else
 */
export function formatLadderSvg(messages: readonly WireMessage[], ending: Ending | undefined): string {
  const open = messages.find((message) => message.type === 'open');
  const title = `WebSocket ${open?.path ?? ''}`.trimEnd();
  const rungs = withSilences(shown(messages.flatMap(rungOf)));
  const words = ending === undefined ? [] : wrap(ending.sentence);
  const end = TOP + rungs.length * ROW;
  const height = end + 16 + words.length * LINE_HEIGHT + (words.length > 0 ? 16 : 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${xml(escapeText(title))}</title>`,
    `<style>${STYLE}</style>`,
    `<text class="side" x="${CLIENT_X}" y="32" text-anchor="middle">client</text>`,
    `<text class="side" x="${SERVER_X}" y="32" text-anchor="end">server</text>`,
    ...[CLIENT_X, SERVER_X].map((x) => `<line class="life" x1="${x}" x2="${x}" y1="42" y2="${end}"/>`),
    ...rungs.map((rung, index) => draw(rung, TOP + index * ROW)),
    ...words.map((line, index) => `<text x="16" y="${end + 28 + index * LINE_HEIGHT}">${xml(line)}</text>`),
    '</svg>',
    '',
  ].join('\n');
}

function rungOf(message: WireMessage): Rung[] {
  const { type } = message;
  if (type === 'dropped')
    return [neither(undefined, `${countNoun(message.messages, 'message')} missing in the recording`)];
  if (type === 'close')
    return [neither(message.timeMs, `closed with ${message.closeCode}${message.clean ? '' : ', not clean'}`)];
  if (type === 'gap') return [{ ...placeOf(message), words: 'bytes missing in the recording', isBroken: true }];
  if (type === 'handshake') {
    const [first = ''] = textOfHex(message.hex).split('\r\n', 1);
    return [{ ...placeOf(message), words: escapeText(first), isBroken: false }];
  }
  if (type !== 'frame') return [];
  const { opcode, payload, inflated, violations } = message;
  const text = inflated?.text ?? payload.text ?? '';
  const [violation] = violations;
  const code =
    opcode === OPCODE.close && payload.hex.length >= 4 ? `: ${Number.parseInt(payload.hex.slice(0, 4), 16)}` : '';
  const said = `${code}${text === '' ? '' : `: ${escapeText(text.slice(0, MAX_CHARACTERS))}`}`;
  const broken = violation === undefined ? '' : ` ✗ ${violation.rule}`;
  const room = MAX_CHARACTERS - broken.length;
  return [
    {
      ...placeOf(message),
      words: shorten(`${describeFrame(message)}${said}`, room) + broken,
      isBroken: violation !== undefined,
    },
  ];
}

function placeOf({ timeMs, direction }: { readonly timeMs: number; readonly direction: Direction }) {
  return { timeMs, direction };
}

function neither(timeMs: number | undefined, words: string): Rung {
  return { timeMs, direction: undefined, words, isBroken: false };
}

function shown(rungs: readonly Rung[]): Rung[] {
  const left = rungs.length - 2 * MAX_AT_EACH_END;
  if (left <= 0) return [...rungs];
  const middle = neither(undefined, `… ${left} more …`);
  return [...rungs.slice(0, MAX_AT_EACH_END), middle, ...rungs.slice(-MAX_AT_EACH_END)];
}

function withSilences(rungs: readonly Rung[]): Rung[] {
  return rungs.flatMap((rung, index) => {
    const before = rungs[index - 1]?.timeMs;
    const silence = before === undefined || rung.timeMs === undefined ? 0 : rung.timeMs - before;
    return silence < SILENCE_MS ? [rung] : [neither(undefined, `… ${formatDuration(silence)} of silence …`), rung];
  });
}

function draw({ timeMs, direction, words, isBroken }: Rung, y: number): string {
  const label = xml(shorten(words, MAX_CHARACTERS));
  const time =
    timeMs === undefined
      ? ''
      : `<text class="time" x="${CLIENT_X - 16}" y="${y + 14}" text-anchor="end">${timeMs.toFixed(1)} ms</text>`;
  const middle = (CLIENT_X + SERVER_X) / 2;
  if (direction === undefined)
    return `${time}<text class="gap" x="${middle}" y="${y + 14}" text-anchor="middle">${label}</text>`;
  const [from, to, back] = direction === 'in' ? [CLIENT_X, SERVER_X, -ARROW] : [SERVER_X, CLIENT_X, ARROW];
  const broken = isBroken ? ' broken' : '';
  const line = y + 18;
  return [
    time,
    `<text class="${broken.trim()}" x="${middle}" y="${y + 12}" text-anchor="middle">${label}</text>`,
    `<line class="${direction}${broken}" x1="${from}" x2="${to}" y1="${line}" y2="${line}"/>`,
    `<path class="${direction}${broken}" fill="none" stroke-width="1.5" d="M${to + back} ${line - 4}L${to} ${line}L${to + back} ${line + 4}"/>`,
  ].join('');
}

/** Breaks a sentence into lines. A word that is longer than a line is cut. */
function wrap(sentence: string): string[] {
  const lines: string[] = [];
  for (const word of escapeText(sentence).split(' ')) {
    const short = shorten(word, LINE_CHARACTERS - 1);
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + short.length > LINE_CHARACTERS) lines.push(short);
    else lines[lines.length - 1] = `${last} ${short}`;
  }
  return lines;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function xml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
