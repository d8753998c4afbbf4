import type { CloseBody } from '../closing/close-body.ts';
import { ABNORMAL_CLOSURE } from '../closing/status-codes.ts';
import type { Refusal } from '../handshake/head/refusal.ts';
import type { Violation } from '../violation.ts';
import type { CloseEvent } from './effects.ts';
import { nextReadyState, type ReadyState, type Transition } from './ready-state.ts';

/** Why a connection ends. */
interface Ending {
  readonly peerClose?: CloseBody;
  readonly violation?: Violation;
  readonly refusal?: Refusal;
}

/** The ready state of one connection, and the reason for its end. RFC 6455 §4.1, §7.1. */
export class ConnectionLife {
  #readyState: ReadyState = 'connecting';
  // Undefined for most connections: they are open and idle.
  #end: Ending | undefined;

  get readyState(): ReadyState {
    return this.#readyState;
  }

  /** Whether bytes from the peer are still read: until its close frame, or until it breaks a rule. */
  get receives(): boolean {
    return this.#readyState === 'open' || this.#readyState === 'closing';
  }

  /** The opening handshake is done. RFC 6455 §4.1, §4.2.2. */
  open(): void {
    this.#move('handshakeDone');
  }

  /** The opening handshake has failed. RFC 6455 §4.1, §4.2.2. */
  refuse(refusal: Refusal): void {
    this.#end = { refusal };
    this.#move('failed');
  }

  /** This end begins the closing handshake. RFC 6455 §7.1.2. */
  sendClose(): void {
    this.#move('closeSent');
  }

  /** The peer's close frame has arrived. If it is the first of the two, this end answers it at once. RFC 6455 §7.1.3. */
  receiveClose(body: CloseBody): void {
    this.#end = { peerClose: body };
    this.#move('closeReceived');
  }

  /** The peer has broken a rule. RFC 6455 §7.1.7. */
  fail(violation: Violation): void {
    this.#end = { violation };
    this.#move('failed');
  }

  /** TCP is gone. RFC 6455 §7.1.4 to §7.1.6. @returns undefined if it was already gone */
  end(): CloseEvent | undefined {
    if (!this.#move('tcpClosed')) return undefined;
    const { peerClose, violation, refusal } = this.#end ?? {};
    return {
      type: 'close',
      closeCode: peerClose?.closeCode ?? ABNORMAL_CLOSURE,
      reason: peerClose?.reason ?? '',
      // The peer's close frame either answers this end's, or is answered at once: so both ends have sent one.
      clean: peerClose !== undefined,
      violation,
      refusal,
    };
  }

  #move(transition: Transition): boolean {
    const next = nextReadyState(this.#readyState, transition);
    if (next !== undefined) this.#readyState = next;
    return next !== undefined;
  }
}
