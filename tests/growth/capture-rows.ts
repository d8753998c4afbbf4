import { joinBytes } from '../../src/bytes/join-bytes.ts';
import { HpackDecoder } from '../../src/inspector/formats/captures/http2/hpack.ts';
import { KeyLog } from '../../src/inspector/formats/captures/tls/key-log.ts';
import { EXAMPLE_REQUEST, EXAMPLE_RESPONSE } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { packetOf, pcapOf, type Said, segmentsOf } from '../captures/build-capture.ts';
import { openCapture } from '../captures/open-capture.ts';
import { LONG, LONGER, type Row, row } from './row.ts';

/** In bytes of a segment: many segments show what each costs. */
const SMALL = 16;

/** Opens a capture of what both sides say, in small segments. */
function openSaid(...script: Said[]): void {
  const segments = segmentsOf(script, [1, 1], (left) => Math.min(left, SMALL));
  openCapture(pcapOf(segments.map((segment) => packetOf(segment))));
}

/** The same, and every segment of the text but the first comes in the reverse order. */
function openReversed(text: string): void {
  const segments = segmentsOf([{ side: 0, bytes: encodeText(text) }], [1, 1], (left) => Math.min(left, SMALL));
  const [first, second, third, ...rest] = segments.map((segment) => packetOf(segment));
  openCapture(pcapOf([first, second, third, ...rest.reverse()].filter((packet) => packet !== undefined)));
}

const PCAPNG = new Uint8Array([10, 13, 13, 10, 28, 0, 0, 0, 77, 60, 43, 26, 1, 0, 0, 0]);
const PREFACE = encodeText('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const CLIENT_HELLO = new Uint8Array([22, 3, 1, 0, 5, 1, 0, 0, 1, 0]);

export const CAPTURE_ROWS: readonly Row[] = [
  row('a file of packets', LONGER, (text) => openCapture(joinBytes([pcapOf([]), encodeText(text)]))),
  row('a file of packets, in pieces', LONG, (text) => openCapture(joinBytes([pcapOf([]), encodeText(text)]), '', 16)),
  row('a file of blocks', LONGER, (text) => openCapture(joinBytes([PCAPNG, encodeText(text)]))),
  row('a packet', LONGER, (text) => openCapture(pcapOf([encodeText(text)]))),
  row('a captured connection', LONG, (text) => openSaid({ side: 0, bytes: encodeText(text) })),
  row('a captured request', LONG, (text) => openSaid({ side: 0, bytes: encodeText(`GET / HTTP/1.1\r\n${text}`) })),
  row('a captured body', LONG, (text) =>
    openSaid({ side: 0, bytes: encodeText(`POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n${text}`) }),
  ),
  row('captured frames', LONG, (text) =>
    openSaid(
      { side: 0, bytes: encodeText(EXAMPLE_REQUEST) },
      { side: 1, bytes: encodeText(EXAMPLE_RESPONSE) },
      { side: 0, bytes: encodeText(text) },
      { side: 1, bytes: encodeText(text) },
    ),
  ),
  row('an answer without a request', LONG, (text) =>
    openSaid({ side: 1, bytes: encodeText(text) }, { side: 0, bytes: encodeText(text) }),
  ),
  row('segments in the reverse order', LONG, openReversed),
  row('captured HTTP/2', LONG, (text) =>
    openSaid({ side: 0, bytes: joinBytes([PREFACE, encodeText(text)]) }, { side: 1, bytes: encodeText(text) }),
  ),
  row('captured TLS', LONG, (text) =>
    openSaid({ side: 0, bytes: joinBytes([CLIENT_HELLO, encodeText(text)]) }, { side: 1, bytes: encodeText(text) }),
  ),
  row('packed fields', LONGER, (text) => new HpackDecoder().decode(encodeText(text))),
  row('a key log', LONGER, (text) => new KeyLog().add(text)),
];
