// Runs on any installed Node, so it must not use anything newer than modules.
const NEEDED = [22, 18];
const found = process.versions.node.split('.').map(Number);
if (found[0] < NEEDED[0] || (found[0] === NEEDED[0] && found[1] < NEEDED[1])) {
  console.error(
    'Node ' +
      process.versions.node +
      ' is too old: this needs ' +
      NEEDED.join('.') +
      ' or newer. See https://nodejs.org.',
  );
  process.exit(1);
}
