import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const PLACES = ['nginx', 'a load balancer', 'a firewall', 'a CDN', 'a mobile network'];
const SECONDS = [30, 45, 55, 60, 75, 90, 100, 120, 180, 300, 350, 600];

/** How often do you ping, so that no proxy finds the connection idle? */
export const PING_INTERVAL: Exercise = {
  id: 'ping-interval',
  title: 'How often do you ping?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const first = random.below(PLACES.length);
    const hops = [0, 1, 2].map((offset) => ({
      place: PLACES[(first + offset) % PLACES.length] as string,
      seconds: random.pick(SECONDS),
    }));
    const shortest = Math.min(...hops.map(({ seconds }) => seconds));
    const right = Math.floor(shortest / 2);
    const step = `The shortest timeout is ${shortest} seconds. Two pings fit into it if one comes every ${right} seconds.`;
    return {
      question: {
        task: 'There are three programs between your client and your server, each with its own idle timeout. Choose the longest interval, in whole seconds, at which two pings fit into every timeout. One can be late.',
        given: [
          {
            kind: 'lines',
            label: 'idle timeouts',
            lines: hops.map(({ place, seconds }) => `${place}: ${seconds} s`),
          },
        ],
        form: { kind: 'line', label: 'Seconds between two pings', numeric: true },
        hint: 'Only the shortest timeout counts.',
        solution: { steps: [step], answer: [String(right)] },
      },
      verify: ([answer = '']) => verifySeconds(answer, right, shortest, step),
    };
  },
};

function verifySeconds(answer: string, right: number, shortest: number, step: string) {
  const seconds = Number(answer.trim());
  if (answer.trim() === '' || !Number.isFinite(seconds)) {
    return { right: false, sentence: 'Write a number of seconds.' };
  }
  if (seconds === right) return { right: true, sentence: `Right. ${step}` };
  if (seconds >= shortest) {
    return { right: false, sentence: `Too long: the shortest timeout ends the connection after ${shortest} seconds.` };
  }
  if (seconds > right) {
    return { right: false, sentence: 'It works until one ping is late: two must fit into the shortest timeout.' };
  }
  return { right: false, sentence: 'That is safe, but more often than needed.' };
}
