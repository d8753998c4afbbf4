import type { XorLaneAction } from './model.ts';
import type { XorLaneView } from './present.ts';

interface Props {
  readonly view: XorLaneView;
  readonly dispatch: (action: XorLaneAction) => void;
}

/** One byte in three aligned rows of bits: as it came, the byte of the key, and what both make. */
export function BitRows({ view, dispatch }: Props) {
  const { current, bits } = view;
  const { index, wire, keyIndex, key, result, character, wrong } = current;
  return (
    <table class="xor-bits" key={index} aria-label={`Byte ${index} of the payload, bit by bit`}>
      <tbody>
        <tr class="field-payload-data" data-row="wire">
          <th scope="row">
            payload[{index}] <b>{wire}</b>
          </th>
          {bits.map((bit, place) => (
            <td key={place} class="xor-bit">
              {bit.wire}
            </td>
          ))}
        </tr>
        <tr class="field-masking-key" data-row="key">
          <th scope="row">
            key[{keyIndex}] <b>{key}</b>
          </th>
          {bits.map((bit, place) => (
            <td key={place} class="xor-bit">
              <button
                type="button"
                aria-pressed={bit.key === 1}
                aria-label={`bit ${place + 1} of key byte ${keyIndex}: ${bit.key}${bit.keyChanged ? ', changed' : ''}`}
                data-changed={bit.keyChanged || undefined}
                onClick={() => dispatch({ type: 'flipKeyBit', keyByte: keyIndex, bit: place })}
              >
                {bit.key}
              </button>
            </td>
          ))}
        </tr>
        <tr class="field-payload-data" data-row="result" data-wrong={wrong || undefined}>
          <th scope="row">
            XOR <b>{character === '' ? result : `${character} ${result}`}</b>
          </th>
          {bits.map((bit, place) => (
            <td key={place} class="xor-bit" data-flipped={bit.key === 1 || undefined}>
              {bit.result}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}
