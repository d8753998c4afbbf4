import { inflate } from '../../src/inspector/deflate/inflate.ts';
import { readExchange } from '../../src/inspector/formats/exchange.ts';
import { readPasted } from '../../src/inspector/formats/read-pasted.ts';
import {
  ConnectionObserver,
  checkWireMessage,
  decodeFrames,
  diagnose,
  dumpFrame,
  formatTextDump,
  HexReader,
  parseHex,
  parseRecording,
} from '../../src/inspector/index.ts';
import { openRecording } from '../../src/inspector/open-recording.ts';
import { EXAMPLE_KEY, encodeFrame, OPCODE } from '../../src/protocol/index.ts';
import { fitColumns } from '../../src/text/columns.ts';
import { escapeAlone, escapeText, quote, shorten } from '../../src/text/escape-text.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { LONG, LONGER, type Row, row } from './row.ts';

const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

function readInPieces(text: string): unknown {
  const reader = new HexReader({ maxOpening: 1024 });
  for (let start = 0; start < text.length; start += 64) {
    if (reader.push(text.slice(start, start + 64)) !== undefined) return undefined;
  }
  return reader.end();
}

const NOTHING_SEEN = { bytes: new Uint8Array(0), isUnknown: new Uint8Array(0) };

/** As the inspector sees a peer that sends this, a few bytes at a time. */
function observe(text: string): void {
  const observer = new ConnectionObserver({ connection: 1, path: '/', remote: '' });
  const bytes = encodeText(text);
  for (let start = 0; start < bytes.length; start += 16) observer.chunk('in', bytes.subarray(start, start + 16), 0);
  observer.close(0, { closeCode: 1006, reason: '', clean: false });
}

/** Reads a recording to its end. */
function openWhole(text: string): void {
  const bytes = encodeText(text);
  const reader = openRecording(bytes);
  if (reader === undefined || 'refusal' in reader) return;
  for (const _ of reader.push(bytes));
  for (const _ of reader.end());
}

/** Reads bytes as a connection, to its last frame. */
function openPasted(text: string): void {
  const frames = readExchange({ form: 'text', parts: [{ bytes: encodeText(text) }], notes: [] }).frames;
  for (const _ of frames);
}

