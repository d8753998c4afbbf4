import { MAX_ROOM_UNSENT_BYTES, type RoomMemberState, type RoomState } from '../../companion/lab/members.ts';

/** What Linux took for a connection on loopback whose reader had stopped, in a run, before Node kept a byte. */
export const SYSTEM_BYTES = 4_400_000;

/** A room without a network: the one member that can stop reading, and two that always read. */
export class SimulatedRoom {
  #isReading = true;
  #waiting = 0;
  #closed = false;

  stopReading(): void {
    this.#isReading = false;
  }

  read(): void {
    this.#isReading = true;
    if (!this.#closed) this.#waiting = 0;
  }

  /** A message goes to everybody. Before it does, a member that is too far behind is closed. */
  send(byteLength: number): void {
    if (this.#closed || this.#isReading) return;
    if (this.#unsentBytes > MAX_ROOM_UNSENT_BYTES) this.#closed = true;
    else this.#waiting += byteLength;
  }

  get state(): RoomState {
    const slow: RoomMemberState = {
      name: 'C',
      unsentBytes: this.#unsentBytes,
      ...(this.#closed && {
        closed: { statusCode: 1008, reason: `more than ${MAX_ROOM_UNSENT_BYTES} bytes are unread` },
      }),
    };
    const others = ['A', 'B'].map((name) => ({ name, unsentBytes: 0 }));
    return { type: 'members', maxUnsentBytes: MAX_ROOM_UNSENT_BYTES, members: [...others, slow] };
  }

  get #unsentBytes(): number {
    return Math.max(0, this.#waiting - SYSTEM_BYTES);
  }
}
