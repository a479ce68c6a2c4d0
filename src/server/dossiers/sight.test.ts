/**
 * What somebody may not see changes nothing of what he is told: neither whether something is there, nor how many, nor in
 * what order, nor what is suggested. Each question is asked in the whole network, and in one from which all that its asker
 * may not see was taken away.
 */
import { expect, test } from 'vitest';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { chance, drawWatches, leaveOnlyWhatIsSeen } from '../../../tests/drawn-watches.ts';
import { actorOf } from '../../../tests/world.ts';
import type { Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { alreadyThere } from '../twins/existing.ts';
import { sketchTexts } from '../twins/sketch.ts';
import { twinsOf } from '../twins/twins.ts';
import { dossierChanges } from './changes.ts';
import { dossierContradictions } from './contradict.ts';
import { listDossiers } from './list.ts';
import { previewMerge } from './preview.ts';
import { readDossier } from './read.ts';
import { dossierSources, dossierThings } from './things.ts';

const CASES = 10_000;

type Question = (db: Db, actor: Actor) => Promise<unknown>;

const { db } = await testDatabase('world');

test(
  `${CASES} questions drawn by chance are answered as if hidden things were not there`,
  { timeout: 1_800_000 },
  async () => {
    const random = chance(2027);
    const some = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const drawn = await drawWatches(db, random);
    await sketchTexts(db);
    const draw = (own: { id: string }[]): Question => {
      const dossier = some(drawn.dossiers).id;
      const title = some([...drawn.items, ...drawn.entries]).title;
      const watches = Array.from({ length: 3 }, () => some(drawn.watches).id);
      const watch = random() < 0.8 && own.length > 0 ? some(own).id : some(drawn.watches).id;
      const questions: Question[] = [
        (where, actor) => alreadyThere(where, actor, { title }),
        (where, actor) => twinsOf(where, actor, watch),
        (where, actor) => readDossier(where, actor, dossier),
        (where, actor) => dossierThings(where, actor, dossier, { limit: 5 }),
        (where, actor) => dossierSources(where, actor, dossier),
        (where, actor) => dossierContradictions(where, actor, dossier),
        (where, actor) => dossierChanges(where, actor, dossier),
        (where, actor) => previewMerge(where, actor, watches),
        (where, actor) => listDossiers(where, actor, { watch: watches[0] }),
      ];
      return some(questions);
    };
    let [asked, told] = [0, 0];
    for (const person of drawn.people) {
      const actor = await actorOf(db, person.handle);
      const own = drawn.watches.filter(({ owner }) => owner === person.id);
      const questions = Array.from({ length: Math.ceil(CASES / drawn.people.length) }, () => draw(own));
      const whole: string[] = [];
      for (const question of questions) whole.push(await answer(question, db, actor));
      await inRollback(db, async (tx) => {
        await leaveOnlyWhatIsSeen(tx, drawn, person);
        for (const [at, question] of questions.entries()) {
          asked += 1;
          const alone = await answer(question, tx, actor);
          if (alone !== whole[at]) throw new Error(`${person.handle}: ${alone}\nbut ${whole[at]}`);
          if (!alone.startsWith('refused') && alone.length > 40) told += 1;
        }
      });
    }
    expect(asked).toBeGreaterThanOrEqual(CASES);
    // The questions are worth asking.
    expect(told).toBeGreaterThan(CASES / 3);
  },
);

async function answer(question: Question, where: Db, actor: Actor): Promise<string> {
  try {
    return JSON.stringify(await question(where, actor));
  } catch (error) {
    if (error instanceof Refusal) return `refused ${error.code} ${error.reason}`;
    throw error;
  }
}
