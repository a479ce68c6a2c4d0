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

interface Question {
  /** Two questions of one name are the same question. */
  name: string;
  ask: (db: Db, actor: Actor) => Promise<unknown>;
}

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
        { name: `there ${title}`, ask: (where, actor) => alreadyThere(where, actor, { title }) },
        { name: `twins ${watch}`, ask: (where, actor) => twinsOf(where, actor, watch) },
        { name: `dossier ${dossier}`, ask: (where, actor) => readDossier(where, actor, dossier) },
        {
          name: `things ${dossier}`,
          ask: (where, actor) => dossierThings(where, actor, dossier, { limit: 5 }),
        },
        { name: `sources ${dossier}`, ask: (where, actor) => dossierSources(where, actor, dossier) },
        {
          name: `contradictions ${dossier}`,
          ask: (where, actor) => dossierContradictions(where, actor, dossier),
        },
        { name: `changes ${dossier}`, ask: (where, actor) => dossierChanges(where, actor, dossier) },
        { name: `merge ${watches.join(' ')}`, ask: (where, actor) => previewMerge(where, actor, watches) },
        {
          name: `list ${watches[0]}`,
          ask: (where, actor) => listDossiers(where, actor, { watch: watches[0] }),
        },
      ];
      return some(questions);
    };
    let [asked, told] = [0, 0];
    for (const person of drawn.people) {
      const actor = await actorOf(db, person.handle);
      const own = drawn.watches.filter(({ owner }) => owner === person.id);
      const questions = Array.from({ length: Math.ceil(CASES / drawn.people.length) }, () => draw(own));
      const whole = new Answers(db, actor);
      for (const question of questions) await whole.to(question);
      await inRollback(db, async (tx) => {
        await leaveOnlyWhatIsSeen(tx, drawn, person);
        const left = new Answers(tx, actor);
        for (const question of questions) {
          asked += 1;
          const alone = await left.to(question);
          const among = await whole.to(question);
          if (alone !== among) throw new Error(`${person.handle}: ${alone}\nbut ${among}`);
          if (!alone.startsWith('refused') && alone.length > 40) told += 1;
        }
      });
    }
    expect(asked).toBeGreaterThanOrEqual(CASES);
    // The questions are worth asking.
    expect(told).toBeGreaterThan(CASES / 3);
  },
);

/** What a person is told. Nothing changes meanwhile: what was drawn twice is asked once. */
class Answers {
  #where: Db;
  #actor: Actor;
  #told = new Map<string, string>();

  constructor(where: Db, actor: Actor) {
    this.#where = where;
    this.#actor = actor;
  }

  async to({ name, ask }: Question): Promise<string> {
    const told = this.#told.get(name) ?? (await answer(ask(this.#where, this.#actor)));
    this.#told.set(name, told);
    return told;
  }
}

async function answer(asked: Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await asked);
  } catch (error) {
    if (error instanceof Refusal) return `refused ${error.code} ${error.reason}`;
    throw error;
  }
}
