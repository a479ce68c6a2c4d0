/** The order of the tests: what takes longest begins first, so that no core waits for it at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Each takes over 15 seconds. */
const long = [
  'sight/sight.test.ts',
  'dossiers/sight.test.ts',
  'platform/postgres/embedded.test.ts',
  'sources/shared-data.test.ts',
  'quiet/hours.test.ts',
  'backup/backup.test.ts',
  'browser/accessibility.test.ts',
];

export default class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    const place = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((name) => moduleId.endsWith(name));
      return at < 0 ? long.length : at;
    };
    return others.toSorted((one, other) => place(one) - place(other));
  }
}
