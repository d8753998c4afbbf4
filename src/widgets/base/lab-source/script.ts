import { quoteText } from '../../../text/quote-text.ts';
import type { SourceEvent } from '../source/source.ts';

/** What a page does as soon as its connection to the lab is open: an order, a close, or both at once. */
export interface LabScript {
  /** The name of an act, then a space and its detail. */
  readonly order?: string;
  readonly close?: { readonly code?: number; readonly reason?: string };
}

/** The line of JavaScript to show. */
export function callOfOrder(order: string): string {
  return `ws.send(${quoteText(order)})`;
}

export function callOfClose({ code, reason }: NonNullable<LabScript['close']>): string {
  const parts = [code, reason === undefined || reason === '' ? undefined : quoteText(reason)];
  return `ws.close(${parts.filter((part) => part !== undefined).join(', ')})`;
}

/** Whether nothing more can happen: TCP has ended and the page knows it, or the browser refused the call. */
export function isOver(events: readonly SourceEvent[]): boolean {
  if (events.some(({ type }) => type === 'threw')) return true;
  const tcpEnded = events.some((event) => event.type === 'wire' && event.message.type === 'close');
  return tcpEnded && events.some((event) => event.type === 'told' && event.topic === 'close');
}
