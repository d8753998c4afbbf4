import './accept.css';
import { useEffect, useReducer, useState } from 'preact/hooks';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { findCompanion } from '../base/link/find-companion.ts';
import { AcceptSteps } from './AcceptSteps.tsx';
import { KeyField } from './KeyField.tsx';
import { initialAcceptState, keyOfLine, presentAccept, reduceAccept } from './model.ts';
import { takeBrowserKey, takeRandomKey } from './take-key.ts';

interface Props {
  /** The key of the worked example. */
  readonly exampleKey: string;
}

/** The accept calculator: from a Sec-WebSocket-Key, step by step, to its Sec-WebSocket-Accept. RFC 6455 §4.2.2. */
export default function AcceptCalculator({ exampleKey }: Props) {
  const [state, dispatch] = useReducer(reduceAccept, exampleKey, initialAcceptState);
  const [live, setLive] = useState<boolean | undefined>(undefined);
  const [lost, setLost] = useState('');
  const view = presentAccept(state.typed);

  useEffect(() => {
    void findCompanion().then(({ found }) => setLive(found));
  }, []);

  // The part of the address after the # stays on this machine.
  const { write } = useHashParameters((parameters) => {
    const typed = parameters.get('key');
    if (typed !== null) dispatch({ type: 'type', typed });
    return undefined;
  });
  const type = (typed: string): void => {
    dispatch({ type: 'type', typed });
    write({ key: keyOfLine(typed) });
  };
  const take = async (): Promise<void> => {
    const taken = live === true ? await takeBrowserKey() : takeRandomKey();
    if ('problem' in taken) {
      setLost(taken.problem);
      setLive(false);
      return;
    }
    setLost('');
    dispatch({ type: 'take', taken });
    write({ key: taken.key });
  };

  return (
    <section class="figure wide accept" aria-labelledby="accept-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h2 class="figure-title" id="accept-title">
          From the key to the accept
        </h2>
        <Badge live={live} />
      </header>
      <div class="figure-body">
        <KeyField state={state} view={view} live={live} onType={type} onTake={() => void take()} />
        {lost !== '' && (
          <p class="verdict" data-tone="danger" role="alert">
            {lost} You can draw a random key instead.
          </p>
        )}
        <AcceptSteps state={state} view={view} dispatch={dispatch} />
      </div>
      <footer class="figure-note">
        Everything is computed in this page. The address has the key after the #, a part that browsers never send.
      </footer>
    </section>
  );
}

function Badge({ live }: { readonly live: boolean | undefined }) {
  if (live === undefined) return <p class="badge">a worked example, RFC 6455 §1.3</p>;
  return live ? (
    <p class="badge" data-state="live" role="status">
      <span key="live">live: your browser and {location.host}</span>
    </p>
  ) : (
    <p class="badge" data-state="simulated" role="status">
      <span key="simulated">simulated in this page: for your browser’s own key, run npm start</span>
    </p>
  );
}
