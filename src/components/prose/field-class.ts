import { FIELD_NAMES } from '../../protocol/field-name.ts';

/** The class that gives an element a field's color: `field-opcode`; RSV1, RSV2 and RSV3 share one. */
export function fieldClass(name: string): string {
  return `field-${name
    .toLowerCase()
    .replace(/^rsv\d$/, 'rsv')
    .replaceAll(' ', '-')}`;
}

/**
 * The field as the RFC writes it, from any case: `fin` is FIN.
 *
 * @throws Error when a frame has no such field
 */
export function fieldLabel(name: string): string {
  if (name.toLowerCase() === 'rsv') return 'RSV1-3';
  const label = FIELD_NAMES.find((field) => field.toLowerCase() === name.toLowerCase());
  if (label === undefined) throw new Error(`<Field name="${name}"/>: a frame has rsv, ${FIELD_NAMES.join(', ')}`);
  return label;
}
