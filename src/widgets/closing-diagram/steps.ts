import { ACT_CLOSING_TIMEOUT_MS } from '../../companion/lab/addresses.ts';
import type { WireClose, WireFrame } from '../../inspector/wire/wire.ts';
import { nextReadyState, type ReadyState, type Transition } from '../../protocol/endpoint/ready-state.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { quoteText } from '../../text/quote-text.ts';
import { type FrameWords, statusCodeOf, wordsOf } from '../base/lab-source/frames.ts';
import type { SourceEvent } from '../base/source/source.ts';

export type Side = 'client' | 'server';

/** An edge of the diagram that was just taken. */
export interface Move {
  readonly from: ReadyState;
  readonly transition: Transition;
}

/** One thing that happened, and where both ends stand after it. */
export interface ClosingStep {
  readonly sentence: string;
  /** Since the connection was accepted. */
  readonly timeMs: number | undefined;
  readonly frame: FrameWords | undefined;
  readonly states: Readonly<Record<Side, ReadyState>>;
  readonly moves: Readonly<Partial<Record<Side, Move>>>;
}

const NAMES: Readonly<Record<Side, string>> = { client: 'The browser', server: 'The server' };
/** The lab sweeps for those who are late about once a second. */
const SWEEP_MS = 1000;

/**
 * What happened to a connection, as steps of both ends through the ready states. RFC 6455 §7.1.
 *
 * A frame makes two steps: it leaves one end, and it reaches the other.
 */
export function stepsOf(events: readonly SourceEvent[]): ClosingStep[] {
  const walk = new Walk(events);
  for (const event of inOrder(events)) walk.take(event);
  return walk.steps;
}

/**
 * A page's calls and events reach it another way than what the tap saw: they come at any place among it. What a page
 * says, it says before its frames go out; of the end it is told when all is over.
 */
function inOrder(events: readonly SourceEvent[]): SourceEvent[] {
  const opening = (event: SourceEvent) => event.type === 'wire' && event.message.type === 'handshake';
  const said = (event: SourceEvent) => event.type === 'said';
  const told = (event: SourceEvent) => event.type === 'told' || event.type === 'threw';
  const rest = (event: SourceEvent) => !opening(event) && !said(event) && !told(event);
  return [opening, said, rest, told].flatMap((kind) => events.filter(kind));
}

class Walk {
  readonly steps: ClosingStep[] = [];
  readonly #frames: readonly WireFrame[];
  readonly #crossed: boolean;
  #states: Readonly<Record<Side, ReadyState>> = { client: 'connecting', server: 'connecting' };
  /** A frame that has left and has not arrived, because another crosses it. */
  #underWay: WireFrame | undefined;

