import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { openConnection } from '../../../bench/load-connection.ts';
import { masked } from '../../../server/testing/raw-peer.ts';

const [BINARY, PING] = [2, 9];
const MESSAGE_LENGTH = 64 * 1024;
const MESSAGE = masked({ opcode: BINARY, payload: new Uint8Array(MESSAGE_LENGTH) });
/** What the server makes of it: the length is in 8 bytes, and there is no mask. */
const ECHO_LENGTH = MESSAGE_LENGTH + 10;

/** So many at once send messages without end, read no echo, and are cut off. */
export async function echoUnread(port: number, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = await openConnection(port, '/echo', () => {});
      socket.pause();
      for (let i = 0; i < 400; i++) socket.write(MESSAGE);
      await closed(socket);
    }),
  );
}

/**
 * So many read nothing of a broadcast and are cut off, while one sends it and reads it.
 *
 * @returns how many of its messages came back to the one who sent them
 */
export async function broadcastUnread(port: number, count: number, messages: number): Promise<number> {
  const unread = Array.from({ length: count }, async () => {
    const socket = await openConnection(port, '/broadcast', () => {});
    socket.pause();
    return socket;
  });
  const sockets = await Promise.all(unread);
  const received = await sendOneByOne(port, messages);
  // What is sent to a connection that is no more is answered with a reset.
  await Promise.all(sockets.map((socket) => closed(socket)));
  return received;
}

/** The next message goes out when the last one is back. */
async function sendOneByOne(port: number, messages: number): Promise<number> {
  let receivedBytes = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const onBytes = (bytes: Uint8Array) => {
    const before = Math.floor(receivedBytes / ECHO_LENGTH);
    receivedBytes += bytes.length;
    const whole = Math.floor(receivedBytes / ECHO_LENGTH);
    if (whole === messages) resolve();
    else if (whole > before) sender.write(MESSAGE);
  };
  const sender = await openConnection(port, '/broadcast', onBytes);
  sender.on('close', () => resolve());
  sender.write(MESSAGE);
  await promise;
  sender.destroy();
  return receivedBytes / ECHO_LENGTH;
}

/** What is asked of the server by the one who sends pings and reads no pong. */
export interface PingFlood {
  /** Waits until the server has stopped reading. */
  stalled(): Promise<void>;
  /** Reads. @returns how many pongs came */
  read(): Promise<number>;
}

const PING_PAYLOAD_LENGTH = 32;
const PINGS_AT_ONCE = 1000;

/** Sends so many pings. */
export async function floodWithPings(port: number, pings: number): Promise<PingFlood> {
  const pongLength = 2 + PING_PAYLOAD_LENGTH;
  let receivedBytes = 0;
  const { promise: allThere, resolve } = Promise.withResolvers<void>();
  const socket = await openConnection(port, '/echo', (bytes) => {
    receivedBytes += bytes.length;
    if (receivedBytes >= pings * pongLength) resolve();
  });
  socket.on('close', () => resolve());
  socket.pause();
  const ping = masked({ opcode: PING, payload: new Uint8Array(PING_PAYLOAD_LENGTH) });
  const batch = Buffer.concat(Array.from({ length: PINGS_AT_ONCE }, () => ping));
  for (let sent = 0; sent < pings; sent += PINGS_AT_ONCE) socket.write(batch);
  return {
    stalled: () => stalled(socket),
    async read() {
      socket.resume();
      await allThere;
      socket.destroy();
      return receivedBytes / pongLength;
    },
  };
}

/** Waits until nothing has gone out for a while, although something would. */
export async function stalled(socket: Socket): Promise<void> {
  for (let [gone, before] = [0, -1]; gone !== before || socket.writableLength === 0; ) {
    await wait(300);
    before = gone;
    gone = socket.bytesWritten - socket.writableLength;
  }
}

/** Who reads nothing is not told of the end: only a write finds out. */
function closed(socket: Socket): Promise<void> {
  const timer = setInterval(() => socket.write(masked({ opcode: PING, payload: new Uint8Array(0) })), 100);
  return new Promise((resolve) => {
    socket.removeAllListeners('error');
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve();
    });
  });
}
