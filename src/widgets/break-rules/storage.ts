import type { Outcome } from './outcome.ts';
import { type BreakRecording, formatBreakRecording, parseBreakRecording } from './recording.ts';

const KEY = 'framelight:broken-rules';

/** What this browser did before; nothing where it is another version now, or nothing was kept. */
export function readStoredOutcomes(browser: string): readonly Outcome[] {
  try {
    const parsed = parseBreakRecording(localStorage.getItem(KEY) ?? '');
    return 'recording' in parsed && parsed.recording.browser === browser ? parsed.recording.outcomes : [];
  } catch {
    // Storage can be refused: then nothing was kept.
    return [];
  }
}

export function storeRecording(recording: BreakRecording): void {
  try {
    localStorage.setItem(KEY, formatBreakRecording(recording));
  } catch {
    // The results then last as long as the page.
  }
}

export function clearStoredOutcomes(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Where storage is refused there is nothing to forget.
  }
}
