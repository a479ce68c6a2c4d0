/** What makes the pages of a desk quick: answers while one types, and words marked where they are read. */
import { answerWhileTyping } from './instant.ts';
import { markSelections } from './marking.ts';

answerWhileTyping();
markSelections();
