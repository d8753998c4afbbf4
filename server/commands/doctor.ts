import type { DoctorReport, DoctorStep } from '../../src/companion/doctor.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { DEFAULT_DOCTOR_TIMEOUT_MS, examine } from '../doctor/doctor.ts';
import { type DoctorUrl, parseDoctorUrl } from '../doctor/doctor-url.ts';
import { BadInput, type Command } from './command.ts';
import { parseArguments, wholeNumber } from './parse.ts';

const OPTIONS = {
  json: { type: 'boolean' },
  origin: { type: 'string' },
  subprotocol: { type: 'string', multiple: true },
  timeout: { type: 'string' },
} as const;

const MIN_TIMEOUT_MS = 100;
const MAX_TIMEOUT_MS = 60_000;
/** What a header value may hold here: no line ends, no control characters. */
const HEADER_VALUE = /^[\x21-\x7e]+$/;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Says why a WebSocket does not open. */
export const doctor: Command = {
  name: 'doctor',
  usage: 'URL [options]',
  help: [
    'opens a WebSocket step by step, and says where it fails, why, and what to change. The exit status is 1 if it does not open',
    '  --origin ORIGIN       the Origin to try; by default that of a page of the same site',
    '  --subprotocol NAME    offer a subprotocol; give it again for more',
    '  --timeout MS          how long to wait in each step (default: 5000)',
    '  --json                print the report as one line of JSON',
  ],
  async run(args, output) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [address, ...surplus] = positionals;
    if (address === undefined || surplus.length > 0) {
      throw new BadInput(`doctor needs one address, such as wss://example.org/socket; you gave ${positionals.length}.`);
    }
    const target = targetOf(address);
    const { origin, subprotocol: subprotocols = [] } = values;
    if (origin !== undefined && !HEADER_VALUE.test(origin)) {
      throw new BadInput(`--origin is ${JSON.stringify(origin)}. Give an origin such as https://example.org.`);
    }
    const unfit = subprotocols.find((name, index) => !TOKEN.test(name) || subprotocols.indexOf(name) < index);
    if (unfit !== undefined)
      throw new BadInput(`--subprotocol is ${JSON.stringify(unfit)}. Give each name once, such as chat.`);
    const timeoutMs =
      wholeNumber('timeout', values.timeout, MIN_TIMEOUT_MS, MAX_TIMEOUT_MS) ?? DEFAULT_DOCTOR_TIMEOUT_MS;
    const json = values.json === true;
    if (!json) output.out(`${target.url}\n\n`);
    let shown = '';
    const onStep = (step: DoctorStep) => {
      if (json) return;
      const details = step.details.join('\n');
      // The head of a right answer says nothing new, and neither does a refusal that was shown before.
      output.out(formatStep(step, step.outcome === 'ok' ? [] : details === shown ? ['the same answer'] : step.details));
      shown = details;
    };
    const report = await examine(target, { timeoutMs, origin, subprotocols, onStep });
    output.out(json ? `${escapeUnseen(JSON.stringify(report))}\n` : formatVerdict(report));
    return report.opens ? 0 : 1;
  },
};

function targetOf(address: string): DoctorUrl {
  try {
    return parseDoctorUrl(address);
  } catch (error) {
    throw error instanceof RangeError ? new BadInput(error.message) : error;
  }
}

const MARKS = { ok: 'ok    ', failed: 'FAILED', noted: 'note  ' } as const;
const WIDTH = 8;

function formatStep({ title, outcome, tookMs, sentence }: DoctorStep, details: readonly string[]): string {
  const took = `${Math.round(tookMs)} ms`.padStart(WIDTH);
  const lines = [`${MARKS[outcome]} ${took}  ${title}`, `                 ${sentence}`];
  lines.push(...details.map((line) => `                 | ${line}`.trimEnd()));
  return escapeUnseen(`${lines.join('\n')}\n`);
}

function formatVerdict({ opens, sentence }: DoctorReport): string {
  return escapeUnseen(`\n${opens ? 'It opens.' : 'It does not open.'} ${sentence}\n`);
}
