/** The order of the tests: what takes longest begins first, so that no core waits for it at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Each takes over ten seconds on a quiet machine. */
const long = [
  'sight/sight.test.ts',
  'dossiers/sight.test.ts',
  'platform/postgres/embedded.test.ts',
  'sources/shared-data.test.ts',
  'quiet/hours.test.ts',
  'backup/backup.test.ts',
  'browser/accessibility.test.ts',
  'browser/together.test.ts',
  'browser/order.test.ts',
  'browser/pages.test.ts',
  'browser/typing.test.ts',
  'browser/composing.test.ts',
  'browser/desk.test.ts',
  'browser/files.test.ts',
  'browser/live.test.ts',
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
