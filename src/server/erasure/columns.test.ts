import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createPerson } from '../people/create.ts';
import { inTransaction } from '../platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { erasePerson } from './erase.ts';

const { db } = await testDatabase();

// Emptied of him, or kept under the pseudonym. A new column belongs in forget.ts, or in one of these, and in claims/move.ts.
const emptied = [
  ...['memberships.person_id', 'join_requests.person_id', 'community_invitations.person_id'],
  ...[
    'former_handles.person_id',
    'follows.person_id',
    'reads.person_id',
    'notifications.person_id',
    'mentions.person_id',
  ],
  ...['api_tokens.person_id', 'feed_keys.person_id', 'pictures.person_id', 'companions.person_id'],
  ...['quiet_hours.person_id', 'quiet_leave.person_id'],
  ...['quiet_insistences.author_id', 'quiet_insistences.person_id'],
  ...['first_days.person_id', 'first_days.companion_id'],
  ...['deliveries.person_id', 'push_subscriptions.person_id', 'thread_follows.person_id'],
  ...['reworks.person_id', 'write_addresses.person_id', 'notice_levels.person_id'],
  ...['notice_kinds_off.person_id', 'notice_settings.person_id'],
  ...['claims.claimant_id', 'claims.outside_id', 'outside_blogs.person_id', 'outside_places.person_id'],
  ...['saved_searches.owner_id', 'desk_addresses.person_id', 'desk_events.owner_id'],
  ...['subscriptions.person_id', 'readings.person_id', 'reading_rules.person_id'],
  ...['page_editors.person_id', 'dossier_follows.person_id'],
];
const pseudonymous = [
  ...['entries.author_id', 'entries.deleted_by', 'entries.hidden_by'],
  ...['comments.author_id', 'comments.deleted_by', 'comments.hidden_by'],
  ...['reactions.person_id', 'revisions.editor_id', 'communities.founder_id'],
  ...['community_invitations.invited_by', 'invitations.created_by', 'notifications.actor_id'],
  ...['reports.reporter_id', 'reports.resolved_by', 'claims.declined_by'],
  ...['imports.asked_by', 'outside_blogs.followed_by', 'outside_marks.person_id'],
  ...['files.owner_id', 'uploads.owner_id'],
  ...['watches.hidden_by', 'dossiers.hidden_by'],
  ...['watches.owner_id', 'desk_items.owner_id', 'desk_items.finder_id', 'recommended_sources.person_id'],
  ...['provenance.person_id', 'provenance.author_id', 'provenance.finder_id'],
  ...['page_writers.person_id', 'dossiers.founder_id', 'dossier_watches.person_id'],
];

// Without a reference: it would be checked at each of the many notices that a comment makes (migrations/0041).
const unreferenced = ['notifications.person_id', 'notifications.actor_id'];

test('every column that names a person is accounted for', async () => {
  const { rows } = await sql<{ column: string }>`
    select c.conrelid::regclass || '.' || a.attname as column from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
    where c.contype = 'f' and c.confrelid = 'people'::regclass order by 1`.execute(db);
  const naming = [...rows.map(({ column }) => column), ...unreferenced];
  expect(naming.toSorted()).toEqual([...emptied, ...pseudonymous].toSorted());
});

test('what is emptied of him is empty', async () => {
  const nadia = await actorOf(db, 'nadia.rahmani');
  const { handle } = await inTransaction(db, (tx) => createPerson(tx, { name: 'Odile Quercy' }));
  const leaver = await actorOf(db, handle);
  await fill(leaver.id);
  await inTransaction(db, (tx) => erasePerson(tx, nadia, { personId: leaver.id, confirm: leaver.handle }));
  for (const one of emptied) {
    const [table, column] = one.split('.') as [string, string];
    const left = await sql`select 1 from ${sql.table(table)} where ${sql.ref(column)} = ${leaver.id}`.execute(
      db,
    );
    expect([one, left.rows]).toEqual([one, []]);
  }
});

/** What the other tests of this folder do not put there. */
async function fill(person: string): Promise<void> {
  await sql`insert into reading_rules (person_id, words, does) values (${person}, 'acme', 'keep')`.execute(
    db,
  );
  await sql`insert into page_editors (community_id, person_id)
    select id, ${person} from communities where slug = 'le-comptoir'`.execute(db);
  await sql`with made as (insert into dossiers (name, community_id, everyone, founder_id)
      select 'Norvalt', id, open, ${person} from communities where slug = 'le-comptoir' returning id)
    insert into dossier_follows (dossier_id, person_id) select id, ${person} from made`.execute(db);
}
