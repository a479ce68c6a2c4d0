// npm start: install, build, then run the server, each only when needed.
import { buildWhenStale } from './build-stale.js';
import { installWhenStale } from './install.js';
import { modernNode, root, runInPlace, serving } from './runtime.js';

process.chdir(root);
await installWhenStale();
const node = modernNode();
await buildWhenStale(node);
const { flags, environment } = serving();
runInPlace(node, [...flags, 'bin/essaim.ts', 'start', ...process.argv.slice(2)], environment);
