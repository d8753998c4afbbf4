import { formatHex } from '../../bytes/hex.ts';
import { LAB_ROOM_PATH, ROOM_PARAMETER } from '../../companion/lab/addresses.ts';
import type { RawStep } from '../../companion/lab/raw-step.ts';
import type { WireFrame, WireMessage } from '../../inspector/wire/wire.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { quote } from '../../text/escape-text.ts';
import { encodeText } from '../../text/utf8.ts';
import { drawMaskingKey } from '../base/draw-masking-key.ts';
import { sendThroughLab } from '../base/raw/send-through-lab.ts';
import { framesOf, PAUSE_MS, type Plan } from './plan.ts';
import { type TimelineRow, timelineOf } from './timeline.ts';

export type PlanRun = { readonly rows: readonly TimelineRow[] } | { readonly problem: string };

/** A page's own socket on loopback opens at once. */
const OPENS_WITHIN_MS = 3000;
const RANDOM_BYTES = 16;

/**
 * The run on a real wire. A page's own WebSocket cannot send fragments: the companion opens a connection to a
 * room of its own lab and sends them there, while the page listens in the same room with a socket of its own.
 */
export async function sendPlan(plan: Plan): Promise<PlanRun> {
  const told: string[] = [];
  const room = `${LAB_ROOM_PATH}?${ROOM_PARAMETER}=${formatHex(drawRandomBytes())}`;
  const socket = new WebSocket(room);
  socket.onmessage = ({ data }) => told.push(`onmessage: ${quote(String(data))}`);
  try {
    if (!(await opens(socket))) return { problem: `The companion’s ${LAB_ROOM_PATH} does not answer.` };
    const run = await sendThroughLab(stepsOf(plan, room));
    return 'problem' in run ? run : { rows: timelineOf(run.messages.filter(isFrame), told) };
  } finally {
    socket.close();
  }
}

/** The steps of a raw connection: a request for the room, then each frame after a pause. RFC 6455 §4.1, §5.4. */
function stepsOf(plan: Plan, room: string): RawStep[] {
  const lines = [
    `GET ${room} HTTP/1.1`,
    `Host: ${location.host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${btoa(String.fromCharCode(...drawRandomBytes()))}`,
    'Sec-WebSocket-Version: 13',
    '',
    '',
  ];
  const frames = framesOf(plan).map((frame) => encodeFrame({ ...frame, maskingKey: drawMaskingKey() }));
  return [
    { hex: formatHex(encodeText(lines.join('\r\n'))) },
    ...frames.flatMap((frame) => [{ waitMs: PAUSE_MS }, { hex: formatHex(frame) }]),
  ];
}

function drawRandomBytes(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
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
