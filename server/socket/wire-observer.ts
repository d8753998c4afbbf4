/** Gets the bytes that one connection reads and writes, for those who watch it. */
export interface WireObserver {
  /**
   * One read from TCP, or one write to it.
   *
   * @param ranges the bytes that were read or written, in order; not to be changed
   */
  chunk(direction: 'in' | 'out', ...ranges: readonly Uint8Array[]): void;
  /** TCP has ended in one direction: the peer sent FIN or RST, or FIN was sent to it. */
  ended?(direction: 'in' | 'out', how: 'FIN' | 'RST'): void;
  /** TCP has ended. RFC 6455 §7.1.4 to §7.1.6. */
  close(close: { readonly closeCode: number; readonly reason: string; readonly clean: boolean }): void;
}
