import { formatHexByte } from '../../bytes/hex.ts';
import { type FrameBitsAction, type FrameBitsState, lensBits } from './model.ts';

interface Props {
  readonly state: FrameBitsState;
  readonly dispatch: (action: FrameBitsAction) => void;
}

/** One byte, magnified: its bits are large enough for a finger. */
export function Lens({ state, dispatch }: Props) {
  const bits = lensBits(state);
  const byte = (bits[0]?.bit ?? 0) >> 3;
  const { length } = state.stream.bytes;
  const step = (to: number) => () => {
    const cell = { start: 8 * to, end: 8 * to + 1 };
    dispatch({ type: 'view', action: { type: 'pick', cell, extend: false } });
  };
  return (
    <div class="lens needs-js">
      <p class="lens-title">
        <button type="button" disabled={byte === 0} aria-label="Previous byte" onClick={step(byte - 1)}>
          ←
        </button>
        <span>
          Byte {byte + 1} of {length}: {formatHexByte(state.stream.bytes[byte] ?? 0)}
        </span>
        <button type="button" disabled={byte === length - 1} aria-label="Next byte" onClick={step(byte + 1)}>
          →
        </button>
      </p>
      <div class="lens-bits" role="group" aria-label={`Bits of byte ${byte + 1}, large`}>
        {bits.map(({ bit, value, flipped, name, label, fieldClass }) => (
          <button
            key={bit}
            type="button"
            class={fieldClass}
            data-flipped={flipped || undefined}
            onClick={() => dispatch({ type: 'flip', bit })}
          >
            <b>{value}</b> <span>{name}</span>
            <span class="visually-hidden">
              , {label}
              {flipped && ', flipped'}
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}
