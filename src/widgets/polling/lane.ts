import type { Arrow, Course } from '../base/polling-cost/delay.ts';

/** What one lane of the diagram draws; all times in ms. */
export interface Lane {
  /** One for each message: it is ready at `fromMs`, and the server can send it at `toMs`. */
  readonly waits: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** With the number of messages that each carries; 0 for a request. */
  readonly arrows: readonly (Arrow & { readonly messages: number })[];
}

/** @param messagesMs when each message is ready in the server */
export function laneOf({ arrows, waitsMs }: Course, delayMs: number, messagesMs: readonly number[]): Lane {
  const waits = messagesMs.map((fromMs, index) => ({ fromMs, toMs: fromMs + (waitsMs[index] ?? delayMs) - delayMs }));
  const carriedBy = ({ kind, sentMs }: Arrow) =>
    kind === 'message' ? waits.filter(({ toMs }) => toMs === sentMs).length : 0;
  return { waits, arrows: arrows.map((arrow) => ({ ...arrow, messages: carriedBy(arrow) })) };
}

const MAX_TICKS = 7;

/** Round times for the axis, at most seven and at least 100 ms apart, from 0 on. */
export function ticksOf(endMs: number): number[] {
  const step = [100, 200, 500].find((ms) => endMs / ms < MAX_TICKS) ?? 1000;
  return Array.from({ length: Math.floor(endMs / step) + 1 }, (_, index) => index * step);
}
