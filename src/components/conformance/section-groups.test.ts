import { expect, test } from 'vitest';
import { conformanceCases } from '../../conformance/suite.ts';
import { groupSections } from './section-groups.ts';

const ONE = { passed: 1, allowed: 2, failed: 3 };

test('every section of the suite is in one group, and none is counted twice', () => {
  const sections = [...new Set(conformanceCases({ maxMessageBytes: 65_536 }).map(({ section }) => section))];
  const groups = groupSections(sections.map((section) => ({ section, ...ONE })));
  expect(groups.reduce((sum, { total }) => sum + total, 0)).toBe(6 * sections.length);
  expect(groups.every(({ total }) => total > 0)).toBe(true);
});

test('a section outside every group is an error', () => {
  expect(() => groupSections([{ section: '3.1', ...ONE }])).toThrow('no group for the section 3.1');
});
