import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { masked, maskedText, RawPeer } from '../../../server/testing/raw-peer.ts';
import type { ConformanceAnswer } from '../../../src/companion/conformance.ts';
import { computeAccept } from '../../../src/protocol/index.ts';

const [TEXT, PING, PONG] = [1, 9, 10];

/** What came of one check. */
export interface Checked {
  /** The last message: how it ended, or why it did not begin. */
  readonly end: string;
  /** How many cases there were of each outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Orders a check as a page does, and waits for its end. */
export async function orderCheck(port: number, order: object): Promise<Checked> {
  const page = await RawPeer.open(port, '/lab/check');
  page.send(maskedText(JSON.stringify(order)));
  const outcomes: Record<string, number> = {};
  for (;;) {
    const { opcode, payload } = await page.frame();
    if (opcode === PING) page.send(masked({ opcode: PONG, payload }));
    if (opcode !== TEXT) continue;
    const answer = JSON.parse(payload.toString()) as ConformanceAnswer;
    if (answer.type === 'progress') {
      const { outcome } = answer.result;
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      continue;
    }
    page.socket.destroy();
    return { end: answer.type === 'done' ? answer.end : answer.sentence, outcomes };
  }
}

/**
 * A server that opens each connection, and then sends one thing over and over.
 *
 * @param first sent once before
 * @returns its address
 */
export async function flooding(bytes: Uint8Array, first: Uint8Array = new Uint8Array(0)): Promise<string> {
  const flood = Buffer.concat(Array.from({ length: Math.ceil(65_536 / bytes.length) }, () => bytes));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const pour = () => {
      while (socket.writable && socket.write(flood));
    };
    socket.once('data', (request: Buffer) => {
      const key = /Sec-WebSocket-Key: *(\S+)/i.exec(request.toString('latin1'))?.[1] ?? '';
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`);
      socket.write(`Sec-WebSocket-Accept: ${computeAccept(key)}\r\n\r\n`);
      socket.write(first);
      socket.on('drain', pour);
      pour();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
