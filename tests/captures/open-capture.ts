import { openSealed } from '../../server/commands/open-sealed.ts';
import type { WireFrame } from '../../src/inspector/index.ts';
import { openRecording } from '../../src/inspector/open-recording.ts';
import { FrameList } from '../../src/inspector/traffic/frame-list.ts';
import { TrafficExplainer, type TrafficMessage } from '../../src/inspector/traffic/traffic-explainer.ts';

/** Opens a capture as the command does. @param step how many bytes of the file are read at once */
export function openCapture(file: Uint8Array, keyLog = '', step = file.length): TrafficMessage[] {
  const reader = openRecording(file, 'capture', { keyLog, openSealed });
  if (reader === undefined || 'refusal' in reader) return [];
  const explainer = new TrafficExplainer();
  const messages: TrafficMessage[] = [];
  for (let at = 0; at < file.length; at += step) {
    for (const event of reader.push(file.subarray(at, at + step))) messages.push(...explainer.take(event));
  }
  for (const event of reader.end()) messages.push(...explainer.take(event));
  return [...messages, ...explainer.end()];
}

export function framesOf(messages: readonly TrafficMessage[]): WireFrame[] {
  return messages.filter((message) => message.type === 'frame');
}

/** One line for a message: what a test compares. */
export function lineOf(message: TrafficMessage): string | undefined {
  switch (message.type) {
    case 'open':
      return `open ${message.path}`;
    case 'fields':
      return `${message.direction} fields ${message.fields.length}`;
    case 'gap':
      return `${message.direction} gap ${message.byteLength ?? '?'}`;
    case 'frame': {
      const { direction, opcode, fin, payload, inflated, truncated } = message;
      const text = inflated?.text ?? payload.text ?? payload.hex;
      return `${direction} ${opcode}${fin ? '' : '+'} ${text}${truncated ? ' (cut)' : ''}`;
    }
    case 'close':
      return `close ${message.closeCode}`;
    default:
      return undefined;
  }
}

/** The frames of a capture as the fast list finds them: what it says of each, in one line. */
export function listCapture(file: Uint8Array, step = file.length): string[] {
  const reader = openRecording(file, 'capture', { openSealed });
  if (reader === undefined || 'refusal' in reader) return [];
  const rows: string[] = [];
  const list = new FrameList((connection, direction, _timeMs, offset, firstByte, isMasked, payloadLength) =>
    rows.push(
      [connection, direction, offset, firstByte & 15, firstByte >> 7, Number(isMasked), payloadLength].join(' '),
    ),
  );
  for (let at = 0; at < file.length; at += step)
    for (const event of reader.push(file.subarray(at, at + step))) list.take(event);
  for (const event of reader.end()) list.take(event);
  return rows;
}

/** The same, of the frames that were explained. Those whose header is cut off are not in the list. */
export function rowsOf(frames: readonly WireFrame[]): string[] {
  return frames
    .filter(({ payloadLength }) => payloadLength !== undefined)
    .map(({ connection, direction, offset, opcode, fin, masked, payloadLength }) =>
      [connection, direction, offset, opcode, Number(fin), Number(masked), payloadLength].join(' '),
    );
}
