/** What makes the page where watches are put together quick. */
import { recalculate } from './recalculate.ts';

recalculate();
