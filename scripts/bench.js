// npm run bench: install and build when stale, then measure on the Node that comes with Essaim.
import { buildWhenStale } from './build-stale.js';
import { installWhenStale } from './install.js';
import { modernNode, root, runInPlace } from './runtime.js';

process.chdir(root);
await installWhenStale();
const node = modernNode();
await buildWhenStale(node);
runInPlace(node, ['bench/run.ts', ...process.argv.slice(2)]);
