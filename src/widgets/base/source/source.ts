import type { WireMessage } from '../../../inspector/wire/wire.ts';

/** Which of a WebSocket's doings a line of JavaScript belongs to: the rows of the wire are matched by it. */
export type Topic = 'open' | 'message' | 'close';

/** What onclose says. WHATWG WebSockets. */
export interface ToldClose {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** Something that happened: on the wire, or between a WebSocket object and its page. */
export type SourceEvent =
  | { readonly type: 'wire'; readonly message: WireMessage }
  /** The page called the WebSocket; `call` is the line of JavaScript. */
  | { readonly type: 'said'; readonly topic: Topic; readonly call: string }
  /** The WebSocket called the page. */
  | { readonly type: 'told'; readonly topic: Topic; readonly event: string; readonly close?: ToldClose }
  /** A call that the browser refused, and the exception that the page was told. */
  | { readonly type: 'threw'; readonly call: string; readonly exception: string };

/** What a source tells its owner. */
export interface SourceListener {
  happened(events: readonly SourceEvent[]): void;
  /** Nothing more can be seen; the sentence says why. */
  lost(why: string): void;
}

/** A WebSocket whose wire can be seen: the browser's own through the companion, or one inside the page. */
export interface Source {
  /** Opens a connection; a connection that is open is left alone. */
  connect(): void;
  /** @param call how the line of JavaScript reads */
  send(data: string | Uint8Array<ArrayBuffer>, call: string): void;
  close(code: number | undefined, reason: string | undefined, call: string): void;
  /** Ends everything, without another word to the listener. */
  stop(): void;
}
