import { openCapture } from '../formats/captures/capture-reader.ts';
import { openCdp } from '../formats/records/cdp.ts';
import { openFollowYaml } from '../formats/records/follow-yaml.ts';
import { openHar } from '../formats/records/har.ts';
import { openMitmproxy } from '../formats/records/mitmproxy.ts';
import { openNetLog } from '../formats/records/netlog.ts';
import { openPlaywrightZip } from '../formats/records/playwright-zip.ts';
import { refuseText } from '../formats/records/refused-texts.ts';
import { openStrace } from '../formats/records/strace.ts';
import { openPdml, openTsharkFields, openTsharkJson } from '../formats/records/tshark.ts';
import type { OpenForm, TrafficReader, TrafficRefusal } from './traffic.ts';

/** Every form of recording, in the order in which they are tried. A new form is one more row here. */
const FORMS: readonly OpenForm[] = [
  openCapture,
  openNetLog,
  openHar,
  openCdp,
  openTsharkJson,
  openMitmproxy,
  openPlaywrightZip,
  openPdml,
  openTsharkFields,
  openFollowYaml,
  openStrace,
  refuseText,
];

/**
 * Recognizes a recording by its first bytes.
 *
 * @param head at least 4 KiB of the file, or all of it
 * @param name of the file, if it has one
 * @returns undefined if it is no recording: it may be bytes as text, which `readPasted` reads
 */
export function openRecording(head: Uint8Array, name?: string): TrafficReader | TrafficRefusal | undefined {
  for (const open of FORMS) {
    const found = open(head, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
