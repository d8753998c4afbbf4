import { countNoun } from '../../text/count.ts';
import type { LabRow } from './model.ts';
import type { PollingLabFigure } from './use-polling-lab.ts';

const CLIENTS = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];
const RATES = [0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];

interface Props {
  readonly figure: PollingLabFigure;
  readonly rows: readonly LabRow[];
}

/** What the measured bytes come to for many clients. */
export function Bandwidth({ figure: { state, dispatch }, rows }: Props) {
  const { clients, rate } = state.load;
  return (
    <div class="pl-bandwidth">
      <h4>For all your users</h4>
      <div class="pl-controls needs-js">
        <Steps
          label={countNoun(clients, 'client')}
          steps={CLIENTS}
          value={clients}
          onValue={(value) => dispatch({ type: 'load', load: { clients: value } })}
        />
        <Steps
          label={rate === 1 ? '1 message a second to each' : `${rate} messages a second to each`}
          steps={RATES}
          value={rate}
          onValue={(value) => dispatch({ type: 'load', load: { rate: value } })}
        />
      </div>
      <table class="pl-rows">
        <thead>
          <tr>
            <th scope="col">
              {countNoun(clients, 'client')}, {rate} a second
            </th>
            <th scope="col">Bytes each second</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ transport, name, bandwidth }) => (
            <tr key={transport} data-transport={transport}>
              <th scope="row">{name}</th>
              <td>{bandwidth}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface StepsProps {
  readonly label: string;
  readonly steps: readonly number[];
  readonly value: number;
  readonly onValue: (value: number) => void;
}

function Steps({ label, steps, value, onValue }: StepsProps) {
  return (
    <label class="pl-slider">
      <span>{label}</span>
      <input
        type="range"
        min={0}
        max={steps.length - 1}
        value={steps.indexOf(value)}
        aria-valuetext={label}
        onInput={(event) => onValue(steps[Number(event.currentTarget.value)] ?? value)}
      />
    </label>
  );
}
