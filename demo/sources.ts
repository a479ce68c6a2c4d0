import type { DemoRule, DemoSource } from './types.ts';

/** What they read elsewhere. The addresses are reserved for examples: nobody answers there, and nobody is asked. */
export const sources: DemoSource[] = [
  {
    title: `Eau et procédés`,
    site: 'https://eau-procedes.example',
    posts: [
      {
        daysAgo: 1,
        at: '07:30',
        title: `Sécheresse : les laiteries du Sud-Est rationnées dès avril`,
        author: `Rémi Sauvage`,
        body: `Trois préfectures de la vallée du Rhône préparent des restrictions dès le printemps. Les laiteries, grosses consommatrices d'eau de rinçage, seront les premières concernées.

« Nous récupérons déjà un tiers de notre eau », dit le directeur d'une fromagerie de la Drôme. Les autres cherchent des pompes doseuses et du temps.`,
      },
      {
        daysAgo: 4,
        at: '08:00',
        url: 'https://eau-procedes.example/arrete-reutilisation',
        title: `Réutiliser l'eau de process : ce que l'arrêté change`,
        author: `Rémi Sauvage`,
        body: `L'arrêté attendu depuis deux ans est paru. Il autorise la réutilisation de l'eau de rinçage dans une même ligne, à trois conditions d'analyse.`,
      },
      {
        daysAgo: 8,
        at: '08:00',
        title: `Doser moins, doser juste : retour de six stations`,
        author: `Anne Guillou`,
        body: `Six exploitants ont mesuré leur consommation de réactif pendant un an. L'écart entre la notice et la réalité va de 4 à 31 %.`,
      },
    ],
    followers: [
      { by: 'yanis.belkacem', watch: `Réutilisation des eaux` },
      { by: 'lucie.ferrand' },
      { by: 'elise.perrin' },
    ],
    recommended: {
      by: 'lucie.ferrand',
      community: 'le-metier',
      daysAgo: 30,
      at: '09:00',
      why: `Les seuls qui mesurent avant d'écrire.`,
    },
  },
  {
    title: `Les Échos industriels`,
    site: 'https://echos-industriels.example',
    posts: [
      {
        daysAgo: 2,
        at: '06:45',
        url: 'https://echos-industriels.example/weissbruck-grenoble',
        title: `Weissbruck ouvre un atelier près de Grenoble`,
        author: `Camille Rey`,
        body: `Le fabricant allemand de pompes doseuses Weissbruck installe son premier atelier français à Voreppe, aux portes de Grenoble.`,
      },
      {
        daysAgo: 3,
        at: '06:45',
        title: `Le prix de l'inox recule pour le troisième mois`,
        body: `La tonne revient à son niveau d'il y a deux ans. Les fabricants de pompes n'ont pas encore baissé leurs tarifs.`,
      },
      {
        daysAgo: 7,
        at: '06:45',
        title: `Agroalimentaire : les investissements repartent dans l'Ouest`,
        author: `Camille Rey`,
        body: `Quatre conserveries et deux laiteries annoncent des lignes nouvelles, pour la première fois depuis trois ans.`,
      },
    ],
    followers: [{ by: 'yanis.belkacem' }, { by: 'mathieu.kessler', watch: `Weissbruck` }],
  },
  {
    title: `Carnet d'un mainteneur`,
    site: 'https://carnet-mainteneur.example',
    posts: [
      {
        daysAgo: 5,
        at: '22:10',
        title: `La pompe qui chantait le mardi`,
        author: `Bruno Castel`,
        body: `Elle chantait le mardi parce que le mardi, on nettoyait la cuve d'à côté. Il m'a fallu onze semaines, et un calendrier.`,
      },
    ],
    followers: [{ by: 'bernard.lecoq' }, { by: 'yanis.belkacem' }],
    recommended: {
      by: 'bernard.lecoq',
      community: 'le-metier',
      daysAgo: 18,
      at: '20:30',
      why: `Un homme qui écoute les machines. Une histoire par mois, jamais plus.`,
    },
  },
];

/** Rules by words, which also look at what is there already. */
export const rules: DemoRule[] = [
  { by: 'yanis.belkacem', words: `weissbruck`, does: 'file', watch: `Weissbruck` },
];
