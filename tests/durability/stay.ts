/**
 * A process of its own in the embedded database: `node stay.ts FOLDER [server] [fast]`. It prints the address once it
 * is in, and leaves when its input ends.
 */
import { once } from 'node:events';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';

const [dataDir = '', ...how] = process.argv.slice(2);
const embedded = await startEmbedded({
  dataDir,
  durable: !how.includes('fast'),
  server: how.includes('server'),
  onLost: () => process.exit(2),
});
console.log(embedded.url);
await once(process.stdin.resume(), 'end');
await embedded.stop();
process.exit(0);
