import { runCommandLine } from '../../server/commands/command-line.ts';
import { formatHex } from '../../src/bytes/hex.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { pastedOfHash } from '../../src/widgets/accept-doctor/address.ts';
import { present } from '../../src/widgets/accept-doctor/model.ts';
import { parseDecodeHash } from '../../src/widgets/base/address/decode-address.ts';
import { readHashParameters, writeHashParameters } from '../../src/widgets/base/address/hash-parameters.ts';
import { parseBreakRecording } from '../../src/widgets/break-rules/recording.ts';
import { decodeDirection } from '../../src/widgets/conformance/case-bytes.ts';
import { decodedFile, initialDecodeState, presentDecoded } from '../../src/widgets/decode/model.ts';
import { FileSource } from '../../src/widgets/decode/reading/read-source.ts';
import { linkedBytes } from '../../src/widgets/frame-bits/address.ts';
import { frameOfHash } from '../../src/widgets/inspector/full/address.ts';
import { sendBytes, sendText } from '../../src/widgets/inspector/full/draft.ts';
import { parseLength } from '../../src/widgets/length-forms/model.ts';
import { ownLines } from '../../src/widgets/own-handshake/own-lines.ts';
import { findRequest, findResponse } from '../../src/widgets/proxy-cache/naive-proxy.ts';
import { linkedRequest } from '../../src/widgets/request-builder/model.ts';
import { streamOfParameters } from '../../src/widgets/stream-cut/address.ts';
import { laneOfParameters as utf8Lane } from '../../src/widgets/utf8-lane/address.ts';
import { laneOfParameters as xorLane } from '../../src/widgets/xor-lane/address.ts';
import { HEAD, LONG, type Row, row } from './row.ts';

const parameters = (name: string, text: string) => new URLSearchParams([[name, text]]);
const decode = (text: string) => presentDecoded(initialDecodeState({ text, sender: 'either', limits: {} }));
const silent = { out: () => {}, err: () => {} };

/** What pages read: an address, a field, an answer. */
export const WIDGET_ROWS: readonly Row[] = [
  row('what is typed into the decoder', LONG, decode),
  row('a file for the decoder', LONG, (text) => {
    const file = new FileSource('a file');
    file.push(encodeText(text));
    presentDecoded(decodedFile('client', file.end({ text: '', sender: 'client', limits: {} })));
  }),
  row('the address of the decoder', LONG, (text) => decode(parseDecodeHash(`#f=${text}`)?.text ?? '')),
  row('the command decode', LONG, (text) => runCommandLine(['decode', text], silent)),
  row('an address', LONG, (text) => [readHashParameters(`#${text}`), writeHashParameters(`#a=${text}`, { b: text })]),
  row('the address of the doctor', LONG, (text) => pastedOfHash(`#accept=${text}`)),
  row('what the doctor is given', LONG, (text) => [
    present({ key: text, answer: 'x' }),
    present({ key: 'x', answer: text }),
  ]),
  row('the address of the inspector', LONG, (text) => frameOfHash(`#f=${text}`)),
  row('what the inspector sends', LONG, (text) => [
    sendText(text),
    sendBytes(text, undefined),
    sendBytes(text, text.length),
  ]),
  row('the address of a frame', LONG, (text) => linkedBytes(parameters('f', text))),
  row('the address of a masked frame', LONG, (text) => xorLane(parameters('xor', text))),
  row('the address of a text', LONG, (text) => utf8Lane(parameters('utf8', text))),
  row('the address of a stream', LONG, (text) => streamOfParameters(parameters('stream', text))),
  row('the address of a request', LONG, (text) => linkedRequest(parameters('request', text))),
  row('a length', LONG, parseLength),
  row('one’s own request', HEAD, (text) => {
    const hex = formatHex(encodeText(`GET / HTTP/1.1\r\n${text}\r\n\r\n`));
    return ownLines(hex, 'request', `${hex}00`);
  }),
  row('what a server under check sent', LONG, (text) =>
    decodeDirection(formatHex(encodeText(`HTTP/1.1 200 ${text}`)), 'server'),
  ),
  row('what a naive proxy reads', LONG, (text) => [
    findRequest(encodeText(`GET ${text}`)),
    findResponse(encodeText(`HTTP/1.1 200 OK\r\n${text}`)),
  ]),
  row('what a browser did, recorded', LONG, parseBreakRecording),
];
