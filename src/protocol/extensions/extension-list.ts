/** One element of Sec-WebSocket-Extensions: an extension that is offered, or one that is agreed on. RFC 6455 §9.1. */
export interface ExtensionElement {
  readonly name: string;
  /** In the order in which they stand, repeated ones too: what is legal is for the extension to say. */
  readonly parameters: readonly ExtensionParameter[];
}

export interface ExtensionParameter {
  readonly name: string;
  /** Without its quotation marks and backslashes; undefined for a parameter without a value. */
  readonly value: string | undefined;
}

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";
const NAME = new RegExp(`^${TOKEN}+`);
// A value in quotation marks must be a token without them, so it holds neither a comma nor a semicolon.
const PARAMETER = new RegExp(
  `[ \\t]*;[ \\t]*(${TOKEN}+)(?:[ \\t]*=[ \\t]*(?:(${TOKEN}+)|"((?:\\\\?${TOKEN})+)"))?`,
  'y',
);

/**
 * Reads one element of Sec-WebSocket-Extensions. RFC 6455 §9.1.
 *
 * @param element between two commas, without white space around it
 * @returns undefined if it does not have the form "name; parameter; parameter=value"
 */
export function parseExtension(element: string): ExtensionElement | undefined {
  const [name] = NAME.exec(element) ?? [];
  if (name === undefined) return undefined;
  const parameters: ExtensionParameter[] = [];
  PARAMETER.lastIndex = name.length;
  for (let end = name.length; end < element.length; end = PARAMETER.lastIndex) {
    const found = PARAMETER.exec(element);
    if (found === null) return undefined;
    const [, parameter = '', plain, quoted] = found;
    parameters.push({ name: parameter, value: plain ?? quoted?.replaceAll('\\', '') });
  }
  return { name, parameters };
}

/** Writes an element as it stands in the header. Values are tokens, so they need no quotation marks. */
export function formatExtension({ name, parameters }: ExtensionElement): string {
  return [name, ...parameters.map(({ name: key, value }) => (value === undefined ? key : `${key}=${value}`))].join(
    '; ',
  );
}
