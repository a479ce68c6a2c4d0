import { env } from '#env';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireActor(event);
  const origin = JSON.stringify(env.ORIGIN ?? event.url.origin);
  // It only opens our page with what is in the window: nothing is sent before its reader keeps it there.
  const code = `var d=document,e=encodeURIComponent;window.open(${origin}+'/desk/clip?via=bookmarklet&url='+e(location.href)+'&title='+e(d.title)+'&text='+e(String(d.getSelection()||'')),'essaim','width=560,height=760')`;
  return { bookmarklet: `javascript:(function(){${encodeURIComponent(code)}})()` };
};
