import { readFile } from 'node:fs/promises';
import { type ConformanceCase, type Demands, readCases, STAGES, stageNumbered } from '../../src/conformance/index.ts';
import { encodeText } from '../../src/protocol/index.ts';
import { ElsewhereError, UnreachableError } from '../conformance/find-server.ts';
import type { CaseResult } from '../conformance/run-case.ts';
import type { SuiteProgress } from '../conformance/run-cases.ts';
import { countOutcomes, runSuite, type SuiteResult, type SuiteRunOptions } from '../conformance/run-suite.ts';
import { parseServerUrl, type ServerUrl } from '../conformance/target.ts';
import { giveReport, prepareReport } from './check-report.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { type Parsed, parseArguments, parseHeader, refusePositionals, TOKEN, wholeNumber } from './parse.ts';

const OPTIONS = {
  json: { type: 'boolean' },
  tap: { type: 'boolean' },
  junit: { type: 'string' },
  bail: { type: 'boolean' },
  subprotocol: { type: 'string' },
  origin: { type: 'string' },
  header: { type: 'string', multiple: true },
  'skip-greeting': { type: 'string' },
  'echo-prefix': { type: 'string' },
  insecure: { type: 'boolean' },
  cases: { type: 'string' },
  only: { type: 'string' },
  stage: { type: 'string' },
  long: { type: 'boolean' },
  deflate: { type: 'boolean' },
  'allow-remote': { type: 'boolean' },
  'max-message': { type: 'string' },
  client: { type: 'boolean' },
  port: { type: 'string' },
  host: { type: 'string' },
  'keep-running': { type: 'boolean' },
} as const;

/** A smaller limit would make other cases fail. */
const MIN_MESSAGE_LIMIT = 65_536;
const MAX_MESSAGE_LIMIT = 2 ** 30;

/** Runs the conformance suite against a server that echoes. */
export const check: Command = {
  name: 'check',
  usage: 'URL [options], or --client [options]',
  help: [
    'tests a server that echoes every message against RFC 6455',
    '  --only PREFIX         run only the cases whose id starts with PREFIX, such as 5.5',
    '  --cases FILE          run the cases in this file instead of the suite: one line of JSON each, as "encode --as case" prints',
    '  --stage N             run only what a server should pass that is built chapter by chapter, up to stage N of 8',
    '  --long                show all details of every failed or allowed case',
    '  --bail                stop at the first case that fails',
    '  --json                print the report as one JSON document',
    '  --tap                 print the report in the Test Anything Protocol',
    '  --junit FILE          also write the report as JUnit XML to FILE',
    '  --max-message BYTES   the longest message that the server accepts; tests that limit',
    '  --deflate             test permessage-deflate (RFC 7692), too; a server need not accept it',
    '  --subprotocol NAME    offer this subprotocol in every request that has none of its own',
    '  --origin ORIGIN       send this Origin, such as http://localhost:3000',
    '  --header LINE         send this header, such as "Cookie: a=b"; can be given several times',
    '  --skip-greeting N     pass over the first N messages of every connection',
    '  --echo-prefix TEXT    the server puts this in front of every message that it sends back',
    '  --insecure            accept any certificate of a wss: server',
    '  --allow-remote        allow a server on another machine',
    '  --client              test a client instead: serves the cases at /case/1 and so on, and judges what the client does',
    '    --port N            (default 9001)',
    '    --host HOST         (default 127.0.0.1)',
    '    --keep-running      go on after the first client, until Ctrl+C; without it, the command ends with its report',
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    if (values.client === true) return runForClients(values, positionals, output);
    const [address, ...surplus] = positionals;
    if (address === undefined || surplus.length > 0) {
      throw new BadInput(`check needs one address, such as ws://localhost:9001/echo; you gave ${positionals.length}.`);
    }
    if (values.only === '') throw new BadInput('--only is empty. Give the start of an id, such as 5.5.');
    const maxMessageBytes = wholeNumber('max-message', values['max-message'], MIN_MESSAGE_LIMIT, MAX_MESSAGE_LIMIT);
    const stage = stageNumbered(wholeNumber('stage', values.stage, 1, STAGES.length) ?? 0);
    if (stage !== undefined && values.deflate === true) {
      throw new BadInput(
        '--stage has no cases about compression. Leave out --deflate, or run the whole suite with it.',
      );
    }
    if (stage !== undefined && values.cases !== undefined)
      throw new BadInput('--stage chooses cases of the suite, and --cases has others. Give one.');
    await prepareReport(values);
    const target = targetOf(address, values['allow-remote'] === true, values.insecure === true);
    if (values.insecure)
      output.err('--insecure: any certificate is accepted, so anybody in between could be the server.\n');
    const options = {
      cases: values.cases === undefined ? undefined : await readOwnCases(values.cases),
      only: values.only,
      maxMessageBytes,
      deflate: values.deflate,
      stage,
      demands: demandsOf(values),
      habits: {
        greetings: wholeNumber('skip-greeting', values['skip-greeting'], 0, MAX_GREETINGS),
        echoPrefix: encodeText(values['echo-prefix'] ?? ''),
      },
    };
    const result = await run(target, options, output, values.bail === true);
    await giveReport(result, values, { columns: output.columns, long: values.long }, output);
    if (result.end === 'stopped') return INTERRUPTED;
    return result.counts.failed > 0 || result.end === 'gone' ? 1 : 0;
  },
};

