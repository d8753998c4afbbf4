import { FrameJudge } from '../../inspector/frame/frame-judge.ts';
import { FrameRecorder } from '../../inspector/frame/frame-recorder.ts';
import { encodeCloseBody } from '../../protocol/closing/close-body.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { type MessageOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import { DEFAULT_LIMITS } from '../../protocol/limits.ts';
import { Receiver } from '../../protocol/messages/receiver.ts';
import { quote } from '../../text/escape-text.ts';
import { decodeText } from '../../text/utf8.ts';
import { framesOf, PAUSE_MS, type Plan } from './plan.ts';
import { type TimelineFrame, type TimelineRow, timelineOf } from './timeline.ts';

/** The run without the companion: the server's receiver itself, in this page. */
export function simulatePlan(plan: Plan, nextMaskingKey: () => number): TimelineRow[] {
  const server = new SimulatedServer();
  for (const frame of framesOf(plan)) server.take(encodeFrame({ ...frame, maskingKey: nextMaskingKey() }));
  return timelineOf(server.frames, server.told);
}

/** A server that sends every message on to everybody, as far as one message can show it. RFC 6455 §5.4, §5.5.2. */
class SimulatedServer {
  readonly frames: TimelineFrame[] = [];
  /** What a page is told that listens. */
  readonly told: string[] = [];
  readonly #receiver = new Receiver('client', DEFAULT_LIMITS);
  readonly #received = new FrameRecorder(0, always(new FrameJudge('client', DEFAULT_LIMITS)));
  readonly #sent = new FrameRecorder(0, always(new FrameJudge('server', DEFAULT_LIMITS)));
  #failed = false;
  #timeMs = 0;

  take(bytes: Uint8Array): void {
    this.#timeMs += PAUSE_MS;
    this.#show('in', this.#received.push(bytes));
    this.#receiver.feed(bytes);
    for (let each = this.#next(); each !== undefined; each = this.#next()) {
      if ('rule' in each) {
        this.#failed = true;
        const reason = `${each.rule} (RFC 6455 section ${each.section})`;
        this.#send(OPCODE.close, encodeCloseBody(each.statusCode, reason));
      } else if (each.opcode === OPCODE.ping) this.#send(OPCODE.pong, each.payload);
      else if (each.opcode === OPCODE.text) this.#sendOn(each.opcode, each.payload);
    }
  }

  /** A connection that has failed is read no more. RFC 6455 §7.1.7. */
  #next() {
    return this.#failed ? undefined : this.#receiver.next();
  }

  #sendOn(opcode: MessageOpcode, payload: Uint8Array): void {
    this.#send(opcode, payload);
    this.told.push(`onmessage: ${quote(decodeText(payload) ?? '')}`);
  }

  #send(opcode: number, payload: Uint8Array): void {
    this.#show('out', this.#sent.push(encodeFrame({ opcode, payload })));
  }

  #show(direction: 'in' | 'out', recorded: ReturnType<FrameRecorder['push']>): void {
    const timeMs = this.#timeMs;
    this.frames.push(...recorded.map(({ dump }) => ({ ...dump, direction, timeMs })));
  }
}

const always = (judge: FrameJudge) => () => judge;
