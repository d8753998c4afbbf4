import { useEffect, useRef, useState } from 'preact/hooks';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { whyNotRun } from '../../scripts/why-not-run.ts';
import {
  type CompanionPaths,
  FirstConnection,
  type FirstMoment,
  findCompanion,
  ownFrameOf,
} from './first/first-connection.ts';
import type { Stage } from './first/stage.ts';
import type { InspectorDriver } from './full/driver.ts';
import type { InspectorState } from './full/model.ts';

type FullModule = typeof import('./full/index.ts');

/** The whole inspector, once it is loaded. */
export interface Full {
  readonly module: FullModule;
  readonly driver: InspectorDriver;
}

export interface InspectorView {
  readonly stage: Stage;
  /** What is wrong with the frame that the address names, or why the rest could not be loaded. */
  readonly problem: string;
  readonly full: Full | undefined;
  readonly state: InspectorState | undefined;
  /** Loads the rest; resolves to undefined if that is not possible. */
  readonly load: () => Promise<Full | undefined>;
}

/** By then the reader has begun, and will want the rest. */
const FIRST_USE = ['pointerdown', 'keydown', 'scroll'] as const;

/** A first connection with more than a greeting on it needs the whole inspector. */
const MANY_MOMENTS = 256;

/**
 * Shows the reader's own first frame with as little code as it takes; the rest is loaded when the reader does something.
 *
 * @param example shown until then
 */
export function useInspector(example: FrameDump, paths: CompanionPaths): InspectorView {
  const [light, setLight] = useState<Stage>({
    link: { state: 'example' },
    shown: { dump: example, origin: 'example', fromClient: true },
    arrivals: 0,
  });
  const [full, setFull] = useState<Full>();
  const [state, setState] = useState<InspectorState>();
  const [failure, setFailure] = useState('');
  const latest = useRef(light);
  latest.current = light;
  const loader = useRef<() => Promise<Full | undefined>>(async () => undefined);

  useEffect(() => {
    let first: FirstConnection | undefined;
    let loading: Promise<Full | undefined> | undefined;
    let driver: InspectorDriver | undefined;

    const take = (moment: FirstMoment): void => {
      if (moment.type === 'lost' || (first?.moments.length ?? 0) > MANY_MOMENTS) void load();
      const dump = moment.type === 'wire' ? ownFrameOf(moment.text) : undefined;
      if (dump === undefined) return;
      setLight((stage) => ({
        link: { state: 'live', host: location.host },
        shown: { dump, origin: 'live', fromClient: true },
        arrivals: stage.arrivals + 1,
      }));
    };
    const begin = async (): Promise<void> => {
      setLight((stage) => ({ ...stage, link: { state: 'looking' } }));
      const { found, why } = await findCompanion(paths.health);
      if (found) {
        first = new FirstConnection(paths);
        first.onMoment = take;
      } else setLight((stage) => ({ ...stage, link: { state: 'simulated', why } }));
    };
    // The address may name a frame: then that is what the reader came for.
    const begun = location.hash.startsWith('#f=') ? undefined : begin();
    const loadFull = async (): Promise<Full | undefined> => {
      try {
        const module = await import('./full/index.ts');
        await begun;
        driver = new module.InspectorDriver(first, latest.current, setState);
        const loaded = { module, driver };
        setFull(loaded);
        setFailure('');
        addEventListener('hashchange', driver.readAddress);
        void driver.keeper.start();
        return loaded;
      } catch (cause) {
        loading = undefined;
        setFailure(whyNotRun(cause));
        return undefined;
      }
    };
    const load = (): Promise<Full | undefined> => {
      loading ??= loadFull();
      return loading;
    };
    loader.current = load;
    const onUse = (): void => void load();
    for (const type of FIRST_USE) addEventListener(type, onUse, { capture: true, passive: true, once: true });
    addEventListener('hashchange', onUse, { once: true });
    if (begun === undefined) void load();
    return () => {
      for (const type of FIRST_USE) removeEventListener(type, onUse, true);
      removeEventListener('hashchange', onUse);
      if (driver !== undefined) removeEventListener('hashchange', driver.readAddress);
      if (driver === undefined) first?.stop();
      driver?.stop();
    };
  }, []);

  const opened = state?.opened;
  const problem = opened?.kind === 'linked' && 'problem' in opened.linked ? opened.linked.problem : failure;
  const stage: Stage =
    full === undefined || state === undefined
      ? light
      : { link: state.link, shown: full.driver.shown, arrivals: state.arrivals };
  return { stage, problem, full, state, load: () => loader.current() };
}
