import { ourJudge, type Judge } from '../platform/likeness/likeness.ts';
import { pluggedJudge } from '../platform/likeness/plugged.ts';

export interface Wording {
  title: string;
  /** With its title. */
  whole: string;
}

/** Of what others read as well, the likest so many go to a server of vectors, where one is plugged in. */
const JUDGED = 30;

/**
 * How alike each of these is to what somebody is about to write, 0 to 1. Where a server of vectors is plugged in it judges
 * what is `shared`; what the asker alone sees never leaves, and is judged by our own likeness.
 */
export async function comparedWith(
  intended: Wording,
  things: readonly (Wording & { shared: boolean })[],
): Promise<number[]> {
  const ours = ourJudge();
  const near = things.map((thing) => nearness(ours, intended, thing));
  const sent = [...things.keys()]
    .filter((at) => things[at]!.shared)
    .sort((a, b) => near[b]! - near[a]!)
    .slice(0, JUDGED);
  if (sent.length === 0) return near;
  const plugged = await pluggedJudge({
    own: wordingsOf(intended),
    known: sent.flatMap((at) => wordingsOf(things[at]!)),
  });
  if (plugged) for (const at of sent) near[at] = nearness(plugged, intended, things[at]!);
  return near;
}

/** One title against the other, or all against all: whoever begins to write has little more than a title. */
function nearness(judge: Judge, a: Wording, b: Wording): number {
  const byWhole = judge(a.whole, b.whole);
  return a.title === '' || b.title === '' ? byWhole : Math.max(byWhole, judge(a.title, b.title));
}

function wordingsOf({ title, whole }: Wording): string[] {
  return title === '' ? [whole] : [title, whole];
}
