/**
 * Words that say nothing about a subject: the function words of French and English, accents folded. They are left
 * out of a search that holds anything else; a phrase in quotation marks keeps them.
 */
const FRENCH = `a ai aie ait alors ainsi apres as au aucun aucune aussi autre autres aux avait avant avec avez avoir avons
ayant c ca car ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez comme comment contre d dans de
depuis des deux devant dont donc du elle elles en encore entre es est et etaient etait etant etc ete etes etre eu eux
fait faire fais font hors ici il ils j je jusqu jusque l la le les leur leurs lors lorsque lui m ma mais me meme memes
mes moi moins mon n ne ni non nos notre nous on ont ou par parce pas pendant peu peut peuvent plus plusieurs pour
pourquoi puis puisque qu quand que quel quelle quelles quels qui quoi s sa sans se sera serait ses si sien soi soit son
sont sous sur t ta tandis te tel telle tes toi ton tous tout toute toutes tres trop tu un une unes vers voici voila
vos votre vous vu y`;
const ENGLISH = `about above after again all am an and any are as at be because been before being below between both
but by can could did do does doing down during each few for from further had has have having he her here hers him his
how i if in into is it its itself just me more most my no nor not of off on once only or other our ours out over own
same she should so some such than that the their theirs them then there these they this those through to too under
until up very was we were what when where which while who whom why will with would you your yours`;

export const STOP_WORDS: ReadonlySet<string> = new Set(`${FRENCH} ${ENGLISH}`.split(/\s+/));
