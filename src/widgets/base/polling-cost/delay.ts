/** Something that travels between client and server. */
export interface Arrow {
  readonly kind: 'request' | 'message';
  readonly from: 'client' | 'server';
  readonly sentMs: number;
  readonly arrivesMs: number;
}

/** How fast one technique delivers the messages. */
export interface Course {
  readonly arrows: readonly Arrow[];
  /** For each message, the time from when the server has it to when the client has it. */
  readonly waitsMs: readonly number[];
  readonly averageMs: number;
  readonly worstMs: number;
}

/** The client asks, the server answers when it has something, and the client asks again. */
export function longPolling(delayMs: number, messagesMs: readonly number[]): Course {
  const arrows: Arrow[] = [];
  const waits: number[] = [];
  // The first request arrives before the first message exists.
  let requestAtMs = 0;
  let next = 0;
  while (next < messagesMs.length) {
    const answersMs = Math.max(requestAtMs, messagesMs[next] as number);
    const arrivesMs = answersMs + delayMs;
    arrows.push({ kind: 'message', from: 'server', sentMs: answersMs, arrivesMs });
    // One answer carries every message that has come up meanwhile.
    for (; next < messagesMs.length && (messagesMs[next] as number) <= answersMs; next++) {
      waits.push(arrivesMs - (messagesMs[next] as number));
    }
    requestAtMs = arrivesMs + delayMs;
    arrows.push({ kind: 'request', from: 'client', sentMs: arrivesMs, arrivesMs: requestAtMs });
  }
  return course(arrows, waits);
}

/** The server sends each message as soon as it has it. */
export function pushing(delayMs: number, messagesMs: readonly number[]): Course {
  const arrows = messagesMs.map((sentMs): Arrow => {
    return { kind: 'message', from: 'server', sentMs, arrivesMs: sentMs + delayMs };
  });
  return course(
    arrows,
    messagesMs.map(() => delayMs),
  );
}

function course(arrows: readonly Arrow[], waitsMs: readonly number[]): Course {
  const sum = waitsMs.reduce((total, wait) => total + wait, 0);
  return { arrows, waitsMs, averageMs: sum / waitsMs.length, worstMs: Math.max(...waitsMs) };
}

/** The number of messages in the figure. */
export const MESSAGES = 8;

/** The times at which the server has a new message: one every `everyMs`. */
export function messageTimes(everyMs: number): number[] {
  return Array.from({ length: MESSAGES }, (_, index) => index * everyMs);
}
