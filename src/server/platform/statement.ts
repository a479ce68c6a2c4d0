import { CompiledQuery, type RawBuilder } from 'kysely';
import type { Db } from './db.ts';

/** Where a value goes. `never`, so that it stands wherever SQL takes a value, and nowhere else. */
type Places<Name extends string> = Record<Name, never>;

/**
 * A statement whose text is made once: of one that runs at every request, putting it together costs more than sending it.
 * `build` is given a place for each name, and must not look at it: the text is the same for all values.
 */
export function statement<Name extends string, Row>(
  names: readonly Name[],
  build: (at: Places<Name>) => RawBuilder<Row>,
): (db: Db, values: Record<Name, unknown>) => Promise<Row[]> {
  let made: { text: string; order: (Name | Fixed)[] } | undefined;
  return async (db, values) => {
    made ??= textOf(names, build, db);
    const parameters = made.order.map((each) => (each instanceof Fixed ? each.value : values[each]));
    return (await db.executeQuery<Row>(CompiledQuery.raw(made.text, parameters))).rows;
  };
}

class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

class Fixed {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** What stands at several places travels once. */
function textOf<Name extends string>(
  names: readonly Name[],
  build: (at: Places<Name>) => RawBuilder<unknown>,
  db: Db,
): { text: string; order: (Name | Fixed)[] } {
  const at = Object.fromEntries(names.map((name) => [name, new Place(name)])) as unknown as Places<Name>;
  const { sql, parameters } = build(at).compile(db);
  const order: (Name | Fixed)[] = [];
  const numbers = parameters.map((value) => {
    const known = value instanceof Place ? order.indexOf(value.name as Name) : -1;
    return known >= 0
      ? known + 1
      : order.push(value instanceof Place ? (value.name as Name) : new Fixed(value));
  });
  return { text: sql.replace(/\$(\d+)/g, (_, number: string) => `$${numbers[Number(number) - 1]}`), order };
}
