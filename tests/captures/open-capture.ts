import { openSealed } from '../../server/commands/open-sealed.ts';
import { openRecording } from '../../src/inspector/traffic/forms.ts';
import { TrafficExplainer, type TrafficMessage } from '../../src/inspector/traffic/traffic-explainer.ts';
import type { WireFrame } from '../../src/inspector/wire/wire.ts';

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
