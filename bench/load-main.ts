import { Load, type LoadOptions } from './load.ts';
import { openConnection } from './load-connection.ts';
import { connectForAWhile, connectTimes } from './load-connects.ts';
import { DeflateLoad, type DeflateLoadOptions } from './load-deflate.ts';
import { SharedLoad, type SharedLoadOptions } from './load-shared.ts';
import { answer } from './processes.ts';

// The process that makes the load, on the server at the given port.

export type LoadQuestion =
  | { readonly type: 'open'; readonly options: LoadOptions }
  | { readonly type: 'run'; readonly ms: number }
  | { readonly type: 'openShared'; readonly options: SharedLoadOptions }
  | { readonly type: 'runShared'; readonly ms: number }
  | { readonly type: 'openDeflate'; readonly options: DeflateLoadOptions }
  | { readonly type: 'runDeflate'; readonly ms: number }
  | { readonly type: 'latencyDeflate'; readonly ms: number }
  | { readonly type: 'connects'; readonly port: number; readonly ms: number; readonly atOnce: number }
  | { readonly type: 'connectTimes'; readonly port: number; readonly times: number; readonly atOnce: number }
  | { readonly type: 'latency'; readonly port: number; readonly path: string; readonly echoes: number }
  | { readonly type: 'hold'; readonly port: number; readonly path: string; readonly connections: number };

let load: Load | undefined;
let sharedLoad: SharedLoad | undefined;
let deflateLoad: DeflateLoad | undefined;

answer(async (question: LoadQuestion) => {
  switch (question.type) {
    case 'open':
      load = new Load(question.options);
      return load.open();
    case 'run':
      return load?.run(question.ms);
    case 'openShared':
      sharedLoad = new SharedLoad(question.options);
      return sharedLoad.open();
    case 'runShared':
      return sharedLoad?.run(question.ms);
    case 'openDeflate':
      deflateLoad = new DeflateLoad(question.options);
      return deflateLoad.open();
    case 'runDeflate':
      return deflateLoad?.run(question.ms);
    case 'latencyDeflate':
      return deflateLoad?.latency(question.ms);
    case 'connects':
      return connectForAWhile(question.port, question.atOnce, question.ms);
    case 'connectTimes':
      return connectTimes(question.port, question.atOnce, question.times);
    case 'latency':
      return medianLatency(question.port, question.path, question.echoes);
    case 'hold':
      return hold(question.port, question.path, question.connections);
  }
}, 'ready');

/** The frame of the text "Hello" from the RFC, masked. §5.7. */
const HELLO = Buffer.from('818537fa213d7f9f4d5158', 'hex');
const MAX_DROPPED = 50;

/** @returns the median time from a message to its echo, in microseconds */
async function medianLatency(port: number, path: string, echoes: number): Promise<number> {
  let onEcho: () => void = () => {};
  const socket = await openConnection(port, path, () => onEcho());
  const times: number[] = [];
  for (let i = 0; i < echoes + MAX_DROPPED; i++) {
    const { promise, resolve } = Promise.withResolvers<void>();
    onEcho = resolve;
    const startedAtMs = performance.now();
    socket.write(HELLO);
    await promise;
    if (i >= MAX_DROPPED) times.push((performance.now() - startedAtMs) * 1000);
  }
  socket.destroy();
  return times.sort((left, right) => left - right)[Math.floor(times.length / 2)] as number;
}

/** Opens connections that stay open and send nothing. */
async function hold(port: number, path: string, connections: number): Promise<void> {
  for (let i = 0; i < connections; i++) await openConnection(port, path, () => {});
}
