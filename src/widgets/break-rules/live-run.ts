import type { WireMessage } from '../../inspector/wire/wire.ts';
import { Tap } from '../base/source/tap.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { recordPageEvents } from './page-side.ts';

/** The page closes a connection on which nothing happens for this long. */
const PATIENCE_MS = 1000;
/** The end of TCP reaches the tap a moment after the page has been told. */
const TAP_PATIENCE_MS = 2000;

/**
 * Has the companion do an act to this browser, and records what was on the wire.
 *
 * @param target the path of the lab, with its query
 * @throws Error where the companion is gone
 */
export async function runLive(act: string, target: string, order: string | undefined): Promise<Outcome> {
  const messages: WireMessage[] = [];
  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const tap = new Tap({
    opened: opened.resolve,
    heard(message) {
      messages.push(message);
      if (message.type === 'close') ended.resolve();
    },
    lost(why) {
      opened.reject(new Error(why));
      ended.resolve();
    },
  });
  await opened.promise;
  const told = await recordPageEvents(tap.watched(target), order, PATIENCE_MS);
  await Promise.race([ended.promise, after(TAP_PATIENCE_MS)]);
  tap.close();
  return outcomeOf(act, messages, told);
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
