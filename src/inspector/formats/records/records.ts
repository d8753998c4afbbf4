import type { OpenForm } from '../../traffic/traffic.ts';
import { openDevToolsEvents } from './devtools-events.ts';
import { openHar } from './har.ts';
import { openWebsocketsLog } from './library-log.ts';
import { refuseMitmdumpText } from './mitmdump-text.ts';
import { openMitmproxyFlow } from './mitmproxy-flow.ts';
import { openNetLog } from './netlog.ts';
import { openMessageLines, openZip } from './playwright-zip.ts';
import { openTsharkJson } from './tshark-json.ts';
import { openPdml, openTsharkFields } from './tshark-tables.ts';

/** Recordings that are not captures of packets: of browsers, proxies and libraries. */
export const RECORDS: readonly OpenForm[] = [
  openHar,
  openNetLog,
  openDevToolsEvents,
  openZip,
  openMessageLines,
  openMitmproxyFlow,
  openTsharkJson,
  openPdml,
  openTsharkFields,
  openWebsocketsLog,
  refuseMitmdumpText,
];
