import type { Cause } from '../cause.ts';
import { formatDuration } from '../duration.ts';
import { firstTcpEnd, type Story } from '../story.ts';
import { sayEndWithoutClose } from '../words.ts';

/** A documented default: after this many seconds without a byte, the program ends the connection. */
interface IdleDefault {
  readonly seconds: number;
  readonly of: string;
}

/** Taken from the documentation of each, and for nginx and HAProxy also from recordings. */
export const IDLE_DEFAULTS: readonly IdleDefault[] = [
  { seconds: 30, of: 'the backend service timeout of Google Cloud’s load balancers' },
  { seconds: 55, of: 'the idle timeout of Heroku’s router' },
  { seconds: 60, of: 'both nginx’s proxy_read_timeout and the idle timeout of AWS’s application load balancer' },
  { seconds: 100, of: 'Cloudflare’s proxy' },
  { seconds: 230, of: 'Azure App Service’s front end' },
  { seconds: 240, of: 'the idle timeout of Azure’s load balancer' },
  { seconds: 350, of: 'the idle timeout of AWS’s network load balancer' },
  { seconds: 600, of: 'the idle timeout of AWS’s API Gateway for WebSocket' },
];

/** A timer never fires early, apart from the rounding of the recording. */
const MAX_EARLY_MS = 100;
/** Timers of proxies are checked now and then, and the end travels one way. */
const MAX_LATE_MS = 1200;
/** A shorter silence says nothing: programs pause. */
const MIN_ROUND_MS = 5000;
const ROUND_STEP_MS = 5000;

/** The round number of milliseconds that a silence is, if it is one. */
export function roundSilence(idleMs: number): number | undefined {
  const known = IDLE_DEFAULTS.find(({ seconds }) => isNear(idleMs, seconds * 1000));
  if (known !== undefined) return known.seconds * 1000;
  const round = Math.round(idleMs / ROUND_STEP_MS) * ROUND_STEP_MS;
  // Every moment is near a multiple of five seconds if "near" is a second: a number that nobody documents must be exact.
  return round >= MIN_ROUND_MS && Math.abs(idleMs - round) <= MAX_EARLY_MS ? round : undefined;
}

function isNear(idleMs: number, ms: number): boolean {
  return idleMs >= ms - MAX_EARLY_MS && idleMs <= ms + MAX_LATE_MS;
}

function adviseInterval(roundMs: number): string {
  const seconds = Math.min(30, Math.floor(roundMs / 2000));
  return `Send a ping every ${seconds} s, from the server or the client, or raise the timeout.`;
}

/** The silence of a connection that ended without a close frame, if it is a round number. */
function silenceOf(story: Story): number | undefined {
  if (!story.opened || !story.whole || story.messagesOnly || story.idleMs === undefined) return undefined;
  if (story.steps.some(({ kind }) => kind === 'close')) return undefined;
  return firstTcpEnd(story) === undefined ? undefined : roundSilence(story.idleMs);
}

export const proxyIdleTimeout: Cause = {
  name: 'proxy-idle-timeout',
  title: 'A proxy ends a silent connection',
  group: 'dropped',
  symptom: 'The connection drops with 1006 after a pause, and each time the pause is equally long.',
  why: 'A proxy or a load balancer in between gives up a connection on which no byte has moved for a certain time. It ends TCP without a close frame, because it only passes bytes on. nginx sends FIN to both sides. HAProxy sends FIN to the client and RST to the server.',
  evidence: 'No byte for a round number of seconds, then FIN or RST, and no close frame from either side.',
  fix: 'Send a ping every 30 s, or raise the timeout of the proxy.',
  find(story) {
    const roundMs = silenceOf(story);
    if (roundMs === undefined) return undefined;
    const known = IDLE_DEFAULTS.find(({ seconds }) => seconds * 1000 === roundMs);
    const seconds = formatDuration(roundMs);
    const where = firstTcpEnd(story)?.side === 'client' ? ', or of the client itself' : ', or of the server itself';
    const likely =
      known === undefined
        ? `A round number of seconds points to the idle timeout of a proxy in between${where}.`
        : `This looks like the idle timeout of a proxy in between${where}. ${seconds} is the default of ${known.of}.`;
    return { evidence: sayEndWithoutClose(story), likely, fix: adviseInterval(roundMs) };
  },
};