const FOR_SERVERS = [
  ...([
    'stage',
    'deflate',
    'bail',
    'cases',
    'subprotocol',
    'origin',
    'header',
    'skip-greeting',
    'echo-prefix',
  ] as const),
  ...(['insecure', 'allow-remote', 'max-message'] as const),
] as const;

/** Loaded on demand, because a run against a server needs no cases for clients. */
async function runForClients(
  values: Parsed<typeof OPTIONS>['values'],
  positionals: readonly string[],
  output: Output,
): Promise<number> {
  refusePositionals(positionals);
  const others = FOR_SERVERS.find((name) => values[name] !== undefined);
  if (others !== undefined) throw new BadInput(`--${others} is for servers. Leave it out with --client.`);
  const { checkClient } = await import('./check-client.ts');
  const { only, json, tap, junit, long, host } = values;
  if (junit !== undefined && values['keep-running'])
    throw new BadInput('--junit has the report of one client. Leave out --keep-running.');
  await prepareReport(values);
  const port = wholeNumber('port', values.port, 0, 65_535);
  return checkClient({ only, json, tap, junit, long, host, port, keepRunning: values['keep-running'] }, output);
}

async function readOwnCases(file: string): Promise<readonly ConformanceCase[]> {
  try {
    return readCases(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof RangeError) throw new BadInput(`--cases ${file}: ${error.message}`);
    throw new BadInput(
      `--cases: ${file === '' ? 'it needs a file' : `${file} cannot be read`}. ${(error as Error).message}`,
    );
  }
}

/** A server that greets more often has another protocol. */
const MAX_GREETINGS = 1000;

interface RequestValues {
  readonly subprotocol?: string | undefined;
  readonly origin?: string | undefined;
  readonly header?: readonly string[] | undefined;
}

function demandsOf({ subprotocol, origin, header = [] }: RequestValues): Demands {
  if (subprotocol !== undefined && !TOKEN.test(subprotocol))
    throw new BadInput(`--subprotocol ${JSON.stringify(subprotocol)} is not a token. Give one name, such as chat.`);
  const given = origin === undefined ? header : [`Origin: ${origin}`, ...header];
  const headers = given.map((line) => {
    const { name, value } = parseHeader(line);
    if (OWN_HEADERS.has(name.toLowerCase()))
      throw new BadInput(`--header ${name}: the cases test this header themselves, so it cannot be given.`);
    return `${name}: ${value}`;
  });
  return { subprotocol, headers };
}

/** What every request of the suite has itself, right or wrong. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'upgrade',
  'connection',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
  'content-length',
  'transfer-encoding',
]);

function targetOf(address: string, allowRemote: boolean, insecure: boolean): ServerUrl {
  try {
    return parseServerUrl(address, { allowRemote, tls: insecure ? 'any' : 'trusted' });
  } catch (error) {
    throw error instanceof RangeError ? new BadInput(error.message) : error;
  }
}

/** The exit status of a program that Ctrl+C stopped. */
const INTERRUPTED = 130;

/**
 * Runs the suite to its end, or until Ctrl+C. Then the result has the cases that are done.
 *
 * @param bails whether to stop at the first case that fails
 * @throws BadInput if the server cannot be used, or no case starts with the prefix
 */
async function run(target: ServerUrl, options: SuiteRunOptions, output: Output, bails: boolean): Promise<SuiteResult> {
  const startedMs = performance.now();
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const show = showProgress(output);
  const results: { readonly place: number; readonly result: CaseResult }[] = [];
  let failed = false;
  let total = 0;
  const onProgress = (progress: SuiteProgress): void => {
    if (stop.signal.aborted) return;
    results.push(progress);
    total = progress.total;
    show(progress);
    failed ||= progress.result.outcome === 'failed';
    if (bails && failed) stop.abort();
  };
  try {
    return await runSuite(target, { ...options, signal: stop.signal, onProgress });
  } catch (error) {
    const badInput = [RangeError, UnreachableError, ElsewhereError].some((kind) => error instanceof kind);
    if (badInput) throw new BadInput((error as Error).message);
    if (!stop.signal.aborted) throw error;
    const tookMs = performance.now() - startedMs;
    const done = results.sort((one, other) => one.place - other.place).map(({ result }) => result);
    const end = bails && failed ? 'bailed' : 'stopped';
    return { url: target.url, end, counts: countOutcomes(done), leftOut: total - done.length, tookMs, results: done };
  } finally {
    process.removeListener('SIGINT', interrupt);
    output.status?.('');
  }
}

/** The number of cases after which a line is printed if the output is not a terminal. */
const CASES_PER_LINE = 50;

/** Goes to standard error, so that standard output has only the report. */
function showProgress({ status, err }: Output): (progress: SuiteProgress) => void {
  let failed = 0;
  return ({ done, total, result }) => {
    if (result.outcome === 'failed') failed++;
    const line = `${done} of ${total} cases, ${failed} failed`;
    if (status !== undefined) status(`${line}; ${result.id}`);
    else if (done % CASES_PER_LINE === 0 || done === total) err(`${line}\n`);
  };
}
