import { RawPeer, requestFor } from '../../../server/testing/raw-peer.ts';

/** How a server meets one more connection. */
export interface Met {
  /** The status of its answer; undefined where it ends without one. */
  readonly status: string | undefined;
  readonly peer: RawPeer;
}

/** Asks for a WebSocket, and leaves where it is not let in. */
export async function meet(port: number): Promise<Met> {
  const peer = await RawPeer.connect(port);
  peer.send(requestFor('/echo'));
  const head = await peer.head().catch(() => '');
  const status = /^HTTP\/1.1 (\d+)/.exec(head)?.[1];
  if (status !== '101') peer.socket.destroy();
  return { status, peer };
}

/** As {@link meet}, and leaves in any case. */
export async function meetAndPart(port: number): Promise<string | undefined> {
  const { status, peer } = await meet(port);
  peer.socket.destroy();
  return status;
}
