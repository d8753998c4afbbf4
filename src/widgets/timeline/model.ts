import { arrivalOf, lastStop } from '../base/life/lives.ts';
import { type Moment, momentsOf } from '../base/life/moment.ts';
import type { Link } from '../base/link/link.ts';
import type { SourceEvent } from '../base/source/source.ts';

/** The life of one connection, and where in it the reader stands. */
export interface TimelineState {
  readonly link: Link;
  readonly events: readonly SourceEvent[];
  /** Whether it is the reader's own, and not the worked example. */
  readonly lived: boolean;
  readonly moments: readonly Moment[];
  /** See lives.ts: two stops a moment. */
  readonly stop: number;
  readonly playing: boolean;
  /** The stop that an address asked for, until there are so many. */
  readonly asked: number | undefined;
}

export type TimelineAction =
  | { readonly type: 'link'; readonly link: Link }
  | { readonly type: 'happened'; readonly events: readonly SourceEvent[] }
  | { readonly type: 'ask'; readonly stop: number }
  | { readonly type: 'go'; readonly stop: number }
  | { readonly type: 'togglePlay' }
  | { readonly type: 'tick' };

export function initialTimelineState(example: readonly SourceEvent[]): TimelineState {
  const moments = momentsOf(example);
  return {
    link: { state: 'example' },
    events: example,
    lived: false,
    moments,
    stop: restingStop(moments),
    playing: false,
    asked: undefined,
  };
}

export function reduceTimeline(state: TimelineState, action: TimelineAction): TimelineState {
  switch (action.type) {
    case 'link':
      return { ...state, link: action.link };
    case 'happened':
      return happened(state, action.events);
    case 'ask':
      return { ...go(state, action.stop), asked: action.stop };
    case 'go':
      return { ...go(state, action.stop), playing: false };
    case 'togglePlay':
      return state.playing ? { ...state, playing: false } : play(state);
    case 'tick':
      return tick(state);
  }
}

/** Whether the reader's connection is gone, and the time line whole: until then it has no room for another. */
export function isOver({ events, lived }: Pick<TimelineState, 'events' | 'lived'>): boolean {
  return lived && events.some((event) => event.type === 'wire' && event.message.type === 'close');
}

/** A connection begins where JavaScript asks for one; what was before belongs to the last. */
function happened(state: TimelineState, news: readonly SourceEvent[]): TimelineState {
  const begins = news.findLastIndex((event) => event.type === 'said' && event.topic === 'open');
  const events = begins === -1 ? [...state.events, ...news] : news.slice(begins);
  const moments = momentsOf(events);
  const wanted = state.asked ?? restingStop(moments);
  const stop = begins === -1 && state.playing ? state.stop : Math.min(wanted, lastStop(moments));
  const lived = state.lived || begins !== -1;
  return { ...state, events, lived, moments, stop, playing: begins === -1 && state.playing };
}

/** Where the reader's own message has arrived: that is what they came to see. */
function restingStop(moments: readonly Moment[]): number {
  const message = moments.findIndex(({ kind, from }) => kind === 'frame' && from === 'client');
  return message === -1 ? lastStop(moments) : arrivalOf(message);
}

function go(state: TimelineState, stop: number): TimelineState {
  return { ...state, stop: Math.min(Math.max(Math.round(stop), 0), lastStop(state.moments)), asked: undefined };
}

/** At the end it starts again from the beginning. */
function play(state: TimelineState): TimelineState {
  const stop = state.stop === lastStop(state.moments) ? 0 : state.stop;
  return { ...state, stop, playing: true, asked: undefined };
}

function tick(state: TimelineState): TimelineState {
  const stop = Math.min(state.stop + 1, lastStop(state.moments));
  return { ...state, stop, playing: state.playing && stop < lastStop(state.moments) };
}
