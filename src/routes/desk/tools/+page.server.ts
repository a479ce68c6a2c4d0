import { env } from '#env';
import { deskAddressOf, renewDeskAddress, takesMail } from '#server/desk/mail-address.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const origin = JSON.stringify(env.ORIGIN ?? event.url.origin);
  // It only opens our page with what is in the window: nothing is sent before its reader keeps it there.
  const code = `var d=document,e=encodeURIComponent;window.open(${origin}+'/desk/clip?via=bookmarklet&url='+e(location.href)+'&title='+e(d.title)+'&text='+e(String(d.getSelection()||'')),'essaim','width=560,height=760')`;
  return {
    bookmarklet: `javascript:(function(){${encodeURIComponent(code)}})()`,
    mail: takesMail(),
    address: await deskAddressOf(event.locals.db, actor),
  };
};

export const actions: Actions = {
  address: formAction(
    (tx, actor) => renewDeskAddress(tx, actor),
    () => '/desk/tools#mail',
  ),
};
