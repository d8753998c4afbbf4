import type { CloseBody } from '../closing/close-body.ts';
import { ABNORMAL_CLOSURE } from '../closing/status-codes.ts';
import type { Refusal } from '../handshake/head/refusal.ts';
import type { Violation } from '../violation.ts';
import type { CloseEvent } from './effects.ts';
import { nextReadyState, type ReadyState, type Transition } from './ready-state.ts';

/** What is to be told of a connection's end, whichever came. */
interface Ending {
  readonly peerClose?: CloseBody;
  readonly violation?: Violation;
  readonly refusal?: Refusal;
}

/** Where one connection stands, and what is to be told of it in the end. RFC 6455 §4.1, §7.1. */
export class ConnectionLife {
  #readyState: ReadyState = 'connecting';
  // Most connections are idle, and have no end yet.
  #end: Ending | undefined;

  get readyState(): ReadyState {
    return this.#readyState;
  }

  /** Whether what the peer sends still counts: until its close frame, or until it breaks a rule. */
  get receives(): boolean {
    return this.#readyState === 'open' || this.#readyState === 'closing';
  }

  /** The opening handshake is done. RFC 6455 §4.1, §4.2.2. */
  open(): void {
    this.#move('handshakeDone');
  }

  /** The opening handshake has come to nothing. RFC 6455 §4.1, §4.2.2. */
  refuse(refusal: Refusal): void {
    this.#end = { refusal };
    this.#move('failed');
  }

  /** This end begins the closing handshake. RFC 6455 §7.1.2. */
  sendClose(): void {
    this.#move('closeSent');
  }

  /** The peer's close frame has come; where it is the first, this end's goes out at once. RFC 6455 §7.1.3. */
  receiveClose(body: CloseBody): void {
    this.#end = { peerClose: body };
    this.#move('closeReceived');
  }

  /** The peer has broken a rule. RFC 6455 §7.1.7. */
  fail(violation: Violation): void {
    this.#end = { violation };
    this.#move('failed');
  }

  /** TCP is gone. RFC 6455 §7.1.4 to §7.1.6. @returns undefined where it was gone already */
  end(): CloseEvent | undefined {
    if (!this.#move('tcpClosed')) return undefined;
    const { peerClose, violation, refusal } = this.#end ?? {};
    return {
      type: 'close',
      closeCode: peerClose?.closeCode ?? ABNORMAL_CLOSURE,
      reason: peerClose?.reason ?? '',
      // The peer's close frame is either the answer to this end's or answered at once.
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
