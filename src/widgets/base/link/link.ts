/** Where the bytes come from. */
export type Link =
  | { readonly state: 'example' }
  | { readonly state: 'looking' }
  | { readonly state: 'live'; readonly host: string }
  | { readonly state: 'simulated'; readonly why: string }
  /** The companion was there and is gone. The page looks again after `waitMs`; undefined: it has given up. */
  | { readonly state: 'lost'; readonly why: string; readonly attempt: number; readonly waitMs: number | undefined };

/** Why the figure simulates although a companion might be there. */
export const CHOSEN = 'You chose to go on without the companion.';

const FIRST_WAIT_MS = 1000;
const MAX_WAIT_MS = 30_000;
const MAX_ATTEMPTS = 7;

/** The state after the companion is gone: each wait is twice as long as the last, up to a limit, and then the page gives up. */
export function linkLost(why: string, attempt: number): Link {
  const waitMs = attempt < MAX_ATTEMPTS ? Math.min(FIRST_WAIT_MS * 2 ** attempt, MAX_WAIT_MS) : undefined;
  return { state: 'lost', why, attempt, waitMs };
}

/** The badge of a figure. */
export interface Badge {
  readonly state: 'example' | 'live' | 'simulated' | 'lost';
  readonly text: string;
}

export function badgeOf(link: Link): Badge {
  switch (link.state) {
    case 'example':
      return { state: 'example', text: 'a worked example' };
    case 'looking':
      return { state: 'example', text: 'looking for the companion' };
    case 'live':
      return { state: 'live', text: `live: your browser and ${link.host}` };
    case 'simulated':
      return { state: 'simulated', text: 'simulated in this page' };
    case 'lost': {
      const next = link.waitMs === undefined ? 'no longer trying' : `trying again in ${link.waitMs / 1000} s`;
      return { state: 'lost', text: `connection lost: ${next}` };
    }
  }
}
