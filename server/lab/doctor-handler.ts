import { type DoctorAnswer, MAX_DOCTOR_ORDER_BYTES } from '../../src/companion/doctor.ts';
import { OPCODE } from '../../src/protocol/framing/opcode.ts';
import { decodeText, encodeText } from '../../src/text/utf8.ts';
import { isLoopback, isLoopbackAddress } from '../conformance/target.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import type { DoctorOptions } from '../doctor/doctor.ts';
import { type DoctorUrl, parseDoctorUrl } from '../doctor/doctor-url.ts';
import { FORBIDDEN_PORTS } from './forbidden-ports.ts';

export const DOCTOR_LIMITS = { maxMessageBytes: MAX_DOCTOR_ORDER_BYTES, maxFragments: 64 };

/** For all pages together: each opens a handful of connections, one after the other. */
const MAX_RUNS = 4;
const TIMEOUT_MS = 3000;
const LOOPBACK_ONLY =
  'A page can only examine localhost, 127.0.0.1 and [::1]. For other machines there is "framelight doctor".';

/** Examines an address of this machine for a page: the page sends the address, and gets each step and the report. */
export class DoctorHandler implements Handler {
  readonly #running = new Set<Connection>();
  readonly #loopbackOnly: () => boolean;

  /** @param loopbackOnly whether only this machine can reach the companion: others must not reach its servers this way */
  constructor(loopbackOnly: () => boolean) {
    this.#loopbackOnly = loopbackOnly;
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'close') this.#running.delete(connection);
    if (event.type !== 'message') return;
    const target = targetOf(decodeText(event.payload) ?? '');
    const problem = typeof target === 'string' ? target : this.#refusalOf(connection);
    if (problem !== undefined || typeof target === 'string') {
      tell(connection, { type: 'problem', sentence: problem ?? '' });
      return;
    }
    this.#running.add(connection);
    void this.#examine(target, connection);
  }

  async #examine(target: DoctorUrl, connection: Connection): Promise<void> {
    const tellIfThere = (answer: DoctorAnswer) => {
      if (this.#running.has(connection)) tell(connection, answer);
    };
    const report = await examine(target, {
      timeoutMs: TIMEOUT_MS,
      onStep: (step) => tellIfThere({ type: 'step', step }),
      refuseAddress: (address) =>
        isLoopbackAddress(address) ? undefined : `${target.hostname} resolves to ${address}. ${LOOPBACK_ONLY}`,
    });
    tellIfThere({ type: 'report', report });
    this.#running.delete(connection);
  }

  #refusalOf(connection: Connection): string | undefined {
    if (!this.#loopbackOnly()) {
      return 'Other machines can reach this companion (--host), so it opens no connection for a page. Use "framelight doctor", or start it without --host.';
    }
    if (this.#running.has(connection)) return 'The doctor is still at work. Wait for the report.';
    return this.#running.size < MAX_RUNS ? undefined : 'Too many pages ask the doctor. Try again in a moment.';
  }
}

/** Loads the doctor on demand, so that the server starts without it. */
const examine = async (target: DoctorUrl, options: DoctorOptions) =>
  (await import('../doctor/doctor.ts')).examine(target, options);

/** A page must not make the companion knock at other machines, nor at the ports that browsers block. */
function targetOf(address: string): DoctorUrl | string {
  try {
    const target = parseDoctorUrl(address);
    if (!isLoopback(target.hostname)) return `${target.hostname} is not this machine. ${LOOPBACK_ONLY}`;
    if (!FORBIDDEN_PORTS.has(target.port)) return target;
    return `Browsers block port ${target.port}, which belongs to another protocol, so the companion does not open it for a page. Use another port, or "framelight doctor".`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function tell(connection: Connection, answer: DoctorAnswer): void {
  connection.send({ opcode: OPCODE.text, payload: encodeText(JSON.stringify(answer)) });
}
