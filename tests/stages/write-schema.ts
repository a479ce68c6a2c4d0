/** npm run schema: writes src/server/platform/schema.ts anew from the migrations. */
import { migrate } from '#server/platform/migrate.ts';
import { startTestServer } from '../test-server.ts';
import { runNode } from './command.ts';

const server = await startTestServer();
try {
  await migrate(server.url);
  const { ok, output } = await runNode('node_modules/kysely-codegen/dist/cli/bin.js', ['--url', server.url]);
  process.stdout.write(output);
  process.exitCode = ok ? 0 : 1;
} finally {
  await server.stop();
}
