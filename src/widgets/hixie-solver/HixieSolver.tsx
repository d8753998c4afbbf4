import './hixie-solver.css';
import { useId, useState } from 'preact/hooks';
import { EXAMPLE, MAX_KEY_LENGTH, presentSolver } from './model.ts';

/** The challenge of hixie-76, solved step by step as the reader types. */
export default function HixieSolver() {
  const [state, setState] = useState(EXAMPLE);
  const { keys, bodyProblem, bodyHex, answer } = presentSolver(state);
  return (
    <div class="hixie-solver" data-own={state !== EXAMPLE || undefined}>
      {keys.map(({ problem, sum, bytes }, i) => {
        const name = i === 0 ? 'key1' : 'key2';
        return (
          <Row
            key={name}
            label={`Sec-WebSocket-Key${i + 1}`}
            value={state[name]}
            problem={problem}
            onInput={(value) => setState({ ...state, [name]: value })}
          >
            {sum}
            <br />
            as four bytes: <code class="field-masking-key">{bytes}</code>
          </Row>
        );
      })}
      <Row
        label="The 8 bytes after the head, as characters or in hex"
        value={state.body}
        problem={bodyProblem}
        onInput={(body) => setState({ ...state, body })}
      >
        <code class="field-payload-data">{bodyHex}</code>
      </Row>
      <p class="solver-answer" role="status">
        {answer === undefined ? (
          'There is no answer: the server must end the connection.'
        ) : (
          <>
            The answer, MD5 of these 16 bytes: <code class="field-fin">{answer.hex}</code> As characters:{' '}
            <code>{answer.text}</code>
          </>
        )}
      </p>
    </div>
  );
}

interface RowProps {
  readonly label: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onInput: (value: string) => void;
  readonly children: preact.ComponentChildren;
}

function Row({ label, value, problem, onInput, children }: RowProps) {
  const id = useId();
  return (
    <div class="solver-row">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={value}
        maxLength={MAX_KEY_LENGTH}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-said`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-said`}>{problem ?? children}</p>
    </div>
  );
}
