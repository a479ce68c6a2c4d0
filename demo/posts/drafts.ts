import type { DemoPost } from '../types.ts';

/** Not published: only their authors ever see these. */
export const drafts: DemoPost[] = [
  {
    key: 'brouillon-brievete',
    by: 'mathieu.kessler',
    daysAgo: 83,
    at: '12:05',
    title: `Éloge de la brièveté`,
    body: `À développer.`,
    tags: [],
    status: 'draft',
  },
  {
    key: 'brouillon-norvalt-visite',
    by: 'claire.martin',
    daysAgo: 17,
    at: '22:10',
    title: `Ce que Norvalt fait mieux que nous`,
    body: `Une liste que je n'ai pas encore le courage de publier. À relire reposée.

1. Ils viennent la nuit. (Nous aussi, maintenant.)
2. Leurs notices ont des photos. Les nôtres ont des renvois.
3. Leur technicien de l'Ouest, celui qui a perdu son poste, connaissait le prénom de tout le monde. Demander à Hélène où en est son embauche.

En clair : *(à trouver)*`,
    tags: ['norvalt'],
    status: 'draft',
  },
  {
    key: 'brouillon-regarde-la-plaque',
    by: 'yanis.belkacem',
    daysAgo: 3,
    at: '22:35',
    title: `Pour celle qui arrive lundi en huit`,
    body: `Bienvenue. Tu vas confondre deux pompes. Tout le monde l'a fait, il y a des preuves écrites.

Regarde la plaque.

*(Ajouter : le camion de 16 h 30, les chaussures sur le parking, une journée à l'administration des ventes, Josette. Ne pas en dire trop. Laisser un silence.)*`,
    tags: ['débuts'],
    status: 'draft',
  },
];
