import { badgeOf, type Link } from './link.ts';

/** Which truth the figure shows. Its words are an element anew each time: none that was there moves when they change. */
export function LinkBadge({ link }: { readonly link: Link }) {
  const { state, text } = badgeOf(link);
  return (
    <p class="badge" data-state={state} role="status">
      <span key={text}>{text}</span>
    </p>
  );
}

interface Props {
  readonly link: Link;
  /** Looks for the companion now. */
  readonly look: () => void;
  readonly simulate: () => void;
  /** What is shown before JavaScript has had its say. */
  readonly example?: string;
  /** What is shown with the companion, and without it. */
  readonly live?: string;
  readonly simulated?: string;
}

const EXAMPLE =
  'The RFC’s own example (§5.7): the text “Hello” from a client, and an echo of it. With JavaScript on, you type your own.';
const LIVE =
  'Your browser made these bytes, and the companion recorded them as they came off its socket. They went nowhere else.';
const SIMULATED = 'Both ends run inside this page, on the code that the companion runs.';

/** What that truth means, and how to come to another. */
export function LinkNote({ link, look, simulate, example = EXAMPLE, live = LIVE, simulated = SIMULATED }: Props) {
  if (link.state === 'live') return <footer class="figure-note">{live}</footer>;
  if (link.state === 'example' || link.state === 'looking') return <footer class="figure-note">{example}</footer>;
  const lost = link.state === 'lost';
  return (
    <footer class="figure-note figure-link">
      <span>
        {link.why}{' '}
        {lost ? (
          'What came before stays readable.'
        ) : (
          <>
            {simulated} For a real connection, start the companion with <code>npm start</code> and open{' '}
            <code>http://localhost:8080</code>.
          </>
        )}
      </span>
      <button type="button" onClick={look}>
        Look again
      </button>
      {lost && (
        <button type="button" onClick={simulate}>
          Go on simulated
        </button>
      )}
    </footer>
  );
}
