import { createServer, type Server, type Socket } from 'node:net';
import { joinBytes } from '../../../src/bytes/join-bytes.ts';
import { CLIENT_CASES, type ClientCase, type ClientTranscript, needsEcho } from '../../../src/conformance/index.ts';
import {
  acceptRequest,
  computeAccept,
  encodeCloseBody,
  encodeFrame,
  encodeText,
  formatResponseHead,
  headerTokens,
  headerValues,
  OPCODE,
  parseRequestHead,
  type RequestHead,
  readAddress,
} from '../../../src/protocol/index.ts';
import { plainBytes } from '../../socket/plain-bytes.ts';
import type { Patience } from '../patience.ts';
import type { CaseResult } from '../run-case.ts';
import { Agent } from './agent.ts';
import { httpAnswer } from './http-answers.ts';
import { PAGE, PAGE_SCRIPT, PAGE_STYLE } from './page.ts';
import { runClientCase } from './run-client-case.ts';

const MAX_CONNECTIONS = 64;
const MAX_AGENTS = 64;
const MAX_AGENT_NAME = 100;
/** A client must send its request in this time. */
const MAX_HEAD_MS = 10_000;
/** A client must close a connection without a case in this time. */
const MAX_CONTROL_MS = 5_000;
/** After the last case, a client may ask for results for this long. */
const MAX_FAREWELL_MS = 1_000;
/** When the server closes, answers that are still being sent get this long. */
const MAX_FLUSH_MS = 300;
const DEFAULT_AGENT = 'client';

export interface ClientServerOptions {
  /** The cases to serve, all of them if left out. */
  readonly cases?: readonly ClientCase[] | undefined;
  /** The waits of each client; for tests, which know that nothing more comes. */
  readonly createPatience?: (() => Patience) | undefined;
  /** Called after each case. */
  readonly onResult?: ((agent: Agent, result: CaseResult, transcript: ClientTranscript) => void) | undefined;
  /** Called when a client has run all cases, or asks for its report. */
  readonly onFinish?: ((agent: Agent) => void) | undefined;
}

/** A server that tests its clients: each case has an address of its own. */
export class ClientServer {
  readonly cases: readonly ClientCase[];
  readonly agents = new Map<string, Agent>();
  readonly #options: ClientServerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #stop = new AbortController();

