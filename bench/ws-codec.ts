import * as ws from 'ws';

/** The part of the peer's receiver that is used here: the package exports the class, but its types do not. */
export interface WsReceiver {
  write(chunk: Uint8Array): boolean;
  on(event: 'message', listener: (payload: Buffer, isBinary: boolean) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
}

export interface WsSender {
  send(data: Uint8Array, options: { binary: boolean; fin: boolean; mask: boolean; compress: boolean }): void;
}

/** The part of a socket that the peer's sender calls. */
export interface WsSocket {
  write(bytes: Uint8Array): void;
  cork(): void;
  uncork(): void;
}

interface WsCodec {
  readonly Receiver: new (options: {
    isServer: boolean;
    maxPayload: number;
    maxFragments: number;
    maxBufferedChunks: number;
  }) => WsReceiver;
  readonly Sender: new (socket: WsSocket) => WsSender;
}

const codec = ws as unknown as WsCodec;

/** Creates a receiver with the peer's default options, as its own server does. */
export function createWsReceiver(): WsReceiver {
  return new codec.Receiver({
    isServer: true,
    maxPayload: 100 * 1024 * 1024,
    maxFragments: 16 * 1024,
    maxBufferedChunks: 256 * 1024,
  });
}

export function createWsSender(socket: WsSocket): WsSender {
  return new codec.Sender(socket);
}
