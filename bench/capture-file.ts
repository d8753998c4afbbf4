import { closeSync, openSync, writeSync } from 'node:fs';
import { encodeFrame } from '../src/protocol/index.ts';

const encoder = new TextEncoder();
const encodeText = (text: string) => encoder.encode(text);

// RFC 6455 §1.3.
const REQUEST =
  'GET /chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
const RESPONSE =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

const BUFFER_BYTES = 4 * 1024 * 1024;
const PACKET_HEADERS = 14 + 20 + 20;
const BLOCK_BYTES = 32;
const MASKING_KEY = 0x37fa213d;
const PORTS = [50_000, 8080] as const;
const [FIN, SYN, PUSH, ACK] = [1, 2, 8, 16];
/** Microseconds since 1970, and between two packets. */
const START_US = 1_700_000_000_000_000;
const STEP_US = 20;

/** Writes a pcapng capture of one connection with this many text frames, from both sides in turn, a segment each. */
export function writeCapture(path: string, frames: number): void {
  const file = openSync(path, 'w');
  const buffer = new Uint8Array(BUFFER_BYTES);
  const view = new DataView(buffer.buffer);
  const sequences: [number, number] = [1000, 5000];
  let at = 0;
  let timeUs = START_US;

  const flush = () => {
    for (let done = 0; done < at; ) done += writeSync(file, buffer, done, at - done);
    buffer.fill(0, 0, at);
    at = 0;
  };
  const writeNumbers = (...numbers: number[]) => {
    for (const number of numbers) {
      view.setUint32(at, number, true);
      at += 4;
    }
  };
  const packet = (side: 0 | 1, flags: number, payload = new Uint8Array(0)) => {
    const length = PACKET_HEADERS + payload.length;
    const blockLength = BLOCK_BYTES + ((length + 3) & ~3);
    if (at + blockLength > BUFFER_BYTES) flush();
    const end = at + blockLength;
    timeUs += STEP_US;
    writeNumbers(6, blockLength, 0, Math.floor(timeUs / 2 ** 32), timeUs % 2 ** 32, length, length);
    view.setUint16(at + 12, 0x0800);
    view.setUint8(at + 14, 0x45);
    view.setUint16(at + 16, 40 + payload.length);
    view.setUint8(at + 23, 6);
    view.setUint32(at + 26, 0x7f000001);
    view.setUint32(at + 30, 0x7f000001);
    view.setUint16(at + 34, PORTS[side]);
    view.setUint16(at + 36, PORTS[1 - side] as number);
    view.setUint32(at + 38, sequences[side]);
    view.setUint32(at + 42, sequences[1 - side] as number);
    view.setUint8(at + 46, 0x50);
    view.setUint8(at + 47, flags);
    view.setUint16(at + 48, 65_535);
    buffer.set(payload, at + PACKET_HEADERS);
    view.setUint32(end - 4, blockLength, true);
    at = end;
    sequences[side] = (sequences[side] + payload.length + ((flags & (FIN | SYN)) === 0 ? 0 : 1)) >>> 0;
  };

  // A section and an interface of Ethernet, with times in microseconds.
  writeNumbers(0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28);
  writeNumbers(1, 20, 1, 262_144, 20);
  packet(0, SYN);
  packet(1, SYN | ACK);
  packet(0, ACK);
  packet(0, PUSH | ACK, encodeText(REQUEST));
  packet(1, PUSH | ACK, encodeText(RESPONSE));
  for (let i = 0; i < frames; i++) {
    const payload = encodeText(`{"type":"tick","sequence":${String(i).padStart(9, '0')},"price":101.25}`);
    const side = (i & 1) as 0 | 1;
    packet(side, PUSH | ACK, encodeFrame({ opcode: 1, payload, ...(side === 0 && { maskingKey: MASKING_KEY }) }));
  }
  packet(1, FIN | ACK);
  packet(0, FIN | ACK);
  packet(1, ACK);
  flush();
  closeSync(file);
}
