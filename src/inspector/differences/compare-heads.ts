/** What a program between client and server has done to a head. */
export type HeadDifference =
  /** The request line or the status line. */
  | { readonly kind: 'first line'; readonly before: string; readonly after: string }
  | { readonly kind: 'added' | 'removed'; readonly name: string; readonly value: string }
  | { readonly kind: 'changed'; readonly name: string; readonly before: string; readonly after: string }
  /** The name has other letters in upper case. */
  | { readonly kind: 'renamed'; readonly before: string; readonly after: string }
  /** Several fields of one name became one field. RFC 9110 §5.2 allows that, but for Set-Cookie. */
  | { readonly kind: 'joined'; readonly name: string; readonly value: string }
  /** The fields that both heads have stand in another order. RFC 9110 §5.3. */
  | { readonly kind: 'reordered'; readonly before: readonly string[]; readonly after: readonly string[] };

interface Field {
  readonly name: string;
  readonly value: string;
}

interface Lines {
  readonly first: string;
  readonly fields: readonly Field[];
}

/**
 * Compares a head as it was sent with the same head as it arrived.
 *
 * @param before in Latin-1, with or without the empty line at its end
 * @returns the differences, in the order of the fields; empty if no byte differs in a way that a reader of HTTP could see
 */
export function compareHeads(before: string, after: string): HeadDifference[] {
  const [sent, received] = [linesOf(before), linesOf(after)];
  const differences: HeadDifference[] = [];
  if (sent.first !== received.first) {
    differences.push({ kind: 'first line', before: sent.first, after: received.first });
  }
  const names = new Set([...sent.fields, ...received.fields].map(keyOf));
  for (const name of names) differences.push(...compareFields(named(sent, name), named(received, name)));
  const common = ({ fields }: Lines, other: Lines) =>
    [...new Set(fields.map(keyOf))].filter((name) => other.fields.some((field) => keyOf(field) === name));
  const [orderBefore, orderAfter] = [common(sent, received), common(received, sent)];
  if (orderBefore.join() !== orderAfter.join()) {
    differences.push({ kind: 'reordered', before: orderBefore, after: orderAfter });
  }
  return differences;
}

/** From this many on, names that are written in another way are told in one sentence. */
const MIN_GROUPED_NAMES = 4;

/** A sentence for each difference; names that are only written in another way share one if there are many. */
export function sayHeadDifferences(differences: readonly HeadDifference[]): string[] {
  const renamed = differences.flatMap((difference) => (difference.kind === 'renamed' ? [difference.after] : []));
  if (renamed.length < MIN_GROUPED_NAMES) return differences.map(sayHeadDifference);
  const others = differences.filter(({ kind }) => kind !== 'renamed').map(sayHeadDifference);
  return [`names are now written ${renamed.join(', ')}`, ...others];
}

/** One sentence, for a terminal or a page. The values are a peer's: they are to be escaped. */
export function sayHeadDifference(difference: HeadDifference): string {
  switch (difference.kind) {
    case 'first line':
      return `first line: “${difference.before}” became “${difference.after}”`;
    case 'added':
      return `${difference.name} was added: “${difference.value}”`;
    case 'removed':
      return `${difference.name} was removed: “${difference.value}”`;
    case 'changed':
      return `${difference.name}: “${difference.before}” became “${difference.after}”`;
    case 'renamed':
      return `${difference.before} is now written ${difference.after}`;
    case 'joined':
      return `the ${difference.name} fields were joined into one: “${difference.value}”`;
    case 'reordered':
      return `the order is now ${difference.after.join(', ')}`;
  }
}

function compareFields(before: readonly Field[], after: readonly Field[]): HeadDifference[] {
  const [first, arrived] = [before[0], after[0]];
  if (first === undefined) return after.map((field) => ({ kind: 'added', ...field }));
  if (arrived === undefined) return before.map((field) => ({ kind: 'removed', ...field }));
  const differences: HeadDifference[] = [];
  if (first.name !== arrived.name) differences.push({ kind: 'renamed', before: first.name, after: arrived.name });
  if (before.length > 1 && after.length === 1 && arrived.value === valuesOf(before).join(', ')) {
    return [...differences, { kind: 'joined', name: arrived.name, value: arrived.value }];
  }
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [one, other] = [before[i], after[i]];
    if (one === undefined) differences.push({ kind: 'added', ...(other as Field) });
    else if (other === undefined) differences.push({ kind: 'removed', ...one });
    else if (one.value !== other.value) {
      differences.push({ kind: 'changed', name: other.name, before: one.value, after: other.value });
    }
  }
  return differences;
}

function linesOf(head: string): Lines {
  const [first = '', ...lines] = head.split(/\r?\n/).filter((line) => line !== '');
  return { first, fields: lines.map(fieldOf) };
}

function fieldOf(line: string): Field {
  const colon = line.indexOf(':');
  if (colon < 0) return { name: line, value: '' };
  return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
}

const keyOf = ({ name }: Field): string => name.toLowerCase();
const named = ({ fields }: Lines, name: string) => fields.filter((field) => keyOf(field) === name);
const valuesOf = (fields: readonly Field[]) => fields.map(({ value }) => value);
