import type { RawStep } from '../../companion/lab.ts';
import { BROADCAST_PATH } from '../../companion/paths.ts';
import { formatHex } from '../../inspector/hex.ts';
import type { WireFrame, WireMessage } from '../../inspector/wire.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeKey, NONCE_LENGTH } from '../../protocol/handshake/accept-key.ts';
import { formatRequestHead } from '../../protocol/handshake/format-head.ts';
import { createRequest } from '../../protocol/handshake/request.ts';
import { quote } from '../inspector/draft.ts';
import { framesOf, type Plan } from './plan.ts';
import { type TimelineRow, timelineOf } from './timeline.ts';

export type PlanRun = { readonly rows: readonly TimelineRow[] } | { readonly problem: string };

/** Between two frames: so that each comes in a read of its own. */
const PAUSE_MS = 40;
/** A page's own socket on loopback opens at once. */
const OPENS_WITHIN_MS = 3000;

const loadRaw = () => import('../raw/send-raw.ts');

/** What a run needs from the world. */
export interface Drawn {
  readonly host: string;
  readonly nextMaskingKey: () => number;
  readonly key: string;
}

export function drawn(): Drawn {
  return {
    host: location.host,
    nextMaskingKey: () => crypto.getRandomValues(new Uint32Array(1))[0] as number,
    key: encodeKey(crypto.getRandomValues(new Uint8Array(NONCE_LENGTH))),
  };
}

/** The steps of a raw connection: a request for the broadcast, then each frame after a pause. RFC 6455 §5.4. */
export function stepsOf(plan: Plan, { host, key, nextMaskingKey }: Drawn): RawStep[] {
  const request = createRequest({ host, target: BROADCAST_PATH, key });
  const frames = framesOf(plan).map((frame) => encodeFrame({ ...frame, maskingKey: nextMaskingKey() }));
  return [
    { hex: formatHex(formatRequestHead(request)) },
    ...frames.flatMap((frame) => [{ waitMs: PAUSE_MS }, { hex: formatHex(frame) }]),
  ];
}

/** The run without the companion: the page's script would be told each message that the server sends on. */
export async function simulatePlan(plan: Plan, draw: Drawn = drawn()): Promise<PlanRun> {
  const { sendRaw } = await loadRaw();
  const run = await sendRaw(stepsOf(plan, draw), false);
  if ('problem' in run) return run;
  const frames = run.messages.filter(isFrame);
  const told = frames.filter(passesOn).map(({ payload }) => `onmessage: ${quote(payload.text ?? '')}`);
  return { rows: timelineOf(frames, told) };
}

/**
 * The run on a real wire. A page's own WebSocket cannot send fragments: the companion opens a connection to its own
 * broadcast and sends them there, while the page listens to the same broadcast with a socket of its own.
 */
export async function sendPlan(plan: Plan): Promise<PlanRun> {
  const told: string[] = [];
  const socket = new WebSocket(BROADCAST_PATH);
  socket.onmessage = ({ data }) => told.push(`onmessage: ${quote(String(data))}`);
  try {
    if (!(await opens(socket))) return { problem: `The companion’s ${BROADCAST_PATH} does not answer.` };
    const { sendRaw } = await loadRaw();
    const run = await sendRaw(stepsOf(plan, drawn()), true);
    return 'problem' in run ? run : { rows: timelineOf(run.messages.filter(isFrame), told) };
  } finally {
    socket.close();
  }
}

function opens(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.onopen = () => resolve(true);
    socket.onclose = () => resolve(false);
    setTimeout(() => resolve(false), OPENS_WITHIN_MS);
  });
}

function isFrame(message: WireMessage): message is WireFrame {
  return message.type === 'frame';
}

function passesOn({ direction, fields }: WireFrame): boolean {
  return direction === 'out' && fields.some(({ name, value }) => name === 'opcode' && value === OPCODE.text);
}
