import { useId } from 'preact/hooks';
import { changePlan, cutEvenly, MAX_FRAGMENTS, MAX_TEXT_BYTES, type Plan, WRONGS, type WrongName } from './plan.ts';

interface Props {
  readonly plan: Plan;
  readonly change: (plan: Plan) => void;
}

/** The text, how many fragments it goes in, where a ping stands, and what is to be wrong. */
export function PlanForm({ plan, change }: Props) {
  const id = useId();
  const fragments = plan.cuts.length + 1;
  return (
    <div class="plan-form needs-js">
      <label for={`${id}-text`}>Message, at most {MAX_TEXT_BYTES} bytes</label>
      <input
        id={`${id}-text`}
        type="text"
        value={plan.text}
        onInput={(event) => {
          const next = changePlan(plan, { text: event.currentTarget.value });
          // What has no room is not taken: the field shows what will be sent.
          event.currentTarget.value = next.text;
          change(next);
        }}
        autocomplete="off"
      />
      <label for={`${id}-fragments`}>Fragments</label>
      <span class="plan-slider">
        <input
          id={`${id}-fragments`}
          type="range"
          min={1}
          max={MAX_FRAGMENTS}
          value={fragments}
          aria-valuetext={`${fragments}`}
          onInput={(event) => change(cutEvenly(plan, Number(event.currentTarget.value)))}
        />
        <output for={`${id}-fragments`}>{fragments}</output>
      </span>
      <label for={`${id}-ping`}>A ping</label>
      <select
        id={`${id}-ping`}
        value={String(plan.pingAfter)}
        onChange={(event) => change(changePlan(plan, { pingAfter: Number(event.currentTarget.value) }))}
      >
        <option value="0">none</option>
        {plan.cuts.map((cut, i) => (
          <option key={cut} value={String(i + 1)}>
            after fragment {i + 1}
          </option>
        ))}
      </select>
      <label for={`${id}-wrong`}>Mistake</label>
      <select
        id={`${id}-wrong`}
        value={plan.wrong}
        onChange={(event) => change(changePlan(plan, { wrong: event.currentTarget.value as WrongName }))}
      >
        {Object.entries(WRONGS).map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}
