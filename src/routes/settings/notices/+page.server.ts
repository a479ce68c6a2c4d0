import { NOTICE_KINDS } from '#server/notifications/kinds.ts';
import { setLevel, wantKinds } from '#server/notifications/less.ts';
import { changeNoticeSettings, noticeSettings } from '#server/notifications/settings.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  return {
    settings: await noticeSettings(event.locals.db, actor),
    kinds: NOTICE_KINDS,
    timeZone: actor.timeZone,
    saved: event.url.searchParams.has('saved'),
  };
};

const saved = () => '/settings/notices?saved';

export const actions = {
  keep: formAction(async (tx, actor, form) => {
    await changeNoticeSettings(tx, actor, {
      mail: form.flag('mail'),
      digest: form.text('digest'),
      hour: Number(form.text('hour')),
      weekday: Number(form.text('weekday')),
    });
    await wantKinds(tx, actor, form.list('kinds'));
  }, saved),
  level: formAction(
    (tx, actor, form) => setLevel(tx, actor, form.text('community'), form.text('level')),
    saved,
  ),
} satisfies Actions;
