import { FrameButton } from '../base/lab-source/FrameButton.tsx';
import { OpenedFrame } from '../base/lab-source/OpenedFrame.tsx';
import { CLOSERS, CODE_ROWS, type CodeRow, type CodesState, keyOf, type Trial, type TrialResult } from './model.ts';

interface Props {
  readonly state: CodesState;
  readonly ready: boolean;
  readonly tryOut: (trials: readonly Trial[]) => void;
  readonly open: (frame: string) => void;
}

/** A row for each code, and under it a row for each trial. */
export function CodeRows(props: Props) {
  return (
    <table class="truth-table codes-table">
      <caption class="visually-hidden">Status codes, and the results of those that were tried</caption>
      <thead>
        <tr>
          <th scope="col">What was done</th>
          <th scope="col">On the wire</th>
          <th scope="col">Your JavaScript got</th>
        </tr>
      </thead>
      {CODE_ROWS.map((row) => (
        <CodeGroup key={row.label} row={row} {...props} />
      ))}
    </table>
  );
}

function CodeGroup({ row, state, ready, tryOut, open }: Props & { readonly row: CodeRow }) {
  const { code, label, name, sentBy, legal } = row;
  return (
    <tbody data-code={code}>
      <tr class="code-row">
        <th scope="rowgroup" colSpan={3}>
          <span class="code-label" data-legal={legal}>
            {label}
          </span>{' '}
          {name}
          <span class="code-about">{legal ? `Sent by ${sentBy}.` : 'Never sent.'}</span>
          <span class="code-try needs-js">
            {CLOSERS.map((by) => (
              <button type="button" key={by} disabled={!ready} onClick={() => tryOut([{ code, by }])}>
                {by === 'page' ? `page: close(${code})` : `server: ${code}`}
              </button>
            ))}
          </span>
        </th>
      </tr>
      {CLOSERS.map((by) => {
        const result = state.results.get(keyOf({ code, by }));
        return result && <ResultRow key={by} result={result} opened={state.opened} open={open} />;
      })}
    </tbody>
  );
}

interface ResultProps {
  readonly result: TrialResult;
  readonly opened: string | undefined;
  readonly open: (frame: string) => void;
}

function ResultRow({ result, opened, open }: ResultProps) {
  const key = keyOf(result.trial);
  const openedFrame = result.wire.find((_, i) => opened === `${key}-${i}`);
  return (
    <>
      <tr data-trial={key}>
        <td data-label="done">
          <code>{result.done}</code> <span class="code-how">{result.how}</span>
        </td>
        <td data-label={result.wire.length === 0 ? 'on the wire' : undefined}>
          {result.wire.length === 0 && <span class="code-how">nothing</span>}
          {result.wire.map((frame, i) => (
            <FrameButton
              key={String(i)}
              frame={frame}
              pressed={opened === `${key}-${i}`}
              open={() => open(`${key}-${i}`)}
            />
          ))}
        </td>
        <td data-label="JavaScript got">
          <code>{result.told}</code>
        </td>
      </tr>
      {openedFrame !== undefined && (
        <tr>
          <td colSpan={3}>
            <OpenedFrame hex={openedFrame.hex} />
          </td>
        </tr>
      )}
    </>
  );
}
