/** The small script of every page. Pages read, publish and answer without it. */
import { sendCaptures } from '../desk/capture.ts';
import { keepPlace, reachComment } from '../keys/keep.ts';
import { listenForKeys } from '../keys/keys.ts';
import { live } from '../live/live.ts';
import { offerPush } from '../offline/push.ts';
import { watchNetwork } from '../offline/waiting.ts';

listenForKeys();
keepPlace();
reachComment();
watchNetwork();
live();
offerPush();
sendCaptures();
