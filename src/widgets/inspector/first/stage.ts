import type { FrameDump } from '../../../inspector/frame/frame-dump.ts';
import type { Link } from '../../base/link/link.ts';

/** Where the shown frame comes from: only `live` is the reader's own. */
export type Origin = 'example' | 'live' | 'simulated' | 'address';

export interface ShownFrame {
  readonly dump: FrameDump;
  readonly origin: Origin;
  readonly fromClient: boolean;
}

/** What the figure shows before the reader asks for more. */
export interface Stage {
  readonly link: Link;
  /** Undefined: the reader has cleared it. */
  readonly shown: ShownFrame | undefined;
  /** Counts the frames that have arrived by themselves. */
  readonly arrivals: number;
}

export interface Badge {
  readonly state: 'example' | 'live' | 'simulated' | 'lost';
  readonly text: string;
}

/** Says whose bytes are shown. It says `live` for the reader's own bytes and for nothing else. */
export function badgeOf({ link, shown }: Stage): Badge {
  if (link.state === 'lost') {
    const next = link.waitMs === undefined ? 'no longer trying' : `trying again in ${link.waitMs / 1000} s`;
    return { state: 'lost', text: `${isOwn(shown) ? '' : 'an example; '}connection lost: ${next}` };
  }
  if (shown?.origin === 'address') return { state: 'example', text: 'an example, from the address' };
  if (shown?.origin === 'simulated') return { state: 'simulated', text: 'an example, simulated in this page' };
  if (link.state === 'live' && (shown === undefined || isOwn(shown))) {
    return { state: 'live', text: `live: your browser and ${link.host}` };
  }
  return { state: link.state === 'simulated' ? 'simulated' : 'example', text: 'an example' };
}

/** The figure's heading: what the bytes are. */
export function titleOf({ shown }: Stage): string {
  if (shown === undefined) return 'Send a message to see its bytes';
  const { origin, fromClient } = shown;
  switch (origin) {
    case 'live':
      return fromClient ? 'Your browser sent these bytes' : 'The server sent these bytes';
    case 'simulated':
      return fromClient ? 'An example of what a browser sends' : 'An example of what a server sends';
    case 'address':
      return 'An example: the frame in the address';
    case 'example':
      return 'An example of what a browser sends';
  }
}

/** The line under the figure: how the bytes came about. */
export function noteOf({ link, shown }: Stage): string {
  if (link.state === 'lost') return `${link.why} What came before stays readable.`;
  if (shown?.origin === 'address')
    return 'These bytes come from the address of this page. Send a message to see your own.';
  if (shown?.origin === 'simulated') {
    const why = link.state === 'simulated' ? `${link.why} ` : '';
    return `${why}These bytes were made in this page by the code that our server runs, not by your browser.`;
  }
  if (link.state === 'simulated') return `${link.why} These bytes are printed in the WebSocket standard.`;
  if (isOwn(shown)) {
    return 'Your browser made these bytes, and the server on your machine recorded them. They went nowhere else.';
  }
  if (link.state === 'live') return 'Your browser is connected to the server on your machine.';
  return 'These bytes are printed in the WebSocket standard. Your own take their place as soon as your browser has sent some.';
}

function isOwn(shown: ShownFrame | undefined): boolean {
  return shown?.origin === 'live';
}
