import { defaultKeymap, history, historyKeymap, indentWithTab, undo } from '@codemirror/commands';
import { javascriptLanguage } from '@codemirror/lang-javascript';
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  LanguageSupport,
  syntaxHighlighting,
} from '@codemirror/language';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { MAX_CODE_CHARACTERS } from './drafts.ts';
import type { Place } from './syntax-place.ts';

/** What the editor tells, and needs to begin. */
export interface EditorOptions {
  readonly code: string;
  /** Names the field for a screen reader. */
  readonly label: string;
  readonly onChange: (code: string) => void;
  /** Ctrl or Command with Enter. */
  readonly onRun: () => void;
}

/** An editor for one piece of code. */
export interface CodeEditor {
  read(): string;
  /** Puts other code into it, as an edit that can be undone. */
  replace(code: string): void;
  undo(): void;
  /** Moves the cursor there, and the keyboard's focus. */
  goTo(place: Place): void;
  /** Marks a line as wrong; undefined takes the mark away. */
  mark(line: number | undefined): void;
  destroy(): void;
}

/**
 * Creates the editor inside a shadow root.
 *
 * The page's policy lets no script add a `<style>` to the document. In a shadow root the editor adopts constructed style
 * sheets instead, which the policy allows. Colors and fonts come from the page: its custom properties are inherited.
 */
export function mountEditor(parent: HTMLElement, { code, label, onChange, onRun }: EditorOptions): CodeEditor {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: 'open' });
  const run = (): boolean => {
    onRun();
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: code,
      extensions: [
        lineNumbers(),
        history(),
        indentOnInput(),
        bracketMatching(),
        indentUnit.of('  '),
        new LanguageSupport(javascriptLanguage),
        syntaxHighlighting(HIGHLIGHT),
        WRONG_LINE,
        keymap.of([{ key: 'Mod-Enter', run }, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.domEventHandlers({ beforeinput: typeOver }),
        EditorState.changeFilter.of(({ newDoc }) => newDoc.length <= MAX_CODE_CHARACTERS),
        EditorView.contentAttributes.of({
          'aria-label': label,
          autocapitalize: 'off',
          autocorrect: 'off',
          spellcheck: 'false',
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString());
        }),
        THEME,
      ],
    }),
  });
  return {
    read: () => view.state.doc.toString(),
    replace: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
    undo: () => {
      undo(view);
    },
    goTo: ({ line, column }) => {
      const found = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      const anchor = Math.min(found.from + column - 1, found.to);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
    mark: (line) => view.dispatch({ effects: MARK.of(line) }),
    destroy: () => view.destroy(),
  };
}

/**
 * Puts typed text in the place of a selection. The browser would do it with a styled element, which the page's policy
 * blocks: it would work, and say so in the console each time.
 */
function typeOver(event: InputEvent, view: EditorView): boolean {
  const { data, inputType, isComposing } = event;
  if (inputType !== 'insertText' || isComposing || data === null || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
  return true;
}

const MARK = StateEffect.define<number | undefined>();
const WRONG = Decoration.line({ class: 'wrong-line' });

/** The line that is marked as wrong, until the text changes. */
const WRONG_LINE = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marked, { effects, docChanged, state: { doc } }) => {
    for (const effect of effects) {
      if (!effect.is(MARK)) continue;
      if (effect.value === undefined) return Decoration.none;
      const { from } = doc.line(Math.min(Math.max(effect.value, 1), doc.lines));
      return Decoration.set(WRONG.range(from));
    }
    return docChanged ? Decoration.none : marked;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.regexp], color: 'var(--code-string)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName))],
    color: 'var(--code-function)',
  },
]);

const THEME = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--paper)', fontSize: 'var(--text-small)' },
  '&.cm-focused': { outline: 'var(--focus)', outlineOffset: '2px' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)',
    lineHeight: '1.6',
    overflow: 'auto',
    maxHeight: '70vh',
    minHeight: '12em',
  },
  '.cm-content': { caretColor: 'var(--ink)', paddingBlock: '0.5rem' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': {
    color: 'var(--ink-soft)',
    backgroundColor: 'var(--paper-sunken)',
    borderRight: '1px solid var(--rule)',
  },
  '.cm-content ::selection': { backgroundColor: 'var(--accent-wash)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-wash)', outline: '1px solid var(--accent)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--danger-wash)' },
  '.wrong-line': { backgroundColor: 'var(--danger-wash)', boxShadow: 'inset 3px 0 var(--danger)' },
});
