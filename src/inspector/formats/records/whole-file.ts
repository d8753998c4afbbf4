import { joinBytes } from '../../../bytes/join-bytes.ts';
import type { TrafficEvent, TrafficReader } from '../../traffic/traffic.ts';

/** In bytes. Forms that only make sense as a whole, such as JSON, are read up to this length. */
const MAX_WHOLE_BYTES = 384 * 1024 * 1024;

/** Collects a file whose form can only be read as a whole, and reads it at its end. */
export function wholeFileReader(form: string, read: (bytes: Uint8Array) => Iterable<TrafficEvent>): TrafficReader {
  let pieces: Uint8Array[] = [];
  let byteLength = 0;
  return {
    form,
    push(piece) {
      byteLength += piece.length;
      if (byteLength > MAX_WHOLE_BYTES) pieces = [];
      else pieces.push(piece.slice());
      return [];
    },
    end() {
      if (byteLength > MAX_WHOLE_BYTES)
        return [refused(`This is ${form} of more than 384 MiB. Record or export a shorter time.`)];
      return read(joinBytes(pieces));
    },
  };
}

/** The same for text in UTF-8, with or without a byte order mark. */
export function wholeTextReader(form: string, read: (text: string) => Iterable<TrafficEvent>): TrafficReader {
  return wholeFileReader(form, (bytes) => read(new TextDecoder().decode(bytes)));
}

/** The file has the form, but holds nothing that can be shown. */
export function refused(sentence: string): TrafficEvent {
  return { kind: 'refused', sentence };
}

/** The first characters of a file, for recognizing its form. */
export function openingOf(head: Uint8Array): string {
  return new TextDecoder().decode(head.subarray(0, 64 * 1024));
}
