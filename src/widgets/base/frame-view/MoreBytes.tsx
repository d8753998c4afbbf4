import { type FrameAction, type FrameState, hiddenBytes } from './model.ts';

interface Props {
  readonly state: FrameState;
  readonly dispatch: (action: FrameAction) => void;
  /** How many bytes the pane draws at most. */
  readonly limit?: number;
}

/** Ends a pane that does not show the whole frame: says how much is missing, and shows more of it. */
export function MoreBytes({ state, dispatch, limit }: Props) {
  const { hidden, next } = hiddenBytes(state, limit);
  if (hidden === 0) return null;
  return (
    <p class="frame-cut">
      … {hidden} more byte{hidden > 1 && 's'}{' '}
      {next > 0 && (
        <button type="button" class="needs-js" onClick={() => dispatch({ type: 'showMore' })}>
          Show {next < hidden ? `${next} more bytes` : 'them'}
        </button>
      )}
    </p>
  );
}
