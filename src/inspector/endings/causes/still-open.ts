import type { Cause } from '../cause.ts';
import { formatDuration } from '../duration.ts';

export const stillOpen: Cause = {
  name: 'still-open',
  title: 'The connection is still open',
  group: 'not-a-fault',
  symptom: 'The recording ends before the connection does.',
  why: 'If you stop a recording while a connection is open, it does not show how the connection ends.',
  evidence: 'No close frame, no FIN and no RST.',
  fix: 'If you want to know why the connection drops, record until it does.',
  find(story) {
    if (story.steps.length > 0) return undefined;
    const { client, server } = story;
    if (story.isExcerpt) {
      return {
        evidence: 'No close frame is among these bytes.',
        likely: 'How the connection ended cannot be known from them.',
        fix: '',
      };
    }
    if (story.opened && (client.cutFrame !== undefined || server.cutFrame !== undefined)) return undefined;
    const { firstByteMs } = client;
    const last = Math.max(client.lastByteMs ?? 0, server.lastByteMs ?? 0);
    const seen = firstByteMs === undefined ? '' : ` Bytes moved for ${formatDuration(last - firstByteMs)}.`;
    return {
      evidence: `There is no close frame, no FIN and no RST.${seen}`,
      likely: 'The connection was still open when the recording ended.',
      fix: '',
    };
  },
};
