import { useMemo } from 'preact/hooks';
import { sizeOf } from '../log/entries-of-wire.ts';
import type { Entry, ScriptLine } from '../log/entry.ts';

interface Props {
  readonly entry: Entry;
  readonly position: number;
  readonly count: number;
  readonly open: boolean;
  /** Leaves out what JavaScript called and received. */
  readonly wireOnly: boolean;
  readonly onOpen: () => void;
}

export function rowId(id: number): string {
  return `inspector-row-${id}`;
}

/** One row: what JavaScript called, what was on the wire, what JavaScript received. */
export function FrameListRow({ entry, position, count, open, wireOnly, onOpen }: Props) {
  return useMemo(
    () => (
      <div
        id={rowId(entry.id)}
        class="frame-list-row frame-list-grid"
        role="option"
        tabIndex={-1}
        aria-selected={open}
        aria-posinset={position}
        aria-setsize={count}
        data-from={entry.fromClient ? 'client' : 'server'}
        onClick={onOpen}
        onKeyDown={undefined}
      >
        {!wireOnly && <TruthCell truth={entry.said} />}
        <span class="row-wire">
          <Wire entry={entry} />
        </span>
        {!wireOnly && <TruthCell truth={entry.told} />}
      </div>
    ),
    [entry, position, count, open, wireOnly],
  );
}

function TruthCell({ truth }: { readonly truth: ScriptLine | undefined }) {
  return (
    <span class="row-truth" data-quiet={truth?.quiet || undefined}>
      {truth?.text}
    </span>
  );
}

function Wire({ entry }: { readonly entry: Entry }) {
  if (entry.kind === 'script') return <span class="row-nothing">nothing went on the wire</span>;
  if (entry.kind === 'end') {
    return (
      <>
        <Time timeMs={entry.timeMs} />
        <span class="row-text">{entry.sentence}</span>
      </>
    );
  }
  return (
    <>
      <Arrow fromClient={entry.fromClient} />
      <Time timeMs={entry.timeMs} />
      {entry.kind === 'handshake' ? (
        <span class="row-text">{entry.firstLine}</span>
      ) : (
        <>
          <span class="row-opcode field-word field-opcode">{entry.opcodeName}</span>
          <span class="row-size">{sizeOf(entry)}</span>
          <span class="row-text">{entry.preview}</span>
          {entry.violations.map(({ rule }) => (
            <span key={rule} class="row-violation">
              breaks {rule}
            </span>
          ))}
        </>
      )}
    </>
  );
}

function Arrow({ fromClient }: { readonly fromClient: boolean }) {
  return (
    <>
      <span class="row-arrow" aria-hidden="true">
        {fromClient ? '↑' : '↓'}
      </span>
      <span class="visually-hidden">{fromClient ? 'to the server: ' : 'to the client: '}</span>
    </>
  );
}

function Time({ timeMs }: { readonly timeMs: number | undefined }) {
  return timeMs === undefined ? null : <span class="row-time">{timeMs.toFixed(1)} ms</span>;
}
