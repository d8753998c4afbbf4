import { LinkKeeper } from '../../base/link/link-keeper.ts';
import { LiveSource } from '../../base/source/live-source.ts';
import type { SourceListener } from '../../base/source/source.ts';
import type { FirstConnection } from '../first/first-connection.ts';
import type { ShownFrame, Stage } from '../first/stage.ts';
import { frameOfHash, hashOfFrame } from './address.ts';
import { AdoptedSource } from './adopted-source.ts';
import type { SendCall } from './draft.ts';
import {
  type InspectorAction,
  type InspectorState,
  initialInspectorState,
  openedHex,
  reduceInspector,
  shownOf,
} from './model.ts';

/** Joins the model to the world: a source that is kept going, and the opened frame in the address. */
export class InspectorDriver {
  readonly keeper: LinkKeeper;
  readonly #changed: (state: InspectorState) => void;
  #state: InspectorState;
  #waiting: SendCall | undefined;
  /** The address is written once the reader has done something: what the page sends by itself leaves it alone. */
  #touched = false;
  #shown: { readonly opened: InspectorState['opened']; readonly frame: ShownFrame | undefined } | undefined;

  /** @param first the page's first connection, if it has one that is still alive */
  constructor(first: FirstConnection | undefined, stage: Stage, changed: (state: InspectorState) => void) {
    this.#changed = changed;
    this.#state = initialInspectorState(stage);
    let adoptable = first;
    const goLive = (listener: SourceListener) => {
      const adopted = adoptable;
      adoptable = undefined;
      return adopted === undefined || adopted.isOver ? new LiveSource(listener) : new AdoptedSource(listener, adopted);
    };
    this.keeper = new LinkKeeper(
      {
        changed: (link) => {
          // The connection that is taken over goes on meanwhile.
          if (link.state !== 'looking' || adoptable === undefined) this.dispatch({ type: 'link', link });
        },
        happened: (events) => {
          this.dispatch({ type: 'happened', events });
          this.#sendWaiting();
        },
      },
      goLive,
    );
    this.readAddress();
  }

  get state(): InspectorState {
    return this.#state;
  }

  /** The opened frame, explained once. */
  get shown(): ShownFrame | undefined {
    const { opened } = this.#state;
    if (this.#shown?.opened !== opened) this.#shown = { opened, frame: shownOf(opened) };
    return this.#shown?.frame;
  }

  readonly dispatch = (action: InspectorAction): void => {
    const before = openedHex(this.#state);
    this.#state = reduceInspector(this.#state, action);
    if (action.type === 'open' || action.type === 'clear') this.#touched = true;
    const hex = openedHex(this.#state);
    if (this.#touched && hex !== before) this.#writeAddress(hex);
    this.#changed(this.#state);
  };

  /** Sends over the open connection, or opens one first. */
  send(message: SendCall): void {
    this.#touched = true;
    this.#waiting = message;
    if (this.#state.connection === 'closed') this.keeper.source?.connect();
    this.#sendWaiting();
  }

  /** `#f=…` opens a frame. */
  readonly readAddress = (): void => {
    const linked = frameOfHash(location.hash);
    if (linked !== undefined) this.dispatch({ type: 'openLinked', linked });
  };

  stop(): void {
    this.keeper.stop();
  }

  #sendWaiting(): void {
    if (this.#waiting === undefined || this.#state.connection !== 'open') return;
    const { data, call } = this.#waiting;
    this.#waiting = undefined;
    this.keeper.source?.send(data, call);
  }

  #writeAddress(hex: string | undefined): void {
    const hash = hex === undefined ? undefined : hashOfFrame(hex);
    if (hash === undefined && !location.hash.startsWith('#f=')) return;
    history.replaceState(history.state, '', hash ?? location.pathname + location.search);
  }
}
