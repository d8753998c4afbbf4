import { formatHex } from '../../bytes/hex.ts';
import {
  asRfc6455,
  type DraftRequest,
  hixie75Request,
  hixie75Response,
  hixie76Request,
  hixie76Response,
  hybi10Request,
} from '../../drafts/draft-heads.ts';
import { answerChallenge, EXAMPLE_CHALLENGE } from '../../drafts/hixie-challenge.ts';
import { encodeHixieText, HIXIE_CLOSE } from '../../drafts/hixie-frames.ts';
import {
  type DraftField,
  type EncodedField,
  encodeHpackField,
  encodeQpackField,
  QPACK_PREFIX,
} from '../../drafts/hpack.ts';
import { END_HEADERS, END_STREAM, HTTP_FRAME, http2FrameHead, http3FrameHead } from '../../drafts/http-frames.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { layoutOf } from '../../protocol/framing/layout.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import { formatRequestHead, formatResponseHead } from '../../protocol/handshake/head/format-head.ts';
import { checkRequest } from '../../protocol/handshake/request/check-request.ts';
import { createRequest } from '../../protocol/handshake/request/request.ts';
import { acceptRequest } from '../../protocol/handshake/response/respond.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import type { Era, WirePart, WireStep } from './model.ts';

const HOST = 'localhost:8080';
const ASKED: DraftRequest = { host: HOST, target: '/echo', origin: 'http://localhost:8080' };
const LOCATION = 'ws://localhost:8080/echo';
const HELLO = encodeText('Hello');
const MASKING_KEY = 0x37fa213d;
const CLOSE_BODY = Uint8Array.of(3, 232);

/** What a header line is for, where a draft differs from its neighbors. */
const LINES: Readonly<Record<string, string>> = {
  upgrade: 'the protocol to switch to',
  connection: 'Upgrade is for this hop alone',
  host: 'the name of the server',
  origin: 'the page that asks',
  'websocket-origin': 'repeats the origin of the page; the browser compares it',
  'websocket-location': 'repeats the address; the browser compares it',
  'sec-websocket-origin': 'the origin of the page. Scripts cannot set a header that begins with Sec-',
  'sec-websocket-location': 'repeats the address; the browser compares it',
  'sec-websocket-key1': 'divide the number in its digits by its spaces',
  'sec-websocket-key2': 'another number, hidden in the same way',
  'sec-websocket-key': '16 random bytes in base64, instead of two puzzles and a body',
  'sec-websocket-accept': 'SHA-1 of the key and the GUID, instead of MD5 in the body',
  'sec-websocket-version': 'the version. The hixie drafts had none',
};

/** Each line of a head as a part; the lines that make this version what it is are colored. */
function headParts(head: Uint8Array, request: boolean): WirePart[] {
  const lines = decodeLatin1(head).split('\r\n').slice(0, -2);
  return lines.map((line, i) => {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    const isMark = /^(?:sec-)?websocket-/.test(name);
    const first = request ? 'a request of HTTP/1.1, like any other' : 'the server agrees to switch';
    return {
      shown: line,
      isText: true,
      field: isMark
        ? name.includes('key') || name.includes('accept')
          ? 'field-masking-key'
          : 'field-opcode'
        : 'field-rsv',
      meaning: i === 0 ? first : (LINES[name] ?? ''),
    };
  });
}

function hexPart(bytes: Uint8Array, field: string, meaning: string): WirePart {
  const pairs = formatHex(bytes).match(/../g) ?? [];
  return { shown: pairs.join(' '), isText: false, field, meaning };
}

function step(from: WireStep['from'], title: string, byteLength: number, parts: readonly WirePart[]): WireStep {
  return { from, title, byteLength, parts };
}

function textStep(from: WireStep['from'], title: string): WireStep {
  const frame = encodeHixieText(HELLO);
  return step(from, title, frame.length, [
    hexPart(frame.subarray(0, 1), 'field-opcode', 'a text begins'),
    hexPart(frame.subarray(1, -1), 'field-payload-data', 'Hello in UTF-8'),
    hexPart(frame.subarray(-1), 'field-fin', 'the text ends. No UTF-8 has this byte'),
  ]);
}

/** The parts of a frame of HyBi-10 and later. */
function frameParts(frame: Uint8Array, payload: string): WirePart[] {
  const { extendedPayloadLength, maskingKey } = layoutOf(frame[1] ?? 0);
  const isMasked = maskingKey.end > maskingKey.start;
  const what = frame[0] === (0x80 | OPCODE.close) ? 'FIN, opcode 8: close' : 'FIN, opcode 1: text';
  return [
    hexPart(frame.subarray(0, 1), 'field-opcode', what),
    hexPart(
      frame.subarray(1, extendedPayloadLength.end),
      'field-payload-length',
      isMasked ? 'masked, and the length' : 'the length',
    ),
    ...(isMasked
      ? [hexPart(frame.subarray(maskingKey.start, maskingKey.end), 'field-masking-key', 'the masking key')]
      : []),
    hexPart(frame.subarray(maskingKey.end), 'field-payload-data', isMasked ? `${payload}, masked` : payload),
  ];
}

