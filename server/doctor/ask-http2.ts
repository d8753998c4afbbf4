import { type ClientHttp2Session, connect } from 'node:http2';
import { performance } from 'node:perf_hooks';
import type { TLSSocket } from 'node:tls';
import type { DoctorUrl } from './doctor-url.ts';
import { messageOf } from './reach.ts';

/** What a server says to a WebSocket over HTTP/2. RFC 8441. */
export interface Http2Answer {
  /** Whether its settings offer the extended CONNECT. */
  readonly offered: boolean;
  /** The status of the answer; undefined if the server was not asked, or gave none. */
  readonly status: number | undefined;
  readonly problem: string | undefined;
  readonly tookMs: number;
}

/** @param socket with h2 agreed on; ended here */
export async function askHttp2(socket: TLSSocket, target: DoctorUrl, timeoutMs: number): Promise<Http2Answer> {
  const startedMs = performance.now();
  const session = connect(`https://${target.host}`, {
    createConnection: () => socket,
    settings: { enablePush: false },
  });
  session.on('error', () => {});
  const answer = (offered: boolean, status?: number, problem?: string): Http2Answer => ({
    offered,
    status,
    problem,
    tookMs: performance.now() - startedMs,
  });
  try {
    const settings = await within(timeoutMs, settingsOf(session));
    if (settings.enableConnectProtocol !== true) return answer(false);
    return answer(true, await within(timeoutMs, statusOf(session, target)));
  } catch (error) {
    return answer(false, undefined, messageOf(error));
  } finally {
    session.destroy();
    socket.destroy();
  }
}

function settingsOf(session: ClientHttp2Session): Promise<{ enableConnectProtocol?: boolean | undefined }> {
  return new Promise((resolve, reject) => {
    session.once('remoteSettings', resolve);
    session.once('error', reject);
    session.once('close', () => reject(new Error('the server ended the session before its settings')));
  });
}

function statusOf(session: ClientHttp2Session, { host, target, origin }: DoctorUrl): Promise<number> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':scheme': 'https',
      ':authority': host,
      ':path': target,
      'sec-websocket-version': '13',
      origin,
    });
    stream.once('response', (headers) => resolve(Number(headers[':status'])));
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('the server ended the stream without an answer')));
  });
}

async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
