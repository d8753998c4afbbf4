import './polling.css';
import { useReducer } from 'preact/hooks';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import { useKeeper } from '../base/link/use-keeper.ts';
import { formatRatio, type Layers } from '../base/polling-cost/overhead.ts';
import {
  INITIAL_OVERHEAD,
  LAYER_NAMES,
  MAX_COOKIE_BYTES,
  PAYLOAD_LENGTH,
  presentCost,
  reduceOverhead,
  switchLayer,
} from './model.ts';

const LAYERS: readonly { readonly layer: keyof Layers; readonly label: string }[] = [
  { layer: 'http2', label: 'HTTP/2, which compresses headers' },
  { layer: 'tls', label: 'TLS' },
  { layer: 'tcp', label: 'TCP and IP' },
];

const COOKIES = 'cookies';

/** The overhead of one short message, polled and pushed. */
export default function PollingBytes() {
  const [state, dispatch] = useReducer(reduceOverhead, INITIAL_OVERHEAD);
  const keeper = useKeeper({
    changed: (link) => dispatch({ type: 'link', link }),
    happened: (events) => dispatch({ type: 'happened', events }),
  });
  const { write, problem } = useHashParameters((parameters) => {
    const bytes = cookiesOf(parameters.get(COOKIES));
    if (bytes !== undefined) dispatch({ type: 'cookies', bytes });
    const named = parameters.get('layers')?.split('.');
    if (named !== undefined) dispatch({ type: 'layers', named });
    const layersKept = LAYER_NAMES.filter((name) => named?.includes(name)).join('.');
    return sayIgnored(parameters, { [COOKIES]: String(bytes ?? ''), layers: layersKept });
  });

  const { heads, cookieBytes, layers, measured, link } = state;
  const { lines, sum, downRatio, upRatio } = presentCost(state);
  const addCookies = (bytes: number) => {
    dispatch({ type: 'cookies', bytes });
    write({ [COOKIES]: String(bytes) });
  };
  const countAlso = (layer: keyof Layers) => {
    const named = switchLayer(layers, layer);
    dispatch({ type: 'layers', named });
    write({ layers: named.join('.') });
  };
  return (
    <section class="figure polling" aria-labelledby="polling-bytes-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="polling-bytes-title">
          Overhead of a message of {PAYLOAD_LENGTH} bytes
        </h3>
        <LinkBadge link={link} />
      </header>
      <div class="figure-body">
        <p class="polling-said" role="status">
          {problem}{' '}
          {measured
            ? link.state === 'live'
              ? 'Your browser’s own request'
              : 'The request in this page'
            : 'The RFC’s sample request'}{' '}
          has {heads.requestBytes} bytes, and its response {heads.responseBytes}.
          {cookieBytes > 0 &&
            ` With ${cookieBytes} bytes of cookies, the request has ${heads.requestBytes + cookieBytes}.`}
        </p>
        <div class="polling-controls needs-js">
          <label class="polling-slider">
            <span>Bytes of cookies in each request: {cookieBytes}</span>
            <input
              type="range"
              min={0}
              max={MAX_COOKIE_BYTES}
              step={10}
              value={cookieBytes}
              onInput={(event) => addCookies(Number(event.currentTarget.value))}
            />
          </label>
          <fieldset class="polling-layers">
            <legend>Also count</legend>
            {LAYERS.map(({ layer, label }) => (
              <label key={layer}>
                <input type="checkbox" checked={layers[layer]} onChange={() => countAlso(layer)} />
                {label}
              </label>
            ))}
          </fieldset>
        </div>
        <table class="polling-cost">
          <thead>
            <tr>
              <th scope="col">Overhead in bytes</th>
              <th scope="col">polled</th>
              <th scope="col">pushed by the server</th>
              <th scope="col">sent by the client</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ label, polling, down, up }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{polling}</td>
                <td>{down}</td>
                <td>{up}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {lines.length > 1 && (
              <tr>
                <th scope="row">{sum.label}</th>
                <td>{sum.polling}</td>
                <td>{sum.down}</td>
                <td>{sum.up}</td>
              </tr>
            )}
            <tr class="polling-ratio">
              <th scope="row">Ratio, polled to WebSocket</th>
              <td />
              <td>{formatRatio(downRatio)}</td>
              <td>{formatRatio(upRatio)}</td>
            </tr>
          </tfoot>
        </table>
        <div class="polling-bars" aria-hidden="true">
          <Bar name="polled" percent={100} />
          <Bar name="pushed" percent={100 / downRatio} />
          <Bar name="sent" percent={100 / upRatio} />
        </div>
      </div>
      <LinkNote
        link={link}
        look={() => void keeper.retry(link)}
        simulate={() => keeper.simulate()}
        example="The RFC’s sample request, which is shorter than a browser’s. With JavaScript on, your own is measured."
      />
    </section>
  );
}

/** @returns undefined if the text is not a number of bytes that the slider has */
function cookiesOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,4}$/.test(text) && Number(text) <= MAX_COOKIE_BYTES ? Number(text) : undefined;
}

function Bar({ name, percent }: { readonly name: string; readonly percent: number }) {
  return (
    <>
      <span>{name}</span>
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class={`bar-${name}`} width={percent} height="1" />
      </svg>
    </>
  );
}
