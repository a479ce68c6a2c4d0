/** Nobody is told when somebody else was last there. */
import { expect, test } from 'vitest';
import { testDatabase } from '../database.ts';
import { readDocument } from './document.ts';

const { db } = await testDatabase();

test('no answer has room for it but those about oneself', async () => {
  const { paths, components } = await readDocument(db);
  const presence = /(seen|online|presence|idle|away|lastActive|lastVisit|usedOn)/i;
  const named = Object.entries(components.schemas).filter(([, schema]) =>
    namesIn(schema).some((name) => presence.test(name)),
  );
  // A browser and a token of one's own.
  expect(named.map(([name]) => name).sort()).toEqual(['Session', 'Token']);
  for (const [path, operations] of Object.entries(paths)) {
    const found = namesIn(operations).filter((name) => presence.test(name));
    expect(found, path).toEqual([]);
  }
});

/** The names of all properties of a schema, however deep. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, inner]) => [
    ...(key === 'properties' ? Object.keys(inner as object) : []),
    ...namesIn(inner),
  ]);
}
