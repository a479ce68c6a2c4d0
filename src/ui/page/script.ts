/** The small script of every page. Pages read, publish and answer without it. */
import { keepPlace, reachComment } from '../keys/keep.ts';
import { listenForKeys } from '../keys/keys.ts';

listenForKeys();
keepPlace();
reachComment();
