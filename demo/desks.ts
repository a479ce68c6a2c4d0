import type { DemoDossier, DemoWatch } from './types.ts';

/** What Yanis and a few others keep for themselves, and what they share of it. */
export const watches: DemoWatch[] = [
  {
    by: 'yanis.belkacem',
    items: [
      {
        daysAgo: 1,
        at: '18:05',
        body: `Fromagerie du Vernay : le responsable d'entretien part à la retraite en juin. Demander qui reprend ses clés, et son carnet.`,
      },
      {
        daysAgo: 3,
        at: '08:40',
        body: `Question n° 41 : pourquoi nos notices ont-elles des renvois, et les leurs des photos ?`,
      },
      {
        daysAgo: 6,
        at: '21:15',
        title: `Lire une courbe de pompe sans se tromper`,
        url: 'https://atelier-fluides.example/courbes',
        site: `Atelier Fluides`,
        author: `Jeanne Morvan`,
        summary: `Les trois erreurs que font les débutants devant une courbe, et l'ordre dans lequel la lire.`,
        later: true,
      },
    ],
  },
  {
    by: 'yanis.belkacem',
    name: `Weissbruck`,
    about: `Doseuses de Fribourg-en-Brisgau. Ils descendent vers le Sud-Est depuis le Val d'Ombre.`,
    community: 'le-metier',
    items: [
      {
        daysAgo: 2,
        at: '12:20',
        title: `Weissbruck ouvre un atelier près de Grenoble`,
        url: 'https://echos-industriels.example/weissbruck-grenoble',
        site: `Les Échos industriels`,
        author: `Camille Rey`,
        summary: `Le fabricant allemand de pompes doseuses installe douze personnes à Voreppe, dont quatre techniciens.`,
        body: `Voreppe, c'est à vingt minutes de la moitié de mes clients.`,
        page: `<p>Le fabricant allemand de pompes doseuses Weissbruck installe son premier atelier français à Voreppe, aux portes de Grenoble. Douze personnes y travailleront dès le mois prochain, dont quatre techniciens d'intervention.</p><p>« Nos clients de la vallée ne veulent plus attendre une pièce cinq jours », explique la directrice de la filiale. L'entreprise promet une intervention sous vingt-quatre heures dans quatre départements.</p><h2>Un stock sur place</h2><p>L'atelier gardera trois cents têtes doseuses en stock. Jusqu'ici, les pièces venaient de Fribourg-en-Brisgau, deux fois par semaine.</p>`,
        marks: [
          {
            quote: `une intervention sous vingt-quatre heures dans quatre départements`,
            note: `Nous : quatre heures, mais sur rendez-vous. À dire comme cela.`,
          },
        ],
      },
      {
        daysAgo: 9,
        at: '17:45',
        title: `Vu chez le Syndicat des eaux`,
        body: `La doseuse D40 est affichée 2 350 € hors taxes sur leur nouveau tarif. Le technicien me l'a montrée sans que je demande.`,
      },
      {
        daysAgo: 15,
        at: '09:30',
        title: `Tarif public des doseuses de la série D`,
        url: 'https://weissbruck.example/fr/tarif-serie-d',
        site: `Weissbruck`,
        summary: `Prix hors taxes, départ Fribourg. Valable jusqu'à la prochaine édition.`,
      },
      {
        daysAgo: 16,
        at: '19:10',
        body: `Leur commercial s'appelle comme le mien, Yanis. Ne pas en faire une affaire personnelle.`,
        forMe: true,
      },
    ],
  },
  {
    by: 'mathieu.kessler',
    name: `Weissbruck`,
    about: `Vus de Mulhouse, où ils sont chez eux.`,
    community: 'le-metier',
    items: [
      {
        daysAgo: 1,
        at: '16:50',
        title: `Weissbruck s'installe en Isère`,
        url: 'https://echos-industriels.example/weissbruck-grenoble?utm_source=lettre',
        site: `Les Échos industriels`,
        summary: `Le fabricant allemand de pompes doseuses installe douze personnes à Voreppe, dont quatre techniciens.`,
      },
      {
        daysAgo: 5,
        at: '18:30',
        title: `Salon de Bâle, leur stand`,
        body: `La doseuse D40 est affichée 2 490 € hors taxes sur leur nouveau tarif. Photo de l'étiquette dans mon téléphone.`,
      },
      {
        daysAgo: 11,
        at: '08:15',
        title: `Weissbruck : la garantie passe à cinq ans`,
        url: 'https://weissbruck.example/fr/garantie',
        site: `Weissbruck`,
        summary: `Cinq ans sur les têtes doseuses, à condition de prendre leurs membranes.`,
      },
      {
        daysAgo: 24,
        at: '12:40',
        title: `Ce que dit un de leurs anciens`,
        body: `Ils perdent de l'argent sur les petites séries et se rattrapent sur les membranes. Donc : parler du coût des membranes, jamais du prix de la pompe.`,
      },
    ],
  },
  {
    by: 'yanis.belkacem',
    name: `Réutilisation des eaux`,
    about: `Les laiteries y viennent toutes, à cause de la sécheresse.`,
    community: 'le-metier',
    items: [
      {
        daysAgo: 4,
        at: '08:20',
        title: `Réutiliser l'eau de process : ce que l'arrêté change`,
        url: 'https://eau-procedes.example/arrete-reutilisation',
        site: `Eau et procédés`,
        author: `Rémi Sauvage`,
        summary: `Ce qui devient possible dans une usine agroalimentaire, et les trois analyses à fournir.`,
      },
      {
        daysAgo: 13,
        at: '17:05',
        body: `La laiterie des Trois-Vallées veut récupérer l'eau de rinçage. Deux doseuses par ligne, peut-être quatre lignes.`,
      },
    ],
  },
  {
    by: 'lucie.ferrand',
    name: `Réutilisation des eaux`,
    about: `Ce qui se dimensionne, et ce qui ne se dimensionne pas encore.`,
    community: 'le-metier',
    items: [
      {
        daysAgo: 3,
        at: '10:10',
        title: `L'arrêté sur la réutilisation, article par article`,
        url: 'https://eau-procedes.example/arrete-reutilisation',
        site: `Eau et procédés`,
        summary: `Ce qui devient possible dans une usine agroalimentaire, et les trois analyses à fournir.`,
      },
    ],
  },
];

export const dossiers: DemoDossier[] = [
  {
    by: 'mathieu.kessler',
    daysAgo: 8,
    at: '09:10',
    name: `Weissbruck`,
    about: `Ce que nous en savons, de Mulhouse à Grenoble.`,
    community: 'le-metier',
    page: 'concurrent-weissbruck',
    owners: ['mathieu.kessler', 'yanis.belkacem'],
    followers: ['yanis.belkacem', 'claire.martin', 'elise.perrin'],
  },
];
