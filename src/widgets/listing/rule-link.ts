/** Where a section can be read. @param section of RFC 6455, or of another RFC written out: `RFC 9112 §2.1` */
export function ruleLinks(section: string): { readonly href: string; readonly label: string } {
  const [, rfc = '6455', number = section] = /^RFC (\d+) §(.+)$/.exec(section) ?? [];
  return { href: `https://www.rfc-editor.org/rfc/rfc${rfc}#section-${number}`, label: `RFC ${rfc} §${number}` };
}
