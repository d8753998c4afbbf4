/** How to use the panes. The styles show the line that fits: for a finger, for the keyboard, or for a mouse. */
export function PaneHint() {
  return (
    <span class="pane-hint needs-js">
      <span class="for-touch">Tap any part of the frame.</span>
      <span class="for-keys">Arrows move, Shift selects a range, Enter pins, Escape clears.</span>
      <span class="for-mouse">Point at any part of the frame.</span>
    </span>
  );
}
