import { RawPeer } from '../../../server/testing/raw-peer.ts';

/** @returns no status where the answer was cut off before it began */
export async function ask(port: number, path = '/') {
  const peer = await RawPeer.connect(port);
  peer.send(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  await peer.end();
  const [head = '', text] = peer.received.toString('latin1').split('\r\n\r\n');
  return { status: /^HTTP\/1.1 (\d+)/.exec(head)?.[1], text };
}

/** Sends so many requests at once on one connection, and reads no answer. @returns how to hang up */
export async function askUnread(port: number, request: string, times: number): Promise<() => void> {
  const peer = await RawPeer.connect(port);
  peer.socket.pause();
  peer.send(`${request} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(times));
  return () => peer.socket.resetAndDestroy();
}

/** Sends so many requests at once on one connection, and reads all answers. @returns how many of them have this status */
export async function askMany(port: number, request: string, times: number, status: number): Promise<number> {
  const peer = await RawPeer.connect(port);
  peer.send(`${request} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(times));
  peer.send('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  await peer.end();
  return peer.received.toString('latin1').split(`HTTP/1.1 ${status} `).length - 1;
}

/** Asks for a file and reads it in steps. @returns how many bytes came */
export async function askSlowly(port: number, path: string, bytesAStep: number, stepMs: number): Promise<number> {
  const peer = await RawPeer.connect(port);
  let allowed = 0;
  const timer = setInterval(() => {
    allowed += bytesAStep;
    peer.socket.resume();
  }, stepMs);
  peer.socket.on('data', () => {
    if (peer.received.length > allowed) peer.socket.pause();
  });
  peer.send(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  await peer.end();
  clearInterval(timer);
  return peer.received.length;
}
