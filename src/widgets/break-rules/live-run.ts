import { parseWireMessage } from '../../companion/parse-wire-message.ts';
import { TAP_PATH, WATCH_PARAMETER } from '../../companion/paths.ts';
import { formatHex } from '../../inspector/hex/hex.ts';
import type { WireMessage } from '../../inspector/wire/wire.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { tellOf } from './page-side.ts';

const TOKEN_BYTES = 16;
/** So long the page waits for something to happen before it closes what is still open. */
const PATIENCE_MS = 1000;
/** The end of TCP reaches the tap a moment after the page has been told. */
const TAP_PATIENCE_MS = 2000;

/** The companion does it to this browser, and its tap tells what was on the wire. */
export async function runLive(act: string, target: string, order: string | undefined): Promise<Outcome> {
  const token = formatHex(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
  const messages: WireMessage[] = [];
  const ended = Promise.withResolvers<void>();
  const tap = new WebSocket(`${TAP_PATH}?${WATCH_PARAMETER}=${token}`);
  tap.onmessage = ({ data }) => {
    const parsed = parseWireMessage(String(data));
    if ('problem' in parsed) return;
    messages.push(parsed.message);
    if (parsed.message.type === 'close') ended.resolve();
  };
  await opened(tap);
  tap.onclose = () => ended.resolve();
  const told = await tellOf(`${target}${WATCH_PARAMETER}=${token}`, order, PATIENCE_MS);
  await Promise.race([ended.promise, after(TAP_PATIENCE_MS)]);
  tap.onclose = null;
  tap.close();
  return outcomeOf(act, messages, told);
}

/** @throws Error where it does not open */
function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onclose = () => reject(new Error('The companion does not answer any more.'));
  });
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
