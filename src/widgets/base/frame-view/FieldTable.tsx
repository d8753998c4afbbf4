import { useMemo } from 'preact/hooks';
import { overlaps } from './bit-range.ts';
import { fieldRows } from './field-rows.ts';
import { type FrameAction, type FrameState, litRange } from './model.ts';
import { bitsAttribute, usePane } from './use-pane.ts';

interface Props {
  readonly state: FrameState;
  readonly dispatch: (action: FrameAction) => void;
}

/** Each field of the frame with its place, its value and what the value says. RFC 6455 §5.2. */
export function FieldTable({ state, dispatch }: Props) {
  const pane = usePane(state, dispatch, 'field', () => 1);
  const rows = useMemo(() => fieldRows(state.frame), [state.frame]);
  const lit = litRange(state);
  return (
    <div class="field-table" {...pane}>
      <table role="grid" aria-label="Fields of the frame">
        <thead>
          <tr>
            <th scope="col">field</th>
            <th scope="col">where</th>
            <th scope="col">value</th>
            <th scope="col">meaning</th>
            <th scope="col">RFC 6455</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, fieldClass, range, place, value, violated }) => (
            <tr
              key={field.bit}
              class={`cell ${fieldClass}`}
              tabIndex={overlaps(range, state.focus) && state.focus.start >= range.start ? 0 : -1}
              aria-selected={overlaps(range, lit)}
              data-bits={bitsAttribute(range)}
              data-mark={overlaps(range, lit) ? 'lit' : undefined}
              data-violated={violated || undefined}
            >
              <th scope="row">{field.name}</th>
              <td class="field-place">{place}</td>
              <td class="field-value">{value}</td>
              <td class="field-meaning">{field.meaning}</td>
              <td class="field-section">§{field.section}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
