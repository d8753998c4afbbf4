import './lab-source.css';
import type { FrameWords } from './frames.ts';

interface Props {
  readonly frame: FrameWords;
  readonly pressed: boolean;
  readonly open: () => void;
  readonly timeMs?: number | undefined;
}

/** A frame in one row, which opens it. */
export function FrameButton({ frame, pressed, open, timeMs }: Props) {
  const { fromClient, opcode, opcodeName, payload, byteLength, violation } = frame;
  return (
    <button
      type="button"
      class="frame-button"
      aria-pressed={pressed}
      data-from={fromClient ? 'client' : 'server'}
      onClick={open}
    >
      <span class="frame-way">
        {fromClient ? 'browser → server, masked' : 'server → browser'}
        {timeMs !== undefined && ` · ${timeMs.toFixed(1)} ms`}
      </span>
      <span class="frame-words">
        <span class="field-word field-opcode">
          {opcode.toString(16).toUpperCase()} {opcodeName}
        </span>{' '}
        {payload !== '' && <span class="field-word field-payload-data">{payload}</span>}
      </span>
      <span class="frame-way">
        {byteLength} bytes{violation !== undefined && `, breaks ${violation}`}
      </span>
    </button>
  );
}
