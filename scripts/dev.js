// npm run dev: the server that follows the sources, with a database of its own.
import { installWhenStale } from './install.js';
import { modernNode, root, runInPlace } from './runtime.js';

process.chdir(root);
await installWhenStale();
runInPlace(modernNode(), ['bin/essaim.ts', 'dev', ...process.argv.slice(2)]);
