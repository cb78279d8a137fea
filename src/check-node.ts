// Imported before anything else: better-sqlite3 13 ends a Node older than 22 with a segmentation fault, not an error.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 20)) {
  process.stderr.write(
    `Marketplace Pulse needs Node 22.20 or newer; this is ${process.versions.node}.\n` +
      'Start it with npm (npm start, npm run pulse, npm run demo), which brings its own Node, or install Node 24.\n',
  );
  process.exit(78);
}
