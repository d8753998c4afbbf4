/** How to use the panes. The styles show the keys once a cell has the keyboard's focus, and the other line before. */
export function PaneHint() {
  return (
    <span class="pane-hint needs-js">
      <span>Pick any part of the frame.</span>
      <span class="for-keys">Arrows move, Shift selects a range, Enter pins, Escape clears.</span>
    </span>
  );
}