export const INSPECTOR_ROWS: readonly Row[] = [
  row('pasted hex', LONGER, parseHex),
  row('a paste', LONGER, (text) => readPasted(text)),
  row('a paste in brackets', LONGER, (text) => readPasted(`[${text}]`)),
  row('what stands before a pasted array', LONGER, (text) => readPasted(`${text}[129]`)),
  row('a pasted string', LONGER, (text) => readPasted(`"\\x81${text}"`)),
  row('a pasted remark', LONGER, (text) => readPasted(`81 // ${text}`)),
  row('a pasted row of tcpdump', LONGER, (text) => readPasted(`\t0x0000:  ${text}`)),
  row('a pasted line of a log', LONGER, (text) => readPasted(`send: b'${text}'`)),
  row('a pasted time', LONGER, (text) => readPasted(`12:34:56 ${text}`)),
  row('a paste of lines', LONG, (text) => readPasted(`81 05\n${text}`.replaceAll(' ', '\n'))),
  row('a paste in a quotation', LONG, (text) => readPasted(`> ${text}`.replaceAll(' ', '\n> '))),
  row('pasted text with escapes', LONGER, (text) => readPasted(`\\x81${text}`)),
  row('a paste of percent signs', LONGER, (text) => readPasted(`%81${text}`)),
  row('a pasted array in parentheses', LONGER, (text) => readPasted(`byteArrayOf(${text})`)),
  row('pasted bytes with an index', LONGER, (text) => readPasted(`[0] => 129 ${text}`)),
  row('pasted hex in quotation marks', LONGER, (text) => readPasted(`b'8105${text}'`)),
  row('pasted Buffers', LONGER, (text) => readPasted(`[ <Buffer 81 05> ${text}`)),
  row('a pasted NSData', LONGER, (text) => readPasted(`<81054865 ${text}>`)),
  row('a pasted table', LONGER, (text) => readPasted(`│00000000│ ${text}`)),
  row('pasted rows with decimal offsets', LONGER, (text) => readPasted(`0000000 ${text}`)),
  row('pasted rows of OpenSSL', LONGER, (text) => readPasted(`0000 - 81 05\n${text}`)),
  row('bytes behind words', LONGER, (text) => readPasted(`recv: ${text} 81 05`)),
  row('pasted bytes behind a head', LONGER, (text) => openPasted(`GET / HTTP/1.1\r\n\r\n${text}`)),
  row('pasted bytes with a refusal', LONGER, (text) => openPasted(`HTTP/1.1 400 ${text}`)),
  row('a compressed message', LONGER, (text) => inflate(encodeText(text), { window: NOTHING_SEEN })),
  row('an array', LONGER, (text) => parseHex(`x = [${text}]`)),
  row('what stands before an array', LONGER, (text) => parseHex(`${text}[129]`)),
  row('a string of a program', LONGER, (text) => parseHex(`"\\x81${text}"`)),
  row('a Buffer', LONGER, (text) => parseHex(`<Buffer ${text}>`)),
  row('a row of a dump', LONGER, (text) => parseHex(`00000000: ${text}`)),
  row('the text column of a dump', LONGER, (text) => parseHex(`00000000  81 85  |${text}|\n00000002\n`)),
  row('hex in pieces', LONGER, readInPieces),
  row('rows in pieces', LONGER, (text) => readInPieces(`00000000: 81\n`.repeat(100) + text)),
  row('any bytes as frames', LONG, (text) => decodeFrames(encodeText(text))),
  row('a text frame', LONG, (text) =>
    formatTextDump(dumpFrame(encodeFrame({ opcode: OPCODE.text, payload: encodeText(text) }))),
  ),
  row('a connection, piece by piece', LONG, observe),
  row('a text with escapes', LONG, escapeText),
  row('a character with escapes', LONG, escapeAlone),
  row('a text that must fit', LONG, (text) => [
    fitColumns(text, 100),
    fitColumns(text, text.length),
    shorten(text, 100),
  ]),
  row('a text as JavaScript', LONG, quote),
  row('a recording', LONG, parseRecording),
  row('the title of a recording', LONG, (text) => parseRecording(JSON.stringify({ title: text, messages: [text] }))),
  row('a type of a message', LONG, (text) => checkWireMessage({ type: text })),
  row('the hex of a message', LONG, (text) =>
    checkWireMessage({
      type: 'handshake',
      connection: 1,
      timeMs: 0,
      direction: 'in',
      offset: 0,
      byteLength: 1,
      hex: text,
    }),
  ),
  row('a recording in JSON', LONG, (text) => openWhole(`{"log":{"entries":[${text}`)),
  row('events of DevTools', LONG, (text) => openWhole(`{"method":"Network.enable"}\n${text}`)),
  row('a NetLog', LONG, (text) => openWhole(`{"constants":{},"events":[${text}`)),
  row('packets in JSON', LONG, (text) => openWhole(`[{"_index":"",${text}`)),
  row('packets in PDML', LONG, (text) => openWhole(`<pdml><packet>${text}`)),
  row('a table of packets', LONG, (text) => openWhole(`tcp.srcport\ttcp.dstport\ttcp.payload\n${text}`)),
  row('the output of strace', LONG, (text) => readPasted(`read(3, "${text}`)),
  row('a followed stream in YAML', LONG, (text) => readPasted(`peers:\n${text}`)),
  row('packets of ngrep', LONG, (text) => readPasted(`T 1.1.1.1:1 -> 1.1.1.1:2 [AP] #1\n${text}`)),
  row('a key to diagnose', LONG, (text) => diagnose(text, ACCEPT)),
  row('an accept to diagnose', LONG, (text) => diagnose(EXAMPLE_KEY, text)),
  row('an accept line to diagnose', LONG, (text) => diagnose(EXAMPLE_KEY, `Sec-WebSocket-Accept:${text}`)),
];
