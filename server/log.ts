/** Takes one event that somebody may want to know of: what happened, where, to whom. */
export type Log = (event: string) => void;

const LINES_PER_SECOND = 20;

/**
 * Writes one line an event. Past 20 lines in a second the rest is counted, not written: a peer that
 * does wrong as fast as it can fills neither disk nor terminal.
 *
 * @param writeLine takes a line without its end
 * @param nowMs the clock
 */
export function createLog(writeLine: (line: string) => void, nowMs: () => number = () => performance.now()): Log {
  let second = Number.NEGATIVE_INFINITY;
  let written = 0;
  let heldBack = 0;
  return (event) => {
    const now = nowMs();
    if (now - second >= 1000) {
      second = now;
      written = 0;
      if (heldBack > 0) writeLine(`${heldBack} more lines were held back`);
      heldBack = 0;
    }
    if (written < LINES_PER_SECOND) writeLine(event.replace(CONTROL_CHARACTERS, escapeCharacter));
    else heldBack++;
    written++;
  };
}

// The peer's own text may be in the event: it must not begin a line of its own, nor move the cursor.
const CONTROL_CHARACTERS = /\p{Cc}/gu;

function escapeCharacter(character: string): string {
  return `\\u{${character.charCodeAt(0).toString(16)}}`;
}