const CLIENT_HELLO = encodeFrame({ opcode: OPCODE.text, payload: HELLO, maskingKey: MASKING_KEY });
const SERVER_HELLO = encodeFrame({ opcode: OPCODE.text, payload: HELLO });
const CLIENT_CLOSE = encodeFrame({ opcode: OPCODE.close, payload: CLOSE_BODY, maskingKey: MASKING_KEY });
const SERVER_CLOSE = encodeFrame({ opcode: OPCODE.close, payload: CLOSE_BODY });

/** Hello and the close, there and back, as they are since HyBi. */
const FRAME_STEPS: readonly WireStep[] = [
  step('client', 'Hello', CLIENT_HELLO.length, frameParts(CLIENT_HELLO, 'Hello')),
  step('server', 'Hello comes back', SERVER_HELLO.length, frameParts(SERVER_HELLO, 'Hello')),
  step('client', 'The client closes', CLIENT_CLOSE.length, frameParts(CLIENT_CLOSE, 'status code 1000')),
  step('server', 'The server answers, and ends TCP', SERVER_CLOSE.length, frameParts(SERVER_CLOSE, 'status code 1000')),
];

function hixie75(): WireStep[] {
  const head = hixie75Request(ASKED);
  const request = formatRequestHead(head);
  const response = formatResponseHead(hixie75Response(head, LOCATION));
  return [
    step('client', 'The request', request.length, headParts(request, true)),
    step('server', 'The answer', response.length, headParts(response, false)),
    textStep('client', 'Hello'),
    textStep('server', 'Hello comes back'),
    step('client', 'The client closes: it ends TCP', 0, []),
  ];
}

function hixie76(): WireStep[] {
  const { key1, key2, body } = EXAMPLE_CHALLENGE;
  const head = hixie76Request(ASKED, key1, key2);
  const request = formatRequestHead(head);
  const response = formatResponseHead(hixie76Response(head, LOCATION));
  const solved = answerChallenge(key1, key2, body);
  const answer = 'answer' in solved ? solved.answer : new Uint8Array(0);
  const close = [hexPart(HIXIE_CLOSE, 'field-fin', 'a frame of type ff and length 0: close')];
  return [
    step('client', 'The request', request.length + body.length, [
      ...headParts(request, true),
      hexPart(body, 'field-masking-key', 'after the empty line: 8 bytes that no header announces'),
    ]),
    step('server', 'The answer', response.length + answer.length, [
      ...headParts(response, false),
      hexPart(answer, 'field-masking-key', 'after the empty line: the MD5 of both numbers and the 8 bytes'),
    ]),
    textStep('client', 'Hello'),
    textStep('server', 'Hello comes back'),
    step('client', 'The client closes', HIXIE_CLOSE.length, close),
    step('server', 'The server answers, and ends TCP', HIXIE_CLOSE.length, close),
  ];
}

function upgraded(request: Uint8Array, response: Uint8Array): WireStep[] {
  return [
    step('client', 'The request', request.length, headParts(request, true)),
    step('server', 'The answer', response.length, headParts(response, false)),
    ...FRAME_STEPS,
  ];
}

function hybi10(): WireStep[] {
  const head = hybi10Request(ASKED, EXAMPLE_KEY);
  const checked = checkRequest(asRfc6455(head, 'hybi-10'));
  if ('refusal' in checked) throw new Error(checked.refusal.sentence);
  return upgraded(formatRequestHead(head), formatResponseHead(acceptRequest(checked.request, {})));
}

function rfc6455(): WireStep[] {
  const head = createRequest({ ...ASKED, key: EXAMPLE_KEY });
  const checked = checkRequest(head);
  if ('refusal' in checked) throw new Error(checked.refusal.sentence);
  return upgraded(formatRequestHead(head), formatResponseHead(acceptRequest(checked.request, {})));
}

const CONNECT: readonly DraftField[] = [
  [':method', 'CONNECT'],
  [':protocol', 'websocket'],
  [':scheme', 'https'],
  [':path', '/echo'],
  [':authority', HOST],
  ['sec-websocket-version', '13'],
  ['origin', 'https://localhost:8080'],
];
const OK: readonly DraftField[] = [[':status', '200']];

const FROM_TABLE: Readonly<Record<EncodedField['fromTable'], string>> = {
  all: ', all of it from a table that both sides have',
  name: ', the name from a table that both sides have',
  nothing: '',
};

