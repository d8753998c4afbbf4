import { type BuilderAction, MAX_KEY_LENGTH } from './model.ts';
import { PARTS, type Part, type PartName } from './parts.ts';
import type { Request } from './request-lines.ts';

interface Props {
  readonly request: Request;
  /** The parts that break a rule. */
  readonly marked: readonly PartName[];
  readonly act: (action: BuilderAction) => void;
  readonly drawKey: () => void;
}

/** A control for each part: its value, and for a header, whether it is sent. */
export function PartRows({ request, marked, act, drawKey }: Props) {
  const { choices, off, site } = request;
  return (
    <div class="part-rows">
      <h4>Parts of the request</h4>
      {PARTS.map((part) => {
        const isOff = off.includes(part.name);
        return (
          <div class="part-row" key={part.name} data-broken={marked.includes(part.name) || undefined}>
            <Switch part={part} on={!isOff} act={act} />
            <select
              id={`part-${part.name}`}
              aria-label={part.label}
              disabled={isOff}
              value={choices[part.name]}
              onChange={({ currentTarget }) => act({ type: 'choose', part: part.name, choice: currentTarget.value })}
            >
              {part.choices.map(({ id, label }) => (
                <option key={id} value={id} selected={id === choices[part.name]}>
                  {label}
                </option>
              ))}
            </select>
            {part.name === 'key' && choices.key === 'own' && !isOff && (
              <input
                type="text"
                aria-label="Your own key"
                autocomplete="off"
                spellcheck={false}
                maxLength={MAX_KEY_LENGTH}
                value={site.typedKey}
                onInput={({ currentTarget }) => act({ type: 'typeKey', typedKey: currentTarget.value })}
              />
            )}
          </div>
        );
      })}
      <p class="part-buttons needs-js">
        <button type="button" onClick={drawKey}>
          Draw a new key
        </button>
        <button type="button" onClick={() => act({ type: 'reset' })}>
          Reset
        </button>
      </p>
    </div>
  );
}

interface SwitchProps {
  readonly part: Part;
  readonly on: boolean;
  readonly act: (action: BuilderAction) => void;
}

/** Only a header can be left out. */
function Switch({ part: { name, label, header }, on, act }: SwitchProps) {
  if (header === undefined) return <label for={`part-${name}`}>{label}</label>;
  return (
    <label>
      <input
        type="checkbox"
        checked={on}
        onChange={({ currentTarget }) => act({ type: 'switch', part: name, on: currentTarget.checked })}
      />
      <code>{label}</code>
    </label>
  );
}
