import { countNoun } from '../../../text/count.ts';
import type { Cause } from '../cause.ts';

export const noFramesRecorded: Cause = {
  name: 'no-frames-recorded',
  title: 'The recording has messages but no frames',
  group: 'not-a-fault',
  symptom: 'A HAR file or a log of DevTools has the messages but says nothing about the end.',
  why: 'DevTools, HAR files, Playwright and mitmproxy record whole messages. Close frames, pings and the end of TCP are not in them.',
  evidence: 'Messages, but not a single frame.',
  fix: 'Record the bytes: with tcpdump or Wireshark, with Chromium’s NetLog, or by watching the client at /inspector/.',
  find({ messagesOnly, client, server }) {
    if (!messagesOnly) return undefined;
    const count = client.dataFrames + server.dataFrames;
    return {
      evidence: `The recording has ${countNoun(count, 'message')} and no frames, so it shows neither close frames nor how TCP ended.`,
      likely: 'It cannot show how the connection ended.',
    };
  },
};
