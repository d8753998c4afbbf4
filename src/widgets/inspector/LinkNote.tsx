import { badgeOf, type Link } from './link.ts';

/** Which truth the figure shows. */
export function LinkBadge({ link }: { readonly link: Link }) {
  const { state, text } = badgeOf(link);
  return (
    <p class="badge" data-state={state} role="status">
      {text}
    </p>
  );
}

interface Props {
  readonly link: Link;
  readonly retry: () => void;
  readonly simulate: (why: string) => void;
}

/** What that truth means, and how to come to another. */
export function LinkNote({ link, retry, simulate }: Props) {
  if (link.state === 'live') {
    return (
      <footer class="figure-note">
        Your browser made these bytes, and the companion on {link.host} recorded them as they came off its socket. They
        went nowhere else.
      </footer>
    );
  }
  if (link.state === 'lost') {
    return (
      <footer class="figure-note inspector-lost">
        <span class="link-said">{link.why} What came before stays readable.</span>
        <button type="button" onClick={retry}>
          Try now
        </button>
        <button type="button" onClick={() => simulate('You chose to go on without it.')}>
          Go on simulated
        </button>
      </footer>
    );
  }
  if (link.state === 'simulated') {
    return (
      <footer class="figure-note inspector-lost">
        <span class="link-said">
          {link.why} Both ends run inside this page, on the code that the companion runs. For your browser’s own bytes,
          start the companion with <code>npm start</code> and open <code>http://localhost:8080</code>.
        </span>
        <button type="button" onClick={retry}>
          Look again
        </button>
      </footer>
    );
  }
  return (
    <footer class="figure-note">
      The RFC’s own example (§5.7): the text “Hello” from a client, and an echo of it. With JavaScript on, you type your
      own.
    </footer>
  );
}
