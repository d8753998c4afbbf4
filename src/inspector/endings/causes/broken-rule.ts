import { ruleNamed } from '../../../protocol/rules.ts';
import type { Cause } from '../cause.ts';
import { sayReaction, violationThatEnded } from '../reaction.ts';
import { firstClose } from '../story.ts';
import { nameSide, nameSideFirst, sayClose } from '../words.ts';

export const brokenRule: Cause = {
  name: 'broken-rule',
  title: 'One side broke a rule of the protocol',
  group: 'rule',
  symptom:
    'The connection closes with 1002. In a browser, the page gets 1006: the browser sends 1002 but does not tell the page.',
  why: 'A receiver must fail the connection if a frame breaks a rule. Chromium sends 1002 and says in the reason what was wrong. The page only gets 1006.',
  evidence: 'A frame that breaks a rule, then the end by the other side.',
  fix: 'Update or fix the program that breaks the rule. The page "Reference" has every rule with an example.',
  find(story) {
    const violation = violationThatEnded(story);
    if (violation === undefined) return undefined;
    const requirement = ruleNamed(violation.rule)?.requirement ?? `The rule is ${violation.rule}.`;
    const side = nameSideFirst(violation.side);
    return {
      evidence: `${side} broke a rule (RFC 6455 §${violation.section}). ${requirement} ${sayReaction(story, violation.side)}`,
      likely: `The mistake is in the program on ${nameSide(violation.side)}’s side, or in a proxy that changes frames.`,
    };
  },
};

export const reportedError: Cause = {
  name: 'protocol-error-reported',
  title: 'One side reports a broken rule that is not in the recording',
  group: 'rule',
  symptom: 'The connection closes with 1002, but every frame that you see is correct.',
  why: 'Perhaps a proxy changes frames, and the recording was made on its other side. Or the receiver has a bug, or it checks an extension that a recorder cannot check.',
  evidence: 'A close frame with 1002, and no frame that breaks a rule.',
  fix: 'Read the reason in the close frame. Record on the side that reports the error, and compare.',
  find(story) {
    const close = firstClose(story);
    if (close?.statusCode !== 1002) return undefined;
    return {
      evidence: `${nameSideFirst(close.side)} sent ${sayClose(close)}. The recorded bytes break no rule.`,
      likely:
        'It received a frame that it did not accept. A proxy in between might have changed the frame, or the check itself is wrong.',
    };
  },
};
