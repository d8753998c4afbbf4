import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Arrivals } from './interop-arrivals.ts';

export interface WsMessage {
  readonly data: Buffer;
  readonly isBinary: boolean;
}

/** How the `ws` package saw its connection end. */
export interface WsClose {
  readonly code: number;
  readonly reason: string;
}

/** A client of the `ws` package that is open, with what came to it. */
export interface WsClient {
  readonly socket: WebSocket;
  readonly messages: Arrivals<WsMessage>;
  readonly pongs: Arrivals<Buffer>;
  readonly closed: Promise<WsClose>;
}

export async function openWs(address: string, subprotocols: string[] = []): Promise<WsClient> {
  const socket = new WebSocket(address, subprotocols);
  const messages = new Arrivals<WsMessage>();
  const pongs = new Arrivals<Buffer>();
  socket.on('message', (data, isBinary) => messages.add({ data: data as Buffer, isBinary }));
  socket.on('pong', (payload) => pongs.add(payload));
  const closed = new Promise<WsClose>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await once(socket, 'open');
  return { socket, messages, pongs, closed };
}
