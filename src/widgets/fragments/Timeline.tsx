import { useMemo } from 'preact/hooks';
import { FrameView } from '../base/frame-view/FrameView.tsx';
import { dumpRow } from './dump-row.ts';
import type { TimelineRow } from './timeline.ts';

interface Props {
  readonly rows: readonly TimelineRow[];
  readonly opened: number | undefined;
  readonly open: (row: number) => void;
  /** Whether the rows have just come from the wire. */
  readonly live: boolean;
}

/** Time runs down. On the left what was on the wire, then what the server holds, then what the page's script hears. */
export function Timeline({ rows, opened, open, live }: Props) {
  const row = opened === undefined ? undefined : rows[opened];
  return (
    <>
      <table class="frag-timeline" data-live={live || undefined}>
        <caption class="visually-hidden">Frames, the message so far, and the script’s events, in order</caption>
        <thead>
          <tr>
            <th scope="col">Frames on the wire</th>
            <th scope="col">The server’s message</th>
            <th scope="col">JavaScript in your page</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((each, i) => (
            <tr key={String(i)} data-from={each.fromClient ? 'client' : 'server'}>
              <td>
                <FrameCell row={each} pressed={opened === i} open={() => open(i)} />
              </td>
              <td data-tone={each.tone} data-label="message">
                {each.message}
              </td>
              <td data-told={each.told !== undefined} data-label="JavaScript">
                {each.told ?? 'nothing'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {row !== undefined && <OpenedFrame key={row.hex} row={row} />}
    </>
  );
}

interface FrameCellProps {
  readonly row: TimelineRow;
  readonly pressed: boolean;
  readonly open: () => void;
}

function FrameCell({ row, pressed, open }: FrameCellProps) {
  const { fromClient, opcode, opcodeName, fin, byteLength, payload, timeMs } = row;
  return (
    <button type="button" class="frag-frame" aria-pressed={pressed} onClick={open}>
      <span class="frag-way">
        {fromClient ? 'program → server' : 'server → program'} · {byteLength} bytes · {Math.round(timeMs)} ms
      </span>
      <span class="frag-header">
        <span class="field-word field-fin">FIN {fin ? 1 : 0}</span>{' '}
        <span class="field-word field-opcode">
          {opcode.toString(16).toUpperCase()} {opcodeName}
        </span>{' '}
        <span class="field-word field-payload-data">
          {payload.before !== '' && <code>…{payload.before} </code>}
          {payload.text}
          {payload.after !== '' && <code> {payload.after}…</code>}
        </span>
      </span>
    </button>
  );
}

/** A row's frame in all its panes. */
function OpenedFrame({ row }: { readonly row: TimelineRow }) {
  const dump = useMemo(() => dumpRow(row), [row]);
  return <FrameView dump={dump} />;
}
