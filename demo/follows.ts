import type { DemoFollow } from './types.ts';

export const follows: DemoFollow[] = [
  {
    by: 'helene.dargent',
    people: ['yanis.belkacem', 'amadou.diallo', 'nadia.rahmani', 'claire.martin'],
    tags: ['débriefing', 'prix', 'crm'],
    communities: ['le-comptoir', 'le-metier', 'appels-offres', 'face-a-norvalt'],
  },
  {
    by: 'nadia.rahmani',
    people: ['ines.carvalho', 'bernard.lecoq', 'amadou.diallo'],
    tags: ['crm', 'délais'],
    communities: ['le-comptoir', 'appels-offres'],
  },
  {
    by: 'thomas.gauthier',
    people: ['lucie.ferrand', 'bernard.lecoq'],
    tags: ["appel d'offres", 'mémoire technique'],
    communities: ['appels-offres', 'le-comptoir'],
  },
  {
    by: 'claire.martin',
    people: ['bernard.lecoq', 'bastien.vasseur', 'lucie.ferrand', 'amadou.diallo'],
    tags: ['agro', 'débriefing', 'norvalt', 'vigie'],
    communities: ['le-metier', 'appels-offres', 'vigie', 'face-a-norvalt', 'depart-de-bernard'],
  },
  {
    by: 'bernard.lecoq',
    people: ['yanis.belkacem', 'claire.martin', 'lucie.ferrand', 'ines.carvalho'],
    tags: ['transmission', 'visite'],
    communities: ['le-metier', 'le-comptoir'],
  },
  {
    by: 'yanis.belkacem',
    people: ['bernard.lecoq', 'claire.martin', 'ines.carvalho', 'lucie.ferrand', 'amadou.diallo'],
    tags: ['recette', 'débuts', 'visite', 'transmission'],
    communities: ['le-metier', 'le-comptoir', 'vigie', 'depart-de-bernard'],
  },
  {
    by: 'ines.carvalho',
    people: ['mathieu.kessler', 'nadia.rahmani', 'bernard.lecoq'],
    tags: ['prix', 'coût complet', 'voitures'],
    communities: ['le-comptoir', 'face-a-norvalt', 'depart-de-bernard'],
  },
  {
    by: 'bastien.vasseur',
    people: ['claire.martin', 'helene.dargent', 'elise.perrin'],
    tags: ['prix', 'norvalt', 'sucrerie'],
    communities: ['face-a-norvalt', 'le-comptoir', 'appels-offres'],
  },
  {
    by: 'mathieu.kessler',
    people: ['ines.carvalho', 'lucie.ferrand'],
    tags: ['brasserie'],
    communities: ['face-a-norvalt'],
  },
  {
    by: 'lucie.ferrand',
    people: ['amadou.diallo', 'thomas.gauthier', 'yanis.belkacem'],
    tags: ['vigie', 'recette', 'élastomères'],
    communities: ['vigie', 'appels-offres', 'le-metier'],
  },
  {
    by: 'amadou.diallo',
    people: ['lucie.ferrand', 'claire.martin', 'yanis.belkacem'],
    tags: ['panne', 'vigie', 'Quatre-Saisons'],
    communities: ['vigie', 'le-comptoir', 'le-metier'],
  },
  {
    by: 'elise.perrin',
    people: ['ines.carvalho', 'amadou.diallo', 'bernard.lecoq'],
    tags: ['norvalt', 'salon', 'lecture'],
    communities: ['face-a-norvalt', 'vigie', 'le-metier', 'le-comptoir'],
  },
  {
    by: 'pierre.alonzo',
    people: ['lucie.ferrand', 'amadou.diallo'],
    tags: ['vigie'],
    communities: ['vigie'],
  },
];
