import type { FrameDump } from '../src/inspector/frame-dump.ts';
import { FrameJudge } from '../src/inspector/frame-judge.ts';
import { FrameRecorder } from '../src/inspector/frame-recorder.ts';
import { isControlOpcode } from '../src/protocol/framing/opcode.ts';
import type { Limits } from '../src/protocol/limits.ts';

/**
 * Keeps the frames that a client sent until the message that they carried is told of. RFC 6455 §5.4.
 *
 * It reads the same bytes as the endpoint, a chunk ahead of it: so it may hold several messages.
 */
export class MessageFrames {
  readonly #recorder: FrameRecorder;
  #messages: FrameDump[][] = [[]];

  /** @param limits the endpoint's own: what is beyond them is not kept */
  constructor(limits: Limits) {
    const judge = new FrameJudge('client', limits);
    this.#recorder = new FrameRecorder(0, () => judge);
  }

  /** @param chunk what the endpoint gets next; left as it is */
  push(chunk: Uint8Array): void {
    for (const { dump } of this.#recorder.push(chunk)) {
      if (isControlOpcode(fieldOf(dump, 'opcode'))) continue;
      this.#messages.at(-1)?.push(dump);
      if (fieldOf(dump, 'FIN') === 1) this.#messages.push([]);
    }
  }

  /** The frames of the next message, its fragments in order; for each message, call it once. */
  take(): readonly FrameDump[] {
    return this.#messages.shift() ?? [];
  }
}

function fieldOf(dump: FrameDump, name: 'FIN' | 'opcode'): number {
  return Number(dump.fields.find((field) => field.name === name)?.value);
}
