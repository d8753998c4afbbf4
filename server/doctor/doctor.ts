import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { TLSSocket } from 'node:tls';
import type { DoctorReport, DoctorStep } from '../../src/companion/doctor.ts';
import { type Answer, ask, type Question } from './ask.ts';
import { askHttp2 } from './ask-http2.ts';
import { describeCertificate } from './certificate.ts';
import { asksForTls, detailsOf, sayAnswer } from './describe-answer.ts';
import type { DoctorUrl } from './doctor-url.ts';
import type { Findings } from './findings.ts';
import { judge } from './judge.ts';
import { findAddresses, type Reached, reachTcp, reachTls } from './reach.ts';

export interface DoctorOptions {
  /** For each step. */
  readonly timeoutMs: number;
  /** The Origin to try; by default that of a page of the same site. */
  readonly origin?: string | undefined;
  readonly subprotocols?: readonly string[];
  /** Called as soon as a step is done. */
  readonly onStep?: (step: DoctorStep) => void;
  /** Refuses an address before anything is sent to it. @returns the problem */
  readonly refuseAddress?: (address: string) => string | undefined;
}

export const DEFAULT_DOCTOR_TIMEOUT_MS = 5000;

/** Goes from an address to an open WebSocket, step by step, and says where the way ends and why. Never rejects. */
export async function examine(target: DoctorUrl, options: DoctorOptions): Promise<DoctorReport> {
  const steps: DoctorStep[] = [];
  const note = (step: DoctorStep) => {
    steps.push({ ...step, tookMs: Math.round(step.tookMs * 10) / 10 });
    options.onStep?.(steps.at(-1) as DoctorStep);
  };
  const findings: Findings = { target, origin: options.origin ?? target.origin };
  const address = await findReachable(findings, options, note);
  if (address !== undefined && (!target.secure || (await checkTls(address, findings, options, note)))) {
    await askAll(address, findings, options, note);
    if (target.secure) await tryHttp2(address, findings, options, note);
  }
  return { url: target.url, steps, ...judge(findings) };
}

type Note = (step: DoctorStep) => void;

async function findReachable(findings: Findings, options: DoctorOptions, note: Note): Promise<string | undefined> {
  const { target } = findings;
  const found = await findAddresses(target);
  if (found.problem !== undefined || found.addresses.length === 0) {
    const sentence = `The name ${target.hostname} has no address: ${found.problem ?? 'the answer is empty'}.`;
    note({ name: 'dns', title: 'DNS', outcome: 'failed', tookMs: found.tookMs, sentence, details: [] });
    findings.problem = {
      cause: 'name-not-found',
      sentence: `${sentence} No byte was sent to the server. Check the spelling, and whether this network knows the name.`,
    };
    return undefined;
  }
  const refused = found.addresses
    .map((address) => options.refuseAddress?.(address))
    .find((problem) => problem !== undefined);
  if (refused !== undefined) {
    findings.problem = { cause: 'not-allowed', sentence: refused };
    note({ name: 'dns', title: 'DNS', outcome: 'failed', tookMs: found.tookMs, sentence: refused, details: [] });
    return undefined;
  }
  const isAddress = found.addresses[0] === target.hostname;
  const sentence = isAddress ? 'The address needs no lookup.' : `${target.hostname} is ${found.addresses.join(', ')}.`;
  note({ name: 'dns', title: 'DNS', outcome: 'ok', tookMs: found.tookMs, sentence, details: [] });
  return connectFirst(found.addresses, findings, options, note);
}

async function connectFirst(
  addresses: readonly string[],
  findings: Findings,
  { timeoutMs }: DoctorOptions,
  note: Note,
): Promise<string | undefined> {
  const { port } = findings.target;
  const problems: string[] = [];
  const codes: string[] = [];
  const startedMs = performance.now();
  for (const address of addresses) {
    const reached = await reachTcp(address, port, timeoutMs);
    if (!('socket' in reached)) {
      problems.push(`${address} port ${port}: ${reached.problem}`);
      codes.push(reached.code);
      continue;
    }
    reached.socket.destroy();
    const others = problems.length === 0 ? '' : ` Before that, ${problems.join('; ')}.`;
    const sentence = `${address} port ${port} accepts connections.${others}`;
    const outcome = problems.length === 0 ? 'ok' : 'noted';
    note({ name: 'tcp', title: 'TCP', outcome, tookMs: performance.now() - startedMs, sentence, details: [] });
    return address;
  }
  const sentence = `Nothing answers: ${problems.join('; ')}.`;
  note({ name: 'tcp', title: 'TCP', outcome: 'failed', tookMs: performance.now() - startedMs, sentence, details: [] });
  findings.problem = codes.includes('ECONNREFUSED')
    ? {
        cause: 'connection-refused',
        sentence: `${sentence} The machine answers, but no program listens on this port. Start the server, check the port, and check that the server listens on this address and not only on another one (127.0.0.1, ::1, 0.0.0.0).`,
      }
    : {
        cause: 'no-route',
        sentence: `${sentence} A firewall drops the packets, or the machine is down. Check the address, the port and the firewall.`,
      };
  return undefined;
}

