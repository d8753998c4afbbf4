import { CLIENT_CASES, CLIENT_CAUSES } from '../../src/conformance/index.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import type { Agent } from '../conformance/clients/agent.ts';
import { ClientServer } from '../conformance/clients/client-server.ts';
import { countOutcomes, type SuiteResult } from '../conformance/run-suite.ts';
import { giveReport, type ReportForms } from './check-report.ts';
import { BadInput, type Output } from './command.ts';

/** The options of `check --client`. */
export interface CheckClientOptions extends ReportForms {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly only?: string | undefined;
  readonly long?: boolean | undefined;
  /** Whether to go on after the first client, until Ctrl+C. */
  readonly keepRunning?: boolean | undefined;
}

export const DEFAULT_CLIENT_PORT = 9001;
const DEFAULT_HOST = '127.0.0.1';
/** After the first connection, the command ends if no case comes for this long. */
const MAX_IDLE_MS = 60_000;
/** The exit status of a program that Ctrl+C stopped. */
const INTERRUPTED = 130;

/**
 * Serves the cases for clients until a client has run all of them, asks for its report, is silent for a minute, or
 * Ctrl+C. Then it prints the report.
 *
 * @returns the exit status: 0 if every case that ran passed or was allowed
 * @throws BadInput if no case starts with the prefix, or the port is taken
 */
export async function checkClient(options: CheckClientOptions, output: Output): Promise<number> {
  const cases = CLIENT_CASES.filter(({ id }) => id.startsWith(options.only ?? ''));
  if (cases.length === 0) {
    throw new BadInput(`No case starts with ${JSON.stringify(options.only)}. Give a section, such as 5.5.`);
  }
  const ids = cases.map(({ id }) => id);
  const { promise, resolve, reject } = Promise.withResolvers<'finished' | 'idle' | 'stopped'>();
  let worst = 0;
  let idle: NodeJS.Timeout | undefined;
  const waitOn = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => resolve('idle'), MAX_IDLE_MS);
  };
  const report = async (agent: Agent, isStopped: boolean): Promise<void> => {
    const result = resultOf(agent, ids, url, isStopped);
    const { columns } = output;
    output.status?.('');
    await giveReport(result, options, { columns, long: options.long, causes: CLIENT_CAUSES }, output);
    if (result.counts.failed > 0 || result.results.length === 0 || isStopped) worst = 1;
  };
  const server = new ClientServer({
    cases,
    onResult: (agent, { id }) => {
      waitOn();
      output.status?.(`${escapeUnseen(agent.name)}: ${agent.results(ids).length} of ${ids.length} cases; ${id}`);
    },
    onFinish: (agent) => {
      void report(agent, false).then(() => {
        if (options.keepRunning !== true) resolve('finished');
      }, reject);
    },
  });
  const interrupt = () => resolve('stopped');
  const host = options.host ?? DEFAULT_HOST;
  const port = await listen(server, options.port ?? DEFAULT_CLIENT_PORT, host);
  const url = `ws://${host.includes(':') ? `[${host}]` : host}:${port}`;
  output.err(
    `${ids.length} cases: connect to ${url}/case/1 to /case/${ids.length}, with ?agent=NAME, and send every message back.\n` +
      `For a browser: open ${url.replace('ws', 'http')}/ · All cases: /cases.json · As in Autobahn: /getCaseCount, /runCase?case=1, /updateReports\n`,
  );
  process.once('SIGINT', interrupt);
  const end = await promise;
  process.removeListener('SIGINT', interrupt);
  clearTimeout(idle);
  if (end !== 'finished') {
    for (const agent of server.agents.values())
      if (!agent.reported && agent.results(ids).length > 0) await report(agent, true);
    if (end === 'idle') output.err(`No case for ${MAX_IDLE_MS / 1000} s: stopped.\n`);
  }
  await server.close();
  return end === 'stopped' && options.keepRunning !== true ? INTERRUPTED : worst;
}

async function listen(server: ClientServer, port: number, host: string): Promise<number> {
  try {
    return await server.listen(port, host);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE') throw new BadInput(message);
    throw new BadInput(`Port ${port} is taken. Choose another with --port, such as --port ${port + 1}.`);
  }
}

/** The results of one client in the shape of a run against a server. */
function resultOf(agent: Agent, ids: readonly string[], url: string, isStopped: boolean): SuiteResult {
  const results = agent.results(ids);
  return {
    url: `${url}, by the client ${agent.name}`,
    end: isStopped ? 'stopped' : 'all',
    counts: countOutcomes(results),
    leftOut: ids.length - results.length,
    tookMs: performance.now() - agent.startedMs,
    results,
  };
}
