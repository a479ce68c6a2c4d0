// npm run check: what can be said of the code without running it.
import { installWhenStale } from './install.js';
import { modernNode, root, runInPlace } from './runtime.js';

process.chdir(root);
await installWhenStale();
runInPlace(modernNode(), ['tests/stages/main.ts', '--checks', ...process.argv.slice(2)]);
