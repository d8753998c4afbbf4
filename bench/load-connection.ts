import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** What is asked of a server, as little as it takes. RFC 6455 §4.1; the key is the RFC's own. */
export const requestFor = (path: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==${HEAD_END}`,
  ].join('\r\n');

/** Where every read goes, of whichever connection: what is read is done with at once. */
const buffer = Buffer.allocUnsafe(64 * 1024);

/**
 * Connects and asks for the upgrade; from then on, each read is told of.
 *
 * @param onBytes the bytes are good until it returns
 * @returns the socket, once the answer's head is there
 */
export function openConnection(port: number, path: string, onBytes: (bytes: Uint8Array) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let opened = false;
    const callback = (byteLength: number): boolean => {
      const bytes = buffer.subarray(0, byteLength);
      if (opened) onBytes(bytes);
      else {
        opened = bytes.toString('latin1').endsWith(HEAD_END);
        if (opened) resolve(socket);
        else reject(new Error(`the answer's head does not end with its read: ${bytes.toString('latin1')}`));
      }
      return true;
    };
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback } });
    socket.on('error', reject);
    socket.on('connect', () => socket.write(requestFor(path)));
  });
}
