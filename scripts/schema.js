// npm run schema: writes src/server/platform/schema.ts anew from the migrations.
import { installWhenStale } from './install.js';
import { modernNode, root, runInPlace } from './runtime.js';

process.chdir(root);
await installWhenStale();
runInPlace(modernNode(), ['tests/stages/write-schema.ts']);
