import { formatReport, formatReportJson } from '../check/format-report.ts';
import {
  runSuite,
  type SuiteProgress,
  type SuiteResult,
  type SuiteRunOptions,
  UnreachableError,
} from '../check/run-suite.ts';
import { parseTarget } from '../check/target.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { parseArguments, wholeNumber } from './parse.ts';

const OPTIONS = {
  json: { type: 'boolean' },
  only: { type: 'string' },
  'allow-remote': { type: 'boolean' },
  'max-message': { type: 'string' },
} as const;

/** Below this a size limit would stand in the way of the other cases. */
const LEAST_MAX_MESSAGE = 65_536;
const MOST_MAX_MESSAGE = 2 ** 30;

/** Puts the conformance suite to any server that echoes. */
export const check: Command = {
  name: 'check',
  usage: 'URL [options]',
  help: [
    'checks how a server that echoes keeps RFC 6455',
    '  --only PREFIX         only the cases whose id begins with this, such as 5.5',
    '  --json                prints the report as one JSON document',
    '  --max-message BYTES   the longest message that the server takes: checks that limit too',
    '  --allow-remote        takes servers that are not on this machine',
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [address, ...surplus] = positionals;
    if (address === undefined || surplus.length > 0) {
      throw new BadInput(
        `check takes one address, such as ws://localhost:9001/echo; ${positionals.length} were given.`,
      );
    }
    const maxMessageBytes = wholeNumber('max-message', values['max-message'], LEAST_MAX_MESSAGE, MOST_MAX_MESSAGE);
    const result = await run(address, values['allow-remote'] === true, {
      only: values.only,
      maxMessageBytes,
      onProgress: showProgress(output),
    });
    output.out(values.json === true ? formatReportJson(result) : formatReport(result));
    return result.counts.failed > 0 ? 1 : 0;
  },
};

/** An address that cannot be used, a prefix that no case has and a server that is not there are all bad input. */
async function run(address: string, allowRemote: boolean, options: SuiteRunOptions): Promise<SuiteResult> {
  try {
    return await runSuite(parseTarget(address, { allowRemote }), options);
  } catch (error) {
    if (error instanceof RangeError || error instanceof UnreachableError) throw new BadInput(error.message);
    throw error;
  }
}

const CASES_A_LINE = 50;

/** On standard error, so that the report alone is on standard output. */
function showProgress(output: Output): (progress: SuiteProgress) => void {
  let failed = 0;
  return ({ done, total, result }) => {
    if (result.outcome === 'failed') failed++;
    if (done % CASES_A_LINE !== 0 && done !== total) return;
    output.err(`${done} of ${total} cases, ${failed} failed\n`);
  };
}
