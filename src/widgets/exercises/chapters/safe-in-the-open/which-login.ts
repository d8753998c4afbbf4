import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const WAYS = ['a cookie', 'a ticket in the URL', 'a token as a subprotocol', 'a login in the first message'] as const;

type Way = (typeof WAYS)[number];

interface Case {
  readonly task: string;
  readonly right: Way;
  readonly why: string;
}

const CASES: readonly Case[] = [
  {
    task: 'A page of a stranger opened a connection that was logged in as the user. The stranger knew no secret.',
    right: 'a cookie',
    why: 'The browser sends it by itself, for every page. For the other three, a page must know a secret.',
  },
  {
    task: 'Somebody read the log of a proxy, and opened a connection as one of the users.',
    right: 'a ticket in the URL',
    why: 'A URL is written into logs. This one should have worked only once, and only for seconds.',
  },
  {
    task: 'The secret is in a header of the server’s 101.',
    right: 'a token as a subprotocol',
    why: 'The server answered with the subprotocol that holds the token. It should have chosen the other one.',
  },
  {
    task: 'Ten thousand connections are open, and nobody is logged in on any of them.',
    right: 'a login in the first message',
    why: 'Here a connection opens before the server knows its user. The server should give up after a few seconds.',
  },
];

/** Which way to log in was chosen, if this happened? RFC 6455 §10.5. */
export const WHICH_LOGIN: Exercise = {
  id: 'which-login',
  title: 'What went wrong?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const { task, right, why } = random.pick(CASES);
    return {
      question: {
        task: `${task} How did this server log users in?`,
        given: [],
        form: { kind: 'choice', legend: 'Users log in with', options: random.shuffle(WAYS) },
        hint: 'Each way has its own trap. Which one is this?',
        solution: { steps: [why], answer: [right] },
      },
      verify([given = '']) {
        if (given === right) return { right: true, sentence: `Right. ${why}` };
        const trap = CASES.find((each) => each.right === given);
        if (trap === undefined) return { right: false, sentence: 'Choose one of the four.' };
        return { right: false, sentence: `That has another trap: ${trap.why}` };
      },
    };
  },
};
