import { FrameButton } from '../base/lab-source/FrameButton.tsx';
import { OpenedFrame } from '../base/lab-source/OpenedFrame.tsx';
import type { PingState } from './model.ts';

interface Props {
  readonly state: PingState;
  readonly open: (row: number) => void;
}

/** Three columns of truth, of which two stay empty. */
export function PingTable({ state, open }: Props) {
  const { rows, opened } = state;
  const row = opened === undefined ? undefined : rows[opened];
  return (
    <>
      <table class="truth-table">
        <caption class="visually-hidden">
          What your JavaScript calls, what is on the wire, what your JavaScript hears
        </caption>
        <thead>
          <tr>
            <th scope="col">Your JavaScript calls</th>
            <th scope="col">On the wire</th>
            <th scope="col">Your JavaScript hears</th>
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 && (
            <tr>
              <td colSpan={3}>No frame yet. Press a button.</td>
            </tr>
          )}
          {rows.map((each, i) => (
            <tr key={String(i)}>
              <td data-label="JavaScript calls" data-quiet="true">
                {each.said}
              </td>
              <td>
                <FrameButton frame={each} pressed={opened === i} open={() => open(i)} timeMs={each.timeMs} />
                {each.roundTripMs !== undefined && (
                  <span class="ping-trip">round trip {each.roundTripMs.toFixed(1)} ms</span>
                )}
              </td>
              <td data-label="JavaScript hears" data-quiet="true">
                nothing
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {row !== undefined && <OpenedFrame hex={row.hex} />}
    </>
  );
}
