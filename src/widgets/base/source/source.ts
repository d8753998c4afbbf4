import type { WireMessage } from '../../../inspector/wire/wire.ts';

/** The part of a WebSocket's life that a line of JavaScript belongs to; lines and rows of the wire are matched by it. */
export type Topic = 'open' | 'message' | 'close';

/** The data of a CloseEvent. WHATWG WebSockets. */
export interface CloseEventData {
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
  | { readonly type: 'told'; readonly topic: Topic; readonly event: string; readonly close?: CloseEventData }
  /** A call that the browser refused, and the exception that it threw. */
  | { readonly type: 'threw'; readonly call: string; readonly exception: string };

/** What a source reports to its owner. */
export interface SourceListener {
  happened(events: readonly SourceEvent[]): void;
  /** Nothing more will be reported; the sentence says why. */
  lost(why: string): void;
}

/** A WebSocket whose bytes can be seen: the browser's own through the companion's tap, or one inside the page. */
export interface Source {
  /** Opens a connection, unless one is open. */
  connect(): void;
  /** @param call the line of JavaScript to show */
  send(data: string | Uint8Array<ArrayBuffer>, call: string): void;
  close(code: number | undefined, reason: string | undefined, call: string): void;
  /** Closes the connection and the tap. */
  stop(): void;
}
