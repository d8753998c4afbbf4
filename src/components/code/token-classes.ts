import type { ShikiTransformer } from 'shiki';

const STYLE = /^color:var\(--astro-code-(?:token-)?([a-z-]+)\)$/;

/**
 * Turns the style attributes of highlighted code into class names (`token-keyword`, `token-string`), which
 * src/styles/code.css colors.
 *
 * @throws Error when the highlighter writes a style that has no class: the page's policy would drop it in silence
 */
export const tokenClasses: ShikiTransformer = {
  name: 'token-classes',
  pre(node) {
    delete node.properties['style'];
    // A long line scrolls sideways; a keyboard reaches what scrolls only if it takes the focus.
    node.properties['tabindex'] = '0';
  },
  span(node) {
    const style = node.properties['style'];
    if (typeof style !== 'string') return;
    const token = STYLE.exec(style)?.[1];
    if (token === undefined) throw new Error(`code highlighting wrote style="${style}", which has no class`);
    delete node.properties['style'];
    if (token !== 'foreground') this.addClassToHast(node, `token-${token}`);
  },
};
