import type { Direction, WireFrame, WireMessage } from '../../src/inspector/wire/wire.ts';
import { bracket } from '../socket/remote.ts';
import { createDecide, parseRules, type RuleScript } from './decide.ts';
import { Player } from './player.ts';
import { type ProxyListener, ProxyServer, type ProxyServerOptions } from './proxy.ts';
import { parseProxyTarget } from './target.ts';

/** How to start a proxy; every option may be left out. */
export interface ProxyOptions extends Omit<ProxyServerOptions, 'target' | 'listener' | 'recording' | 'decide'> {
  /** Whether the target may be on another machine. */
  readonly allowRemote?: boolean;
  /** Such as `out & text~/price/ -> delay 500`. The first one that fits a frame decides. */
  readonly rules?: readonly string[];
  /** Asked about each frame that no rule fits. */
  readonly script?: RuleScript;
}

/** A proxy that runs in this process. */
export interface Proxy {
  /** The address for the client, with the path of the target: `ws://127.0.0.1:40123/chat`. */
  readonly url: string;
  readonly port: number;
  /** The number of TCP connections of clients. */
  readonly connections: number;
  /**
   * Ends TCP on both sides of every open connection, as a network does that breaks.
   *
   * @param how `FIN` after the last bytes, or by default `RST` at once
   */
  cut(how?: 'FIN' | 'RST'): void;
  /**
   * Passes nothing on until it is released. No byte is lost. Connections that open later are held, too.
   *
   * @param direction `in` from the client, `out` from the server; by default both
   * @returns a function that releases what was held
   */
  hold(direction?: Direction): () => void;
  /** Passes on what rules hold. */
  release(): void;
  /** What rules have done, one sentence for each frame, and what went wrong. */
  readonly acts: readonly string[];
  /** The messages of the recording, as a tap gets them. */
  messages(): WireMessage[];
  /** The frames of all connections, in order. */
  frames(): WireFrame[];
  /**
   * Waits until the recording has a frame that fits.
   *
   * @param fits gets each frame, and its place among all frames
   * @throws the signal's reason when it is aborted
   */
  frame(fits: (frame: WireFrame, index: number) => boolean, signal?: AbortSignal): Promise<WireFrame>;
  /** Passes on what was read, ends all connections, and resolves when they are gone. */
  close(): Promise<void>;
}

/**
 * Starts a proxy in front of a WebSocket server.
 *
 * @param url of the server, such as `ws://localhost:3000/chat`
 * @throws RangeError if a rule has a mistake, or the URL is none, or leads to another machine without `allowRemote`
 */
export function proxy(url: string, options: ProxyOptions = {}): Promise<Proxy> {
  return start(url, options);
}

async function start(url: string, options: ProxyOptions): Promise<Proxy> {
  const { allowRemote = false, host = '127.0.0.1', rules = [], script, ...rest } = options;
  const target = parseProxyTarget(url, allowRemote);
  const acts: string[] = [];
  const listener: ProxyListener = {
    acted: (_, sentence) => acts.push(sentence),
    problem: (sentence) => acts.push(sentence),
  };
  const decide = createDecide({ rules: parseRules(rules), script, onProblem: (sentence) => acts.push(sentence) });
  const server = new ProxyServer({ ...rest, host, target, listener, decide });
  const { port } = await server.listen();
  const messages = (): WireMessage[] => {
    const { recording } = server;
    const cursor = recording.start();
    const player = new Player();
    const all: WireMessage[] = [];
    for (let record = recording.next(cursor); record !== undefined; record = recording.next(cursor))
      all.push(...player.messagesOf(record));
    return all;
  };
  const frames = () => messages().filter((message) => message.type === 'frame');
  return {
    url: `ws://${bracket(host)}:${port}${target.path}`,
    port,
    get connections() {
      return server.connections.size;
    },
    cut: (how = 'RST') => {
      for (const connection of server.connections) connection.cut(how);
    },
    hold: (direction) => server.hold(direction === undefined ? ['in', 'out'] : [direction]),
    release: () => server.release(),
    acts,
    messages,
    frames,
    frame: async (fits, signal) => {
      for (;;) {
        const found = frames().find(fits);
        if (found !== undefined) return found;
        signal?.throwIfAborted();
        await added(server, signal);
      }
    },
    close: () => server.close(),
  };
}

/** Resolves when something was recorded, or the signal is aborted. */
function added({ recording }: ProxyServer, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = recording.onAdded(resolve);
  signal?.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(stop);
}
