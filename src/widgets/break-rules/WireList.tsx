import type { ShownWire } from './present.ts';

interface Props {
  readonly wire: readonly ShownWire[];
  /** What came after the last of it. */
  readonly end: string;
  /** The place of what is taken apart. */
  readonly taken: number | undefined;
  readonly onTake: (place: number) => void;
}

/** What was on the wire, line by line; each opens in all its panes. */
export function WireList({ wire, end, taken, onTake }: Props) {
  return (
    <ol class="act-wire">
      {wire.map((each, place) => (
        <li key={place} data-from={each.from}>
          <span aria-hidden="true">{each.from === 'client' ? '↑' : '↓'}</span>
          <button type="button" class="in-text" aria-expanded={taken === place} onClick={() => onTake(place)}>
            <span class="visually-hidden">{each.from === 'client' ? 'from the client: ' : 'from the server: '}</span>
            {each.label}
          </button>
          {each.breaks !== undefined && <span class="row-violation">breaks {each.breaks}</span>}
        </li>
      ))}
      <li class="act-none">{end}</li>
    </ol>
  );
}
