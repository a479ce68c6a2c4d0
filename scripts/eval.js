// npm run eval -- NAME FILE...: quality on labelled data, on the Node that comes with Essaim.
import { installWhenStale } from './install.js';
import { modernNode, root, runInPlace } from './runtime.js';

await installWhenStale();
runInPlace(modernNode(), [`${root}/eval/run.ts`, ...process.argv.slice(2)]);