  constructor(events: readonly SourceEvent[]) {
    this.#frames = events.flatMap((event) =>
      event.type === 'wire' && event.message.type === 'frame' ? [event.message] : [],
    );
    this.#crossed = haveCrossed(this.#frames);
  }

  take(event: SourceEvent): void {
    if (event.type === 'said' && event.topic !== 'open') this.#step(`The page calls ${event.call}.`, undefined, {});
    if (event.type === 'told' && event.close !== undefined) {
      const { code, reason, wasClean } = event.close;
      const said = `onclose with code ${code}, reason ${quoteText(reason)}, wasClean ${wasClean}`;
      this.#step(`The page gets ${said}.`, undefined, {});
    }
    if (event.type !== 'wire') return;
    const { message } = event;
    if (message.type === 'handshake') this.#takeHead(message.direction === 'in', message.timeMs);
    if (message.type === 'frame') this.#takeFrame(message);
    if (message.type === 'close') this.#takeEnd(message);
  }

  #takeHead(request: boolean, timeMs: number): void {
    if (request) {
      this.#step('The browser sends its request.', timeMs, {});
      return;
    }
    this.#step('The server answers 101. For the server, the connection is open.', timeMs, { server: 'handshakeDone' });
    this.#step('The answer arrives. Now the connection is open for the browser too.', undefined, {
      client: 'handshakeDone',
    });
  }

  #takeFrame(frame: WireFrame): void {
    const { timeMs, violations } = frame;
    const closes = frame.opcode === OPCODE.close;
    const [from, to] = endsOf(frame);
    const words = wordsOf(frame);
    if (!closes && violations.length === 0) {
      this.#step(
        `A ${words.opcodeName} frame goes from ${end(from)} to ${end(to)}. It asks for this ending.`,
        timeMs,
        {},
        words,
      );
      return;
    }
    const answers = this.#states[from] !== 'open';
    this.#step(sentenceOfSent(from, closes, answers, words), timeMs, closes ? { [from]: 'closeSent' } : {}, words);
    if (this.#crossed && closes && this.#underWay === undefined) {
      this.#underWay = frame;
      return;
    }
    if (this.#underWay !== undefined) this.#arrive(this.#underWay);
    this.#arrive(frame);
    this.#underWay = undefined;
  }

  #arrive(frame: WireFrame): void {
    const [, to] = endsOf(frame);
    const before = this.#states[to];
    const transition = frame.violations.length > 0 ? 'failed' : 'closeReceived';
    const moves = nextReadyState(before, transition) !== undefined;
    const what =
      frame.violations[0] === undefined ? 'the close frame' : `a frame that breaks ${frame.violations[0].rule}`;
    const then = transition === 'failed' ? ', and fails the connection' : '';
    const unheard = moves ? then : ', and ignores it';
    this.#step(`${NAMES[to]} gets ${what}${unheard}.`, undefined, { [to]: transition }, wordsOf(frame));
  }

  #takeEnd(message: WireClose): void {
    const sentence = sentenceOfEnd(this.#frames, message);
    this.#step(sentence, message.timeMs, { client: 'tcpClosed', server: 'tcpClosed' });
  }

  #step(
    sentence: string,
    timeMs: number | undefined,
    wanted: Partial<Record<Side, Transition>>,
    frame?: FrameWords,
  ): void {
    const moves: Partial<Record<Side, Move>> = {};
    const states = { ...this.#states };
    for (const side of ['client', 'server'] as const) {
      const transition = wanted[side];
      const next = transition === undefined ? undefined : nextReadyState(states[side], transition);
      if (transition === undefined || next === undefined) continue;
      moves[side] = { from: states[side], transition };
      states[side] = next;
    }
    this.#states = states;
    this.steps.push({ sentence, timeMs, frame, states, moves });
  }
}

/** An answer has the code of what it answers (§5.5.1): a second close frame with another code had left before. */
function haveCrossed(frames: readonly WireFrame[]): boolean {
  if (frames.some(({ violations }) => violations.length > 0)) return false;
  const [first, second] = frames.filter((frame) => frame.opcode === OPCODE.close);
  return first !== undefined && second !== undefined && statusCodeOf(first) !== statusCodeOf(second);
}

function endsOf({ direction }: WireFrame): readonly [Side, Side] {
  return direction === 'in' ? ['client', 'server'] : ['server', 'client'];
}

function end(side: Side): string {
  return NAMES[side].toLowerCase();
}

function sentenceOfSent(from: Side, closes: boolean, answers: boolean, { opcodeName, payload }: FrameWords): string {
  if (!closes) return `${NAMES[from]} sends a ${opcodeName} frame that breaks a rule.`;
  return answers
    ? `${NAMES[from]} sends its own close frame: ${payload}. It sends no more frames.`
    : `${NAMES[from]} sends a close frame: ${payload}. It sends no more data.`;
}

/** Who ended TCP follows from what was on the wire before. RFC 6455 §7.1.1, §7.1.7. */
function sentenceOfEnd(frames: readonly WireFrame[], { timeMs }: WireClose): string {
  if (frames.some(({ violations }) => violations.length > 0)) {
    return 'TCP ends. An endpoint that fails a connection does not wait.';
  }
  const closes = frames.filter((frame) => frame.opcode === OPCODE.close);
  const [first] = closes;
  if (first === undefined) return 'The server ends TCP. Neither side has sent a close frame.';
  if (closes.length > 1) return 'Both sides have sent a close frame, so the server ends TCP.';
  const waitedMs = timeMs - first.timeMs;
  const waited = `after ${(waitedMs / 1000).toFixed(1)} s without an answer`;
  return waitedMs < ACT_CLOSING_TIMEOUT_MS - SWEEP_MS
    ? `The browser ends TCP ${waited}.`
    : `The server ends TCP ${waited}. It was the first to give up.`;
}
