import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** The shortest request that a server accepts, with the RFC's sample key. RFC 6455 §4.1. */
export const requestFor = (path: string, extensions?: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    ...(extensions === undefined ? [] : [`Sec-WebSocket-Extensions: ${extensions}`]),
    `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==${HEAD_END}`,
  ].join('\r\n');

/** The one buffer for the reads of all connections: the bytes of a read are processed at once. */
const buffer = Buffer.allocUnsafe(64 * 1024);

/**
 * Connects and asks for the upgrade.
 *
 * @param onBytes called for each read after the answer's head; the bytes are valid until it returns
 * @param extensions the value of Sec-WebSocket-Extensions
 * @returns the socket, when the answer's head has arrived
 */
export function openConnection(
  port: number,
  path: string,
  onBytes: (bytes: Uint8Array) => void,
  extensions?: string,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let opened = false;
    const callback = (byteLength: number): boolean => {
      const bytes = buffer.subarray(0, byteLength);
      if (opened) onBytes(bytes);
      else {
        const end = bytes.indexOf(HEAD_END);
        opened = end >= 0;
        if (opened) resolve(socket);
        else reject(new Error(`the answer's head does not end in its read: ${bytes.toString('latin1')}`));
        // A server may speak at once.
        const rest = bytes.subarray(end + HEAD_END.length);
        if (opened && rest.length > 0) onBytes(rest);
      }
      return true;
    };
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback } });
    socket.on('error', reject);
    socket.on('connect', () => socket.write(requestFor(path, extensions)));
  });
}
