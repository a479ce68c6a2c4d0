// npm test: install when stale, then every stage of the tests on the Node that comes with Essaim.
import { installWhenStale } from './install.js';
import { modernNode, root, runInPlace } from './runtime.js';

process.chdir(root);
// Whatever keeps the stages from starting is a failure like any other.
const couldNotStart = () => process.stdout.write('0 passed, 1 failed\n');
process.on('exit', couldNotStart);
await installWhenStale();
const node = modernNode();
process.off('exit', couldNotStart);
runInPlace(node, ['tests/stages/main.ts', ...process.argv.slice(2)]);
