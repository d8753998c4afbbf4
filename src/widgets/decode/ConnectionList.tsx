import type { Decoded } from './decoded.ts';
import type { ShowAction } from './orders.ts';
import { showText } from './show-text.ts';

interface Props {
  readonly decoded: Decoded;
  readonly show: (action: ShowAction) => void;
}

/** The connections of a recording: one of them is shown. */
export function ConnectionList({ decoded: { connections, connectionCount, shown }, show }: Props) {
  const more = connectionCount - connections.length;
  return (
    <section class="decoder-connections" aria-labelledby="connections-title">
      <h2 class="pane-title" id="connections-title">
        {connectionCount.toLocaleString('en')} connections
      </h2>
      <ul class="plain-list">
        {connections.map(({ number, path, frameCount, brokenCount }, index) => (
          <li key={number}>
            <button type="button" aria-pressed={index === shown} onClick={() => show({ type: 'connection', index })}>
              #{number} {showText(path)}{' '}
              <small>
                {frameCount === 1 ? '1 row' : `${frameCount.toLocaleString('en')} rows`}
                {brokenCount > 0 && `, ${brokenCount.toLocaleString('en')} broken`}
              </small>
            </button>
          </li>
        ))}
      </ul>
      {more > 0 && <p>And {more.toLocaleString('en')} more: framelight open FILE lists all.</p>}
    </section>
  );
}