/** @returns whether TLS is there */
async function checkTls(
  address: string,
  findings: Findings,
  { timeoutMs }: DoctorOptions,
  note: Note,
): Promise<boolean> {
  const { target } = findings;
  const reached = await reachTls(address, target, ['http/1.1'], timeoutMs);
  if ('socket' in reached) {
    const { problem, details } = describeCertificate(reached.socket);
    reached.socket.destroy();
    findings.certificateProblem = problem;
    const sentence =
      problem === undefined
        ? 'TLS works, and the certificate is trusted.'
        : `TLS works, and programs refuse the certificate. ${problem}`;
    note({
      name: 'tls',
      title: 'TLS',
      outcome: problem === undefined ? 'ok' : 'failed',
      tookMs: reached.tookMs,
      sentence,
      details,
    });
    return true;
  }
  const isPlain = await speaksHttp(address, target, timeoutMs);
  const sentence = `The TLS handshake failed: ${reached.problem}.`;
  note({ name: 'tls', title: 'TLS', outcome: 'failed', tookMs: reached.tookMs, sentence, details: [] });
  findings.problem = isPlain
    ? {
        cause: 'tls-on-plain-port',
        sentence: `${sentence} The same port answers plain HTTP. The port has no TLS: use ws:// for it, or put TLS on it.`,
      }
    : {
        cause: 'tls-failed',
        sentence: `${sentence} Either the port does not speak TLS, or the two sides cannot agree on a TLS version or on the name of the host. Check the port and the TLS settings of the server.`,
      };
  return false;
}

async function speaksHttp(address: string, target: DoctorUrl, timeoutMs: number): Promise<boolean> {
  const reached = await reachTcp(address, target.port, timeoutMs);
  return 'socket' in reached && (await ask(reached.socket, target, {}, timeoutMs)).head !== undefined;
}

async function askAll(address: string, findings: Findings, options: DoctorOptions, note: Note): Promise<void> {
  const { target, origin } = findings;
  const { subprotocols = [] } = options;
  const question = async (name: string, title: string, asked: Question) => {
    const reached = await reachTarget(address, target, options.timeoutMs);
    if (!('socket' in reached)) {
      const sentence = `The connection failed: ${reached.problem}.`;
      note({ name, title, outcome: 'failed', tookMs: reached.tookMs, sentence, details: [] });
      return undefined;
    }
    const answer = await ask(reached.socket, target, { subprotocols, ...asked }, options.timeoutMs);
    const sentence = sayAnswer(answer, options.timeoutMs);
    note({
      name,
      title,
      outcome: answer.opened ? 'ok' : 'failed',
      tookMs: answer.tookMs,
      sentence,
      details: detailsOf(answer),
    });
    return answer;
  };
  const plain = await question('http', 'HTTP/1.1, as a program asks (no Origin)', {});
  if (plain === undefined) return;
  findings.plain = plain;
  if (!target.secure && plain.head?.httpStatus !== 101) await checkForTls(address, plain, findings, options);
  if (findings.problem !== undefined) return;
  // A server that does not even answer in HTTP answers all questions alike.
  if (plain.head === undefined && !plain.timedOut && plain.rest.length > 0) return;
  const withOrigin = await question('http-with-origin', `HTTP/1.1, as a page asks (Origin: ${origin})`, { origin });
  if (withOrigin !== undefined) findings.withOrigin = withOrigin;
  if (!plain.opened && withOrigin?.opened !== true) return;
  const asked = { deflate: true, ...(plain.opened ? {} : { origin }) };
  const withDeflate = await question('http-with-deflate', 'HTTP/1.1 with permessage-deflate offered', asked);
  if (withDeflate !== undefined) findings.withDeflate = withDeflate;
}

async function reachTarget(
  address: string,
  target: DoctorUrl,
  timeoutMs: number,
): Promise<Reached<Socket | TLSSocket>> {
  return target.secure ? reachTls(address, target, ['http/1.1'], timeoutMs) : reachTcp(address, target.port, timeoutMs);
}

/** A plain request that was not answered with 101: perhaps the port expects TLS. */
async function checkForTls(
  address: string,
  plain: Answer,
  findings: Findings,
  { timeoutMs }: DoctorOptions,
): Promise<void> {
  const { target } = findings;
  // A server that answers in HTTP without a word about TLS speaks plain HTTP.
  if (plain.head !== undefined && !asksForTls(plain)) return;
  const reached = await reachTls(address, target, ['http/1.1'], timeoutMs);
  if (!('socket' in reached)) return;
  reached.socket.destroy();
  findings.problem = {
    cause: 'plain-on-tls-port',
    sentence: `${sayAnswer(plain, timeoutMs)} A TLS handshake with the same port works. The port expects TLS: use wss:// for it.`,
  };
}

async function tryHttp2(address: string, findings: Findings, { timeoutMs }: DoctorOptions, note: Note): Promise<void> {
  const { target } = findings;
  const title = 'HTTP/2 (extended CONNECT)';
  const name = 'http2';
  const reached = await reachTls(address, target, ['h2'], timeoutMs);
  if (!('socket' in reached) || reached.socket.alpnProtocol !== 'h2') {
    if ('socket' in reached) reached.socket.destroy();
    const sentence = 'The server does not offer HTTP/2. A WebSocket does not need it.';
    note({ name, title, outcome: 'noted', tookMs: reached.tookMs, sentence, details: [] });
    return;
  }
  const { offered, status, problem, tookMs } = await askHttp2(reached.socket, target, timeoutMs);
  const sentence =
    problem !== undefined
      ? `HTTP/2 is agreed on, and it failed: ${problem}.`
      : !offered
        ? 'The server speaks HTTP/2 and does not offer WebSockets over it, so clients use HTTP/1.1.'
        : status === 200
          ? 'A WebSocket opens over HTTP/2, too: 200.'
          : `The server offers WebSockets over HTTP/2, and answers ${status} instead of 200. Browsers may use HTTP/2 here and fail.`;
  const outcome = status === 200 ? 'ok' : offered || problem !== undefined ? 'failed' : 'noted';
  note({ name, title, outcome, tookMs, sentence, details: [] });
}
