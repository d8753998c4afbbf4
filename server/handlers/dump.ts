import { DUMP_JSON_SUBPROTOCOL } from '../../src/companion/paths.ts';
import { type FrameDump, formatTextDump } from '../../src/inspector/index.ts';
import { OPCODE } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';

/** A dump is much longer than its frame, so messages may have fewer fragments here than on other paths. */
export const MAX_DUMPED_FRAGMENTS = 256;

/** Answers each message with an annotated dump of its frames. */
export class Dump implements Handler {
  readonly #wantJson = new WeakSet<Connection>();

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'open' && event.subprotocol === DUMP_JSON_SUBPROTOCOL) this.#wantJson.add(connection);
    if (event.type === 'message') this.#answer(event.frames ?? [], connection);
  }

  #answer(frames: readonly FrameDump[], connection: Connection): void {
    const sendText = (text: string) => connection.send({ opcode: OPCODE.text, payload: encodeText(text) });
    if (!this.#wantJson.has(connection)) sendText(frames.map((frame) => formatTextDump(frame)).join('\n'));
    else for (const frame of frames) sendText(JSON.stringify({ type: 'frame', ...frame }));
  }
}
