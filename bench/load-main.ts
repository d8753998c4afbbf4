import { Load, type LoadOptions } from './load.ts';
import { openConnection } from './load-connection.ts';
import { connectForAWhile, connectTimes } from './load-connects.ts';
import { DeflateLoad, type DeflateLoadOptions } from './load-deflate.ts';
import { answer } from './processes.ts';

// The process that makes the load, on the server at the given port.

export type LoadQuestion =
  | { readonly type: 'open'; readonly options: LoadOptions }
  | { readonly type: 'run'; readonly ms: number }
  | { readonly type: 'openDeflate'; readonly options: DeflateLoadOptions }
  | { readonly type: 'runDeflate'; readonly ms: number }
  | { readonly type: 'latencyDeflate'; readonly ms: number }
  | { readonly type: 'connects'; readonly port: number; readonly ms: number; readonly atOnce: number }
  | { readonly type: 'connectTimes'; readonly port: number; readonly times: number; readonly atOnce: number }
  | { readonly type: 'hold'; readonly port: number; readonly path: string; readonly connections: number };

let load: Load | undefined;
let deflateLoad: DeflateLoad | undefined;

answer(async (question: LoadQuestion) => {
  switch (question.type) {
    case 'open':
      load = new Load(question.options);
      return load.open();
    case 'run':
      return load?.run(question.ms);
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
    case 'hold':
      return hold(question.port, question.path, question.connections);
  }
}, 'ready');

/** Opens connections that stay open and send nothing. */
async function hold(port: number, path: string, connections: number): Promise<void> {
  for (let i = 0; i < connections; i++) await openConnection(port, path, () => {});
}
