// npm start: install, build, then run the server, each only when needed.
import { buildWhenStale } from './build-stale.js';
import { installWhenStale } from './install.js';
import { modernNode, root, runInPlace } from './runtime.js';

process.chdir(root);
installWhenStale();
const node = modernNode();
buildWhenStale(node);
runInPlace(node, ['bin/essaim.ts', 'start', ...process.argv.slice(2)]);
