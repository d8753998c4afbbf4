/** A member of the broadcast: a WebSocket of this page, or one that stands for it. */
export interface Member {
  /** A letter. */
  readonly name: string;
  /** The companion that it is connected to: the first or the second. */
  readonly server: 0 | 1;
}

/** What happened in a broadcast. Bytes are seen at the first companion alone: the second one shows them to its own pages only. */
export type BroadcastEvent =
  | { readonly type: 'joined'; readonly member: Member }
  | { readonly type: 'left'; readonly name: string }
  /** The page has called send(). */
  | { readonly type: 'said'; readonly name: string; readonly payload: string; readonly text: string }
  /** The server has read a frame from a member, or written one to it. */
  | { readonly type: 'in' | 'out'; readonly name: string; readonly payload: string; readonly hex: string }
  /** A member's onmessage was called. */
  | { readonly type: 'heard'; readonly name: string; readonly payload: string; readonly text: string };