function fieldPart({ field: [name, value], bytes, fromTable }: EncodedField): WirePart {
  const isMark = name === ':protocol' || name === ':method' || name === ':status';
  return hexPart(bytes, isMark ? 'field-opcode' : 'field-rsv', `${name}: ${value}${FROM_TABLE[fromTable]}`);
}

/** Steps in a stream: each is one frame of HTTP, whose head comes first. */
function inStream(
  frameHead: (type: number, length: number, flags: number) => Uint8Array,
  headers: (fields: readonly DraftField[]) => WirePart[],
  lengthOf: (fields: readonly DraftField[]) => number,
  describeHead: string,
): WireStep[] {
  const headersStep = (from: WireStep['from'], title: string, fields: readonly DraftField[]) => {
    const head = frameHead(HTTP_FRAME.headers, lengthOf(fields), END_HEADERS);
    return step(from, title, head.length + lengthOf(fields), [
      hexPart(head, 'field-extended-payload-length', `a frame of HTTP: HEADERS${describeHead}`),
      ...headers(fields),
    ]);
  };
  return [
    headersStep('client', 'The request', CONNECT),
    headersStep('server', 'The answer', OK),
    ...FRAME_STEPS.map(({ from, title, byteLength, parts }, i) => {
      const ends = i === FRAME_STEPS.length - 1;
      const head = frameHead(HTTP_FRAME.data, byteLength, ends ? END_STREAM : 0);
      const what = `a frame of HTTP: DATA${describeHead}`;
      return step(from, title.replace('ends TCP', 'the stream ends'), head.length + byteLength, [
        hexPart(head, 'field-extended-payload-length', what),
        ...parts,
      ]);
    }),
  ];
}

const sum = (fields: readonly EncodedField[]) => fields.reduce((length, { bytes }) => length + bytes.length, 0);

function http2(): WireStep[] {
  return inStream(
    (type, length, flags) => http2FrameHead(type, flags, 1, length),
    (fields) => fields.map((field) => fieldPart(encodeHpackField(field))),
    (fields) => sum(fields.map(encodeHpackField)),
    ', its length, its flags and stream 1',
  );
}

function http3(): WireStep[] {
  return inStream(
    (type, length) => http3FrameHead(type, length),
    (fields) => [
      hexPart(QPACK_PREFIX, 'field-rsv', 'needs no entry of a dynamic table'),
      ...fields.map((field) => fieldPart(encodeQpackField(field))),
    ],
    (fields) => QPACK_PREFIX.length + sum(fields.map(encodeQpackField)),
    ' and its length. The stream is that of QUIC',
  );
}

/** Six ways to say Hello, in the order of their years. */
export function createEras(): Era[] {
  return [
    {
      id: 'hixie-75',
      name: 'hixie-75',
      date: 'February 2010',
      spokenBy: 'Chrome 4 and 5, Safari 5.0',
      steps: hixie75(),
      end: 'The answer proves nothing. A server that only repeats its input can look like a WebSocket server, and a page can misuse it.',
    },
    {
      id: 'hixie-76',
      name: 'hixie-76',
      date: 'May 2010',
      spokenBy: 'Chrome 6 to 13, Safari 5.0.1 to 5.1; Firefox 4 and Opera 11 switched it off',
      steps: hixie76(),
      end: 'Proxies do not expect the 8 bytes after the head, so some wait and some break the connection. And a page chooses the bytes that its client sends: researchers put false scripts into the caches of proxies.',
    },
    {
      id: 'hybi-10',
      name: 'HyBi-10, version 8',
      date: 'July 2011',
      spokenBy: 'Chrome 14 and 15, Firefox 7 to 10, and the listing of the 2011 book',
      steps: hybi10(),
      end: 'It became the RFC. Two headers changed: the version is 13, and Sec-WebSocket-Origin is called Origin. The frames are the same.',
    },
    {
      id: 'rfc-6455',
      name: 'RFC 6455, version 13',
      date: 'December 2011',
      spokenBy: 'every browser since 2012',
      steps: rfc6455(),
      end: 'Still in use. But each WebSocket needs a TCP connection of its own, with its own TLS handshake.',
    },
    {
      id: 'http-2',
      name: 'HTTP/2, RFC 8441',
      date: 'September 2018',
      spokenBy: 'browsers built on Chromium, and others, if the server allows it',
      steps: http2(),
      end: 'Still in use. One connection carries many WebSockets and pages, but a lost packet stops all of them until it is sent again.',
    },
    {
      id: 'http-3',
      name: 'HTTP/3, RFC 9220',
      date: 'June 2022',
      spokenBy: 'some servers, few clients',
      steps: http3(),
      end: 'In use, but not widespread. In QUIC, a lost packet stops only its own stream.',
    },
  ];
}
