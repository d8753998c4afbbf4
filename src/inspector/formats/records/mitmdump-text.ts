import type { OpenForm } from '../../traffic/traffic.ts';
import { openingOf } from './whole-file.ts';

/** mitmdump's own output: its texts are broken into lines and indented, so their bytes are not certain. */
export const refuseMitmdumpText: OpenForm = (head) =>
  /^\S+:\d+ (?:->|<-) WebSocket \w+ message (?:->|<-) /m.test(openingOf(head))
    ? {
        refusal:
          'This is the output of mitmdump, which indents texts and breaks their lines, so the bytes are not certain. Write the flows to a file with -w FILE, and open that.',
      }
    : undefined;