  constructor(options: ClientServerOptions = {}) {
    this.#options = options;
    this.cases = options.cases ?? CLIENT_CASES;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket));
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  /**
   * @returns the port
   * @throws the system's error if the port is taken
   */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    const timer = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, MAX_FLUSH_MS);
    await new Promise((resolve) => this.#server.close(resolve));
    clearTimeout(timer);
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const timer = setTimeout(() => socket.destroy(), MAX_HEAD_MS);
    socket.once('close', () => clearTimeout(timer));
    let bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
    const onData = (chunk: Buffer): void => {
      const searchFrom = bytes.length;
      bytes = joinBytes([bytes, plainBytes(chunk)]);
      const parsed = parseRequestHead(bytes, undefined, searchFrom);
      if (parsed.kind === 'incomplete') return;
      clearTimeout(timer);
      socket.removeListener('data', onData);
      socket.removeListener('end', onEnd);
      socket.pause();
      if (parsed.kind === 'refused') {
        answer(socket, httpAnswer('400 Bad Request', 'text/plain', `${parsed.refusal.sentence}\n`));
        return;
      }
      const [headBytes, rest] = [bytes.slice(0, parsed.byteLength), bytes.slice(parsed.byteLength)];
      this.#route(socket, parsed.head, headBytes, rest);
    };
    const onEnd = () => socket.destroy();
    socket.on('data', onData);
    socket.on('end', onEnd);
  }

  #route(socket: Socket, request: RequestHead, headBytes: Uint8Array, rest: Uint8Array): void {
    const { path, query } = readAddress(request);
    const parameters = new URLSearchParams(query);
    const agent = this.#agentOf(parameters.get('agent') ?? DEFAULT_AGENT);
    if (agent === undefined) {
      answer(socket, notFound(`There are already ${MAX_AGENTS} agents.`));
      return;
    }
    const isWebSocket = headerTokens(request, 'Upgrade').some((token) => token.toLowerCase() === 'websocket');
    const given = this.#caseOf(path, parameters);
    if (given !== undefined && isWebSocket) {
      // After its report, a client starts anew.
      void this.#run(agent.reported ? this.#renewed(agent) : agent, given, { socket, request, headBytes, rest });
      return;
    }
    const text = this.#textOf(path, parameters, agent);
    if (text === undefined)
      answer(
        socket,
        notFound(`${path} is none of this server’s paths. / has a page for browsers, and /cases.json lists all cases.`),
      );
    else if (isWebSocket) answerBySocket(socket, request, text.body);
    else answer(socket, httpAnswer('200 OK', text.type, text.body));
    if (path === '/updateReports') this.#finish(agent);
  }

  async #run(agent: Agent, given: ClientCase, opening: Parameters<typeof runClientCase>[1]): Promise<void> {
    agent.running++;
    try {
      const { patience } = agent;
      const run = await runClientCase(given, opening, { patience, earlier: agent, signal: this.#stop.signal });
      if (this.#stop.signal.aborted) return;
      agent.add(run, headerValues(opening.request, 'Sec-WebSocket-Key')[0] ?? '');
      this.#options.onResult?.(agent, run.result, run.transcript);
    } finally {
      agent.running--;
    }
    if (agent.wantsReport) this.#finish(agent);
    else if (this.cases.every(({ id }) => agent.resultOf(id) !== undefined)) this.#finishSoon(agent);
  }

  /** A client may still ask for its report, as the Autobahn suite has it, or for its last result. */
  #finishSoon(agent: Agent): void {
    const timer = setTimeout(() => this.#finish(agent), MAX_FAREWELL_MS);
    this.#stop.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  /** The report waits for the cases that still run: a client may go on before the server has judged. */
  #finish(agent: Agent): void {
    agent.wantsReport = true;
    if (agent.running > 0 || agent.reported) return;
    agent.reported = true;
    this.#options.onFinish?.(agent);
  }

  #agentOf(name: string): Agent | undefined {
    const short = name.slice(0, MAX_AGENT_NAME);
    const known = this.agents.get(short);
    if (known !== undefined || this.agents.size >= MAX_AGENTS) return known;
    const agent = new Agent(short, this.#options.createPatience?.());
    this.agents.set(short, agent);
    return agent;
  }

  #renewed({ name }: Agent): Agent {
    const agent = new Agent(name, this.#options.createPatience?.());
    this.agents.set(name, agent);
    return agent;
  }

  /** `/case/7`, `/case/5.5.2-ping-text`, or as the Autobahn suite has it `/runCase?case=7`. Numbers begin with 1. */
  #caseOf(path: string, parameters: URLSearchParams): ClientCase | undefined {
    const name = path === '/runCase' ? parameters.get('case') : /^\/case\/(.+)$/.exec(path)?.[1];
    return name == null ? undefined : this.#caseNamed(name);
  }

  #caseNamed(name: string): ClientCase | undefined {
    if (/^\d+$/.test(name)) return this.cases[Number(name) - 1];
    return this.cases.find(({ id }) => id === decoded(name));
  }

  #textOf(path: string, parameters: URLSearchParams, agent: Agent): { type: string; body: string } | undefined {
    const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) });
    const resultPath = /^\/results\/(.+)$/.exec(path)?.[1];
    const named = this.#caseNamed(resultPath ?? parameters.get('case') ?? '');
    if (path === '/') return { type: 'text/html', body: PAGE };
    if (path === '/page.js') return { type: 'text/javascript', body: PAGE_SCRIPT };
    if (path === '/page.css') return { type: 'text/css', body: PAGE_STYLE };
    if (path === '/getCaseCount') return json(this.cases.length);
    if (path === '/updateReports') return { type: 'text/plain', body: '' };
    if (path === '/cases.json') return json({ cases: this.cases.map((each, index) => indexOf(each, index)) });
    if (named === undefined) return undefined;
    if (path === '/getCaseInfo') return json({ id: named.id, description: `${named.title}. ${named.requirement}` });
    const result = agent.resultOf(named.id);
    if (path === '/getCaseStatus')
      return json({ behavior: result === undefined ? 'NOT RUN' : BEHAVIOR[result.outcome] });
    if (resultPath === undefined || result === undefined) return undefined;
    const { id, title, outcome, finding, cause } = result;
    return json({ id, title, outcome, finding, cause });
  }
}

/** The words of the Autobahn suite. */
const BEHAVIOR = { passed: 'OK', allowed: 'NON-STRICT', failed: 'FAILED' } as const;

function indexOf(given: ClientCase, index: number) {
  const { id, title, section, requirement, autobahn, heavy } = given;
  const client = needsEcho(given) ? 'echoes' : 'connects';
  return { number: index + 1, id, path: `/case/${id}`, title, section, requirement, autobahn, heavy, client };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function notFound(sentence: string): Uint8Array {
  return httpAnswer('404 Not Found', 'text/plain', `${sentence}\n`);
}

function answer(socket: Socket, bytes: Uint8Array): void {
  socket.end(bytes);
  endSoon(socket);
}

/** Accepts the connection, sends one text (none if it is empty) and closes. */
function answerBySocket(socket: Socket, request: RequestHead, body: string): void {
  const key = headerValues(request, 'Sec-WebSocket-Key')[0] ?? '';
  const head = acceptRequest(
    { key, subprotocols: [], extensions: [], ...readAddress(request) },
    { accept: computeAccept(key) },
  );
  const frame = (opcode: number, payload: Uint8Array) => encodeFrame({ opcode, payload, maskingKey: undefined });
  const frames = body === '' ? [] : [frame(OPCODE.text, encodeText(body))];
  socket.write(joinBytes([formatResponseHead(head), ...frames, frame(OPCODE.close, encodeCloseBody(1000))]));
  // Whatever the client sends now is its close frame: then the server ends TCP.
  socket.once('data', () => socket.end());
  endSoon(socket);
}

function endSoon(socket: Socket): void {
  socket.once('end', () => socket.end());
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), MAX_CONTROL_MS);
  socket.once('close', () => clearTimeout(timer));
}
