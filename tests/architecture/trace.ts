import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { maskedText, RawPeer } from '../../server/testing/raw-peer.ts';

export type TraceOrder = 'start' | 'stop';

/** One function of the project, and how many times it was called. */
export interface TracedCall {
  /** From the project's root. */
  readonly file: string;
  /** As V8 names it: a method by its own name, private ones with `#`. */
  readonly functionName: string;
  readonly count: number;
}

/**
 * Lets a server echo one short text, and says which of the project's functions were called on the way from the socket to
 * the handler and back: counted by V8, in a process of its own.
 */
export async function traceEcho(): Promise<readonly TracedCall[]> {
  const server = fork(fileURLToPath(new URL('trace-main.ts', import.meta.url)), { stdio: 'inherit' });
  try {
    const [port] = (await once(server, 'message')) as [number];
    const peer = await RawPeer.open(port, '/echo');
    // The first message makes what the later ones find there.
    for (const text of ['first', 'second']) await echo(peer, text);
    server.send('start' satisfies TraceOrder);
    await once(server, 'message');
    await echo(peer, 'Hello');
    server.send('stop' satisfies TraceOrder);
    const [calls] = (await once(server, 'message')) as [readonly TracedCall[]];
    peer.socket.destroy();
    return calls;
  } finally {
    server.kill('SIGKILL');
  }
}

async function echo(peer: RawPeer, text: string): Promise<void> {
  peer.send(maskedText(text));
  const { payload } = await peer.frame();
  if (payload.toString() !== text) throw new Error(`${text} came back as ${payload.toString()}`);
}
