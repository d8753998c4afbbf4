import { countEvents, type PollingSettings } from '../../companion/polling.ts';

/** The length of every event, in bytes: a short message of JSON. */
export const EVENT_BYTES = 20;

/** The gaps between events, in shares of the average: uneven, so that events and polls do not keep step. */
const GAPS = [1.31, 0.62, 0.94, 0.57, 1.43, 1.08, 0.71, 1.34];

/** When each event happens, in ms from the first one. The same settings give the same times, everywhere. */
export function eventTimes(settings: Pick<PollingSettings, 'everyMs'>): number[] {
  const times: number[] = [];
  let ms = 0;
  for (let i = 0; i < countEvents(settings); i++) {
    times.push(Math.round(ms));
    ms += settings.everyMs * (GAPS[i % GAPS.length] as number);
  }
  return times;
}

/** The text of an event. @param index counted from 0, below 90 */
export function eventText(index: number): string {
  return `{"n":${index + 10},"price":${100 + ((index * 37) % 900)}}`;
}

/** The number of an event, counted from 0; undefined if the text is not one. */
export function eventIndex(text: string): number | undefined {
  const number = Number(/^\{"n":(\d\d),/.exec(text)?.[1]);
  return number >= 10 && eventText(number - 10) === text ? number - 10 : undefined;
}

/** What an answer carries: one event on each line. @returns '' if there is none */
export function answerText(first: number, count: number): string {
  return Array.from({ length: count }, (_, i) => eventText(first + i)).join('\n');
}

/** One event in a stream of server-sent events. HTML Living Standard §9.2.6. */
export function streamedText(index: number): string {
  return `data: ${eventText(index)}\n\n`;
}
