import type { Actor } from '../actor.ts';
import { invalid } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { checkLanguage } from './profile.ts';
import { requireAdmin } from './rank.ts';

export interface NetworkView {
  name: string;
  /** What newcomers read in before they say otherwise. */
  language: 'fr' | 'en';
}

/** Renames the network, or changes its language; what is not given stays. For those who run it. */
export async function editNetwork(
  tx: Tx,
  actor: Actor,
  changes: { name?: string | undefined; language?: string | undefined },
): Promise<void> {
  requireAdmin(actor);
  const before = await tx
    .selectFrom('network')
    .select(['name', 'language'])
    .forUpdate()
    .executeTakeFirstOrThrow();
  const name = changes.name === undefined ? before.name : checkNetworkName('name', changes.name);
  const language = changes.language === undefined ? before.language : checkLanguage(changes.language);
  if (name === before.name && language === before.language) return;
  await tx.updateTable('network').set({ name, language }).execute();
  const said = (network: { name: string; language: string }) => `${network.name} (${network.language})`;
  await recordEvent(tx, {
    name: 'network.changed',
    actorId: actor.id,
    subjectId: actor.id,
    data: { from: said(before), to: said({ name, language }) },
  });
}

/** The name of a network as typed in `field`, on one line. */
export function checkNetworkName(field: string, typed: string): string {
  const name = typed
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (!name) throw invalid(field, 'network_name_missing');
  if (name.length > 90) throw invalid(field, 'network_name_too_long');
  return name;
}
