import { openCapture } from './formats/captures/capture-reader.ts';
import type { PastedFile } from './formats/pasted.ts';
import { RECORDS } from './formats/records/records.ts';
import type { OpenForm, TrafficKeys, TrafficReader, TrafficRefusal } from './traffic/traffic.ts';

/** Every form of recording, in the order in which they are tried. A new form is one more row here. */
const FORMS: readonly OpenForm[] = [openCapture, ...RECORDS];

/**
 * Recognizes a recording by its first bytes.
 *
 * @param head at least 4 KiB of the file, or all of it
 * @param name of the file, if it has one
 * @param keys without them, nothing is decrypted
 * @returns undefined if it is no recording: it may be bytes as text, which `readPasted` reads
 */
export function openRecording(
  head: Uint8Array,
  name?: string,
  keys?: TrafficKeys,
): TrafficReader | TrafficRefusal | undefined {
  for (const open of FORMS) {
    const found = open(head, name, keys);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Opens a recording that a text shows byte by byte, such as a capture printed by xxd.
 *
 * @returns undefined if its form is not known or cannot be read
 */
export function openPastedFile({ bytes, form }: PastedFile, keys?: TrafficKeys): TrafficReader | undefined {
  const found = openRecording(bytes, undefined, keys);
  if (found === undefined || 'refusal' in found) return undefined;
  return {
    form: `${found.form}, written as ${form}`,
    push: (piece) => found.push(piece),
    end: () => found.end(),
  };
}
