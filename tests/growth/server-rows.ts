import { BadInput } from '../../server/commands/command.ts';
import { parseArguments, positiveNumber, wholeNumber } from '../../server/commands/parse.ts';
import { formatCase } from '../../server/conformance/format-case.ts';
import type { CaseResult } from '../../server/conformance/run-case.ts';
import { parseServerUrl } from '../../server/conformance/target.ts';
import { wrapLine } from '../../server/conformance/wrap-line.ts';
import { createLog } from '../../server/log.ts';
import { hostName, isAddress, isLoopbackName } from '../../src/companion/policy/host.ts';
import { isOwnOrigin, isSerializedOrigin, isWelcomeOrigin } from '../../src/companion/policy/origin.ts';
import { upgradeRequestOf, watchTokenOf } from '../../src/companion/policy/upgrade-request.ts';
import { TranscriptWriter } from '../../src/conformance/index.ts';
import { openingRequest } from '../../src/conformance/opening-request.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { HEAD, LONG, type Row, row, TRICKLE, unless } from './row.ts';

/** A server under check that sends its head byte by byte. */
function check(text: string): void {
  const writer = new TranscriptWriter(openingRequest());
  for (const byte of encodeText(`HTTP/1.1 101 ${text}`)) writer.push(Uint8Array.of(byte), 0);
}

const CASE: CaseResult = {
  ...{ id: '5.5-ping', title: 'A ping', section: '5.5', rule: undefined, autobahn: undefined },
  ...{ outcome: 'failed', requirement: '', sentence: '', why: '', tookMs: 1, connected: true, opened: false },
  ...{
    finding: '',
    sent: '',
    cameBack: '',
    cause: '',
    expected: '',
    sentHead: '',
    sentBytes: new Uint8Array(0),
    receivedBytes: new Uint8Array(0),
  },
};

const OPTIONS = { port: { type: 'string' }, open: { type: 'boolean' } } as const;
const log = createLog(() => {});

export const SERVER_ROWS: readonly Row[] = [
  row('the path and query of an upgrade', HEAD, (text) =>
    upgradeRequestOf({
      method: 'GET',
      target: `/${text}`,
      httpVersion: '1.1',
      headers: [{ name: 'Host', value: text }],
    }),
  ),
  row('a watch token', HEAD, (text) => watchTokenOf(`watch=${text}`)),
  row('an origin', HEAD, (text) => [
    isWelcomeOrigin(text, 'localhost', []),
    isOwnOrigin(`http://${text}`, text, []),
    isSerializedOrigin(text),
  ]),
  row('a host', HEAD, (text) => [
    hostName(text),
    hostName(`[${text}`),
    isLoopbackName(`127.${text}`),
    isAddress(`[${text}`),
  ]),
  row('an address to check', LONG, (text) => unless(RangeError, () => parseServerUrl(`ws://${text}`))),
  row('an argument', LONG, (text) => unless(BadInput, () => parseArguments([text, `--port=${text}`], OPTIONS))),
  row('an option', LONG, (text) => unless(BadInput, () => parseArguments([`--${text}`], OPTIONS))),
  row('a number', LONG, (text) => [
    unless(BadInput, () => wholeNumber('port', text, 0, 10)),
    unless(BadInput, () => positiveNumber('port', `1.${text}`, 1)),
  ]),
  row('an event of the log', LONG, (text) => log('kind', text)),
  row('a line of a report', LONG, (text) => wrapLine(text, 2, 80)),
  row('a server under check, byte by byte', TRICKLE, check),
  row('a case of a report', LONG, (text) =>
    formatCase({ ...CASE, finding: text, sent: text, cameBack: text, sentHead: text }, 80),
  ),
];
