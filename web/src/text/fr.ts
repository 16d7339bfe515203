import type { Texts } from "./en.ts"

export const fr: Texts = {
  "page.skip": "Aller à la recherche",
  "page.language": "Langue",
  "page.theme": "Apparence",
  "page.theme.auto": "Comme le système",
  "page.theme.dark": "Sombre",
  "page.theme.light": "Clair",
  "page.framed": "Cette page est affichée dans une autre page. Rien ne peut être réclamé d’ici.",
  "page.framed.open": "L’ouvrir seule",

  "home.title": "Voyez ce que vous avez gagné",
  "home.lead":
    "Saisissez une adresse pour voir son montant et pourquoi. Aucun portefeuille n’est nécessaire pour regarder.",

  "look.label": "Adresse ou nom ENS",
  "look.button": "Chercher",
  "look.placeholder": "0x… ou nom.eth",
  "look.busy": "Recherche…",
  "look.malformed": "Ce n’est pas une adresse. Une adresse est 0x suivi de 40 caractères parmi 0–9 et a–f.",
  "look.checksum":
    "L’un des caractères doit être faux : majuscules et minuscules ne s’accordent pas. Copiez l’adresse à nouveau.",
  "look.length": "Caractères après 0x : {found}. Une adresse en a 40. Copiez-la de nouveau.",
  "look.otherChain": "Le préfixe {found}: appartient à un autre réseau que celui de ce programme.",
  "look.hash":
    "Cela ressemble à une transaction ou à une clé privée, pas à une adresse. Ne saisissez jamais une clé privée sur une page.",
  "look.link": "Ce lien ne contient pas exactement une adresse. Copiez l’adresse elle-même.",
  "look.name.rpc":
    "Les noms se cherchent sur Ethereum. Indiquez un RPC Ethereum sous « Connexion » ci-dessous, ou collez l’adresse.",
  "look.name.unknown": "Le nom {found} n’a pas d’adresse.",
  "look.name.down": "Le nom n’a pas pu être cherché. Réessayez, ou collez l’adresse.",

  "folder.title": "Ouvrir les fichiers publiés",
  "folder.why":
    "Cette page a été ouverte depuis un disque, où les navigateurs ne laissent pas une page lire les fichiers voisins. Choisissez une fois le dossier « data » à côté de la page ; il est lu ici et n’est envoyé nulle part.",
  "folder.choose": "Choisir le dossier « data »",
  "folder.file": "ou un seul fichier de preuve (0x….json)",
  "folder.opened": "Ouvert : {name}",
  "folder.wrong":
    "Il n’y a pas de manifest.json dans votre choix. Choisissez le dossier « data » à côté de la page.",

  "result.for": "Résultat pour",
  "result.automatic": "Part automatique",
  "result.reserve": "De la réserve",
  "result.unread":
    "Une partie des fichiers publiés n’a pas pu être chargée : il peut y avoir plus pour cette adresse.",

  "state.checking": "Vérification",
  "state.unknown": "Inconnu",
  "state.soon": "Ouvre bientôt",
  "state.ready": "Prêt",
  "state.announced": "Ouvre plus tard",
  "state.unfunded": "Pas encore approvisionné",
  "state.closed": "Fermé",
  "state.paid": "Payé",
  "state.sent": "Envoyé",
  "state.claiming": "En cours",
  "state.absent": "Pas sur la liste",
  "state.mismatch": "Arrêté",
  "state.elsewhere": "Autre adresse",

  "sub.checking": "Le réseau est interrogé pour savoir si c’est déjà payé.",
  "sub.unknown":
    "Le réseau ne répond pas : cette page ne peut pas dire si le montant a été payé. Le montant lui-même est certain.",
  "sub.soon": "La réclamation ouvre quand le contrat est déployé. Rien n’est à faire d’ici là.",
  "sub.ready": "Réclamation possible jusqu’au {date}.",
  "sub.ready.later": "{amount} de plus à réclamer à partir du {when}.",
  "sub.ready.notYet": "{amount} de plus sont attribués et pas encore sur le réseau.",
  "sub.ready.unfunded": "{amount} de plus seront à réclamer quand le contrat sera approvisionné.",
  "sub.ready.partly": "{amount} ont été payés auparavant.",
  "sub.announced": "À réclamer à partir du {when}.",
  "sub.notYet": "Cette attribution n’est pas encore sur le réseau. Rien n’est à faire d’ici là.",
  "sub.unfunded":
    "Le contrat ne détient pas encore assez de jetons. Votre droit est sûr : revenez quand il sera approvisionné.",
  "sub.closed": "Le délai est passé et le propriétaire a repris le reste. Demandez à l’équipe.",
  "sub.mismatch": "L’avertissement ci-dessus dit pourquoi rien ne peut être réclamé avec cette page.",
  "sub.otherChain":
    "Le RPC utilisé dessert un autre réseau : cette page ne peut pas savoir si le montant est payé. Le montant lui-même est certain.",
  "sub.late":
    "Le délai a pris fin le {date}. La réclamation reste possible tant que le propriétaire n’a pas repris le reste.",

  "why.title": "Pourquoi ce montant",
  "why.show": "Montrer comment ce montant est calculé",
  "why.show.contributions": "Montrer en détail",
  "why.all": "Tout montrer ({count})",
  "why.short.node.one": "{count} nœud a gagné {percent} de {pool}.",
  "why.short.node.other": "{count} nœuds ont gagné {percent} de {pool}.",
  "why.short.line.one": "{count} entrée a gagné {percent} de {pool}.",
  "why.short.line.other": "{count} entrées ont gagné {percent} de {pool}.",
  "why.short.amount": "La liste donne {amount} à cette adresse.",
  "why.short.reserve": "{amount} viennent de la réserve.",
  "why.has": "Ce qu’a cette adresse",
  "why.share":
    "Une valeur de {value} est {percent} des {total} de tous. {pool} sont partagés dans cette proportion.",
  "why.person": "Acquis par",
  "why.amount": "Le montant est dans la liste elle-même.",
  "why.rounded": "Une plus petite unité a été ajoutée : elle restait après l’arrondi de toutes les parts.",
  "why.capped": "La limite du programme par participant retient ce montant.",
  "why.origin.node": "Nœud",
  "why.origin.line": "Ligne",
  "why.role": "Genre",
  "why.quantity": "Quantité",
  "why.factor": "Facteur",
  "why.value": "Valeur",
  "why.account": "Détenu par",
  "why.notCounted": "non compté",
  "why.role.solo": "nœud solo",
  "why.role.operator": "opérateur",
  "why.role.contributor": "contributeur",
  "why.none": "Le calcul de ce montant n’est pas publié ici. Chacun peut le refaire : ./airdrop explain",
  "why.unread": "L’explication n’a pas pu être chargée.",

  "absent.title": "Rien pour cette adresse",
  "absent.proved":
    "Elle n’est pas sur la liste : les entrées qui la précèdent et la suivent ont été vérifiées.",
  "absent.looked": "Elle n’est pas sur la liste.",
  "absent.why":
    "Les récompenses sont peut-être allées à une ancienne adresse à vous, ou à un contrat de vesting. Essayez d’abord vos autres adresses.",
  "absent.reserve":
    "{amount} sont gardés pour des personnes éligibles qui ont été oubliées. Si c’est votre cas, demandez une attribution à l’équipe et montrez quelle ancienne adresse était la vôtre. La meilleure preuve est un message signé par l’ancienne adresse.",
  "absent.reserve.unknown":
    "Une réserve est gardée pour des personnes éligibles qui ont été oubliées. Si c’est votre cas, demandez une attribution à l’équipe et montrez quelle ancienne adresse était la vôtre. La meilleure preuve est un message signé par l’ancienne adresse.",
  "absent.lookAnother": "Chercher une autre adresse",
  "absent.sign": "Signer avec l’ancienne adresse",
  "contact.team": "L’équipe est joignable à",
  "absent.contributions": "Montrer ce qu’elle a",

  "elsewhere.paid.title": "Une autre adresse réclame ce montant",
  "elsewhere.paid": "Ce que cette adresse a acquis est versé à :",
  "elsewhere.none.title": "Rien pour cette adresse",
  "elsewhere.reason.not-listed": "Elle a des mises, mais n’est pas parmi les destinataires du programme.",
  "elsewhere.reason.contributions-not-listed":
    "Elle est sur la liste, mais ses mises sont à des adresses qui n’y sont pas et ne comptent pas.",
  "elsewhere.reason.not-registered": "Elle a des mises, mais ne s’est pas enregistrée avant la clôture.",
  "elsewhere.reason.no-contribution": "Elle y a droit, mais n’avait rien qui compte au moment du relevé.",
  "elsewhere.reason.leaving":
    "Ses mises sont dans des nœuds qui avaient demandé à partir et ne comptent pas.",
  "elsewhere.reason.excluded": "Le programme l’exclut nommément.",
  "elsewhere.reason.below-minimum": "Sa part est inférieure au plus petit montant que verse le programme.",
  "elsewhere.reason.below-one-unit": "Sa part est inférieure à la plus petite unité du jeton.",
  "elsewhere.look": "Chercher {account}",
  "elsewhere.detail": "Dans les mots des fichiers publiés",

  "vesting.title": "C’est un contrat d’acquisition (vesting)",
  "vesting.text":
    "Un tel contrat ne peut rien réclamer. Ce que ses mises ont acquis est versé à son bénéficiaire :",
  "vesting.look": "Chercher le bénéficiaire",

  "claim.way.self": "Vers l’adresse elle-même",
  "claim.way.self.hint":
    "{account} reçoit les jetons. N’importe quel portefeuille peut l’envoyer et payer le gaz.",
  "claim.way.other": "Vers une autre adresse",
  "claim.way.other.hint": "Vous choisissez qui reçoit. Seul {account} peut le faire.",
  "claim.way.sign": "Quelqu’un d’autre paie le gaz",
  "claim.way.sign.hint":
    "Vous signez, quelqu’un d’autre envoie. On ne peut faire que ce que vous avez signé.",
  "claim.sign.elsewhere": "Payer à une autre adresse que celle-ci",
  "claim.pays": "Votre portefeuille paie le gaz. Les jetons vont à {account}.",
  "claim.needs": "Seule {account} peut le faire. Votre portefeuille montre {wallet} : changez-y de compte.",
  "claim.to": "Adresse qui reçoit",
  "claim.to.self": "C’est l’adresse elle-même. Choisissez la première voie pour cela.",
  "claim.to.bad":
    "Les jetons ne peuvent aller à cette adresse : c’est le jeton, l’airdrop ou l’adresse zéro.",
  "claim.to.contract":
    "Il y a un contrat à cette adresse. Assurez-vous qu’il sait utiliser des jetons, sinon ils sont perdus.",
  "claim.to.exchange":
    "N’utilisez pas l’adresse de dépôt d’une plateforme sans savoir qu’elle crédite les jetons envoyés par un contrat.",
  "claim.to.look":
    "Regardez encore, caractère par caractère. Ce qui part vers une mauvaise adresse ne revient pas.",
  "claim.to.confirm": "J’ai comparé cette adresse avec celle où je veux les jetons",
  "claim.deadline": "Vaut pendant",
  "claim.deadline.days": "{days} jours",
  "claim.start.self": "Réclamer vers {account}",
  "claim.start.other": "Réclamer {amount} vers l’autre adresse",
  "claim.start.sign": "Signer la réclamation de {amount}",
  "claim.ways": "Autres façons de réclamer",
  "claim.evenWithoutGas": "Mon portefeuille n’a pas besoin de gaz : demander quand même",
  "claim.step": "Avancement",
  "claim.step.switching": "Bon réseau dans le portefeuille",
  "claim.step.simulating": "Essai, sans envoyer",
  "claim.step.signing": "Votre accord dans le portefeuille",
  "claim.step.waiting": "Attente du réseau",
  "claim.now.switching": "Si le portefeuille le demande, laissez-le passer à {chain}.",
  "claim.now.simulating": "La réclamation est essayée sans être envoyée.",
  "claim.now.signing": "Confirmez dans votre portefeuille. S’il ne s’ouvre pas, ouvrez-le vous-même.",
  "claim.now.waiting":
    "Envoyé. En général inclus en quelques secondes. Vous pouvez fermer cette page : rien n’est perdu.",
  "claim.now.waiting.safe":
    "Proposé au Safe. Ses autres propriétaires doivent confirmer là-bas. Vous pouvez fermer cette page : rien n’est perdu.",
  "claim.now.waiting.unheard":
    "Le réseau ne répond pas pour le moment. Cette page continue à demander ; votre transaction n’est pas perdue.",
  "claim.transaction": "Voir la transaction",
  "claim.retry": "Réessayer",
  "claim.startOver": "Recommencer",
  "claim.rpc": "Choisir un autre RPC",

  "paid.text": "{amount} envoyés à {to}, {when}.",
  "paid.other":
    "{amount} ont été payés par une transaction que cette page n’a pas vue, peut-être à une autre adresse que celle choisie. Regardez les transferts des deux adresses.",
  "paid.add": "Ajouter {token} au portefeuille",
  "paid.added": "{token} ajouté",
  "paid.show": "Afficher le paiement",
  "paid.searching": "Recherche du paiement…",
  "paid.unseen":
    "Le réseau dit que le paiement a eu lieu ; sa transaction n’a pas été trouvée par ce RPC. Un explorateur la montre parmi les transferts de",
  "paid.receipt": "Reçu :",

  "wallet.connect": "Connecter le portefeuille",
  "wallet.choose": "Choisir un portefeuille",
  "wallet.title": "Votre portefeuille",
  "wallet.browser": "Portefeuille du navigateur",
  "wallet.connected": "Connecté : {wallet}",
  "wallet.followed": "Votre portefeuille a changé de compte. Cette page montre maintenant ce compte.",
  "wallet.connecting": "{wallet} est interrogé. Confirmez-y.",
  "wallet.disconnect": "Déconnecter",
  "wallet.none": "Aucun portefeuille n’a été trouvé dans ce navigateur.",
  "wallet.phone": "Ouvrez cette page dans le navigateur de votre portefeuille :",
  "wallet.scan": "Ouvrir cette page sur votre téléphone",
  "wallet.copyLink": "Ou copiez le lien de cette page :",
  "wallet.link": "lien",
  "wallet.disk":
    "Un téléphone ne peut pas ouvrir une page du disque de cet ordinateur. Utilisez un portefeuille dans ce navigateur et autorisez-le sur les adresses de fichiers dans les réglages de l’extension.",

  "digests.title": "Comparer avec votre portefeuille",
  "digests.text":
    "Si votre portefeuille ou votre appareil affiche une de ces valeurs, chaque caractère doit être le même. Sinon, refusez.",
  "digests.calldata": "Condensé des données d’appel",
  "digests.domain": "Hachage du domaine",
  "digests.message": "Hachage du message",
  "digests.digest": "Condensé signé",

  "signed.title": "Votre réclamation signée",
  "signed.text":
    "Donnez le fichier ou le lien à qui l’envoie. Il dit qui reçoit et combien, et rien ne peut en être changé. Il vaut jusqu’au {date}.",
  "signed.file": "Enregistrer le fichier",
  "signed.link": "Copier le lien",
  "signed.copied": "Copié",

  "submit.title": "Envoyer une réclamation signée pour quelqu’un",
  "submit.text":
    "Qui n’a pas de gaz peut signer ; vous envoyez et payez le gaz. Les jetons vont là où le signataire l’a dit.",
  "submit.choose": "Réclamation signée (fichier)",
  "submit.link": "ou son lien ou texte",
  "submit.read": "Lire",
  "submit.from": "Signée par",
  "submit.to": "Les jetons vont à",
  "submit.until": "Vaut jusqu’au",
  "submit.cost": "Elle paie {amount} et coûte environ {gas} de gaz, {cost} au prix actuel.",
  "submit.start": "Envoyer cette réclamation",
  "submit.expired": "Cette réclamation signée a expiré. Le signataire doit signer à nouveau.",
  "submit.wrong": "Ce n’est pas une réclamation signée de ce programme : {detail}",
  "submit.many": "{count} réclamations signées",
  "submit.judging": "Essai sans envoi…",
  "submit.ready": "Prête : {amount}, environ {gas} de gaz",
  "submit.paid": "Déjà payée. Rien à envoyer.",
  "submit.done": "Payé : {amount} en une transaction.",
  "submit.left": "Laissée de côté : {reason}",
  "submit.all":
    "Réclamations en une transaction : {count}, {amount} en tout. Elle coûte environ {gas} de gaz, {cost} au prix actuel.",
  "submit.start.many": "Soumettre {count} réclamations",
  "submit.judge.failed": "L’essai sans envoi a échoué : {detail}",
  "submit.clear": "Vider la liste",
  "submit.waiting":
    "La réclamation signée est gardée. Elle sera vérifiée dès que le réseau répond et que cette page correspond au contrat.",

  "fail.refused": "Vous avez refusé dans le portefeuille. Rien n’a été envoyé.",
  "fail.walletBusy":
    "Le portefeuille attend encore la réponse à une question. Ouvrez-le, répondez, puis réessayez.",
  "fail.walletLocked":
    "Le portefeuille ne laisse pas cette page utiliser le compte. Déverrouillez-le, reconnectez et autorisez le compte.",
  "fail.walletCannot":
    "Ce portefeuille ne sait pas faire ce qu’il faut. Essayez-en un autre, ou une autre voie.",
  "fail.wrongAccount":
    "Le portefeuille montre un autre compte que celui qu’il faut. Changez de compte dans le portefeuille, puis réessayez.",
  "fail.wrongChain": "Le portefeuille est sur un autre réseau. Passez à {chain}, puis réessayez.",
  "fail.noGas":
    "Le compte a trop peu de {currency} sur {chain} pour payer le gaz. Envoyez-lui-en un peu et réessayez.",
  "fail.alreadyClaimed": "C’était déjà réclamé : les jetons ont été versés. Rien n’a été envoyé maintenant.",
  "fail.nothingToClaim":
    "Tout ce que la réserve a accordé jusqu’ici a été versé. Rien n’a été envoyé maintenant.",
  "fail.underfunded":
    "Le contrat a trop peu de jetons en ce moment. Votre droit est sauf : réessayez quand il aura été rempli.",
  "fail.swept":
    "Le délai est passé et le propriétaire a repris le reste ; plus rien ne peut être versé. Demandez à l’équipe.",
  "fail.capExceeded": "La réserve est épuisée, le contrat refuse donc. Demandez à l’équipe.",
  "fail.rejectedProof":
    "Le contrat n’accepte pas cette réclamation. Rien n’a été envoyé. Cherchez l’adresse de nouveau.",
  "fail.reserveChanged":
    "La réserve a changé entre-temps. Cherchez l’adresse à nouveau pour la nouvelle preuve.",
  "fail.expired": "La signature a expiré. Le signataire doit signer à nouveau.",
  "fail.badSignature":
    "Le contrat n’accepte pas la signature : elle n’est pas de ce compte pour ces valeurs exactes.",
  "fail.badRecipient":
    "Les jetons ne peuvent aller à cette adresse : c’est le jeton, l’airdrop ou l’adresse zéro.",
  "fail.tokenRefused":
    "Le jeton refuse le transfert en ce moment, et rien n’a été versé. Demandez à l’équipe.",
  "fail.rpcDown": "Le RPC {rpc} ne répond pas. Réessayez, ou choisissez un autre RPC.",
  "fail.reverted": "Le réseau a refusé la transaction, et rien n’a été versé.",
  "fail.replaced":
    "Une autre transaction a pris la place de celle-ci, ou elle a été annulée dans le portefeuille. Rien n’a été payé ; vous pouvez réclamer de nouveau.",
  "fail.changedMind":
    "Le portefeuille a changé de compte ou de réseau entre-temps ; tout a été arrêté. Rien n’a été envoyé.",
  "fail.unknown":
    "Quelque chose d’inattendu s’est produit ; autant que cette page puisse voir, rien n’a été versé.",
  "fail.detail": "Dans les mots du portefeuille ou du réseau",

  "progress.title": "Tout le programme",
  "progress.more": "Chiffres",
  "progress.claimed": "des destinataires ont été payés",
  "progress.exact": "Payés : {paid} destinataires sur {count}.",
  "progress.sample": "Estimé sur {looked} des {count} destinataires, choisis régulièrement.",
  "progress.held": "Dans le contrat",
  "progress.until": "Délai",
  "progress.until.text":
    "Ensuite, le propriétaire peut reprendre le reste. La réclamation reste possible jusque-là.",
  "progress.reserve": "Versé de la réserve",
  "progress.reserve.of": "{paid} sur {cap} au plus",
  "progress.reserve.pending": "Une mise à jour de la réserve est annoncée pour le {when}.",
  "progress.chart":
    "Jetons dans le contrat au fil du temps : de {first} à {last}, entre le {from} et le {to}.",
  "progress.network": "Le réseau maintenant",
  "progress.nodes": "Nœuds",
  "progress.requirement": "Mise d’un nœud complet",
  "progress.staked": "Misé, nœuds × mise complète",
  "progress.pool": "Fonds de récompense",
  "progress.rate": "Par an aux nœuds, 14 % du fonds",
  "progress.load": "Actualiser",

  "check.title": "Ce que cette page a vérifié",

  "trust.title": "Ce qui a été vérifié",
  "trust.contract": "Contrat",
  "trust.list": "Liste",
  "trust.page": "Cette page",
  "trust.details": "Détails",
  "trust.checking": "vérification",
  "trust.good": "vérifié",
  "trust.bad": "faux",
  "trust.unknown": "à comparer vous-même",
  "check.contract": "Contrat",
  "check.root": "Empreinte de la liste (racine de Merkle)",
  "check.chain": "La chaîne dit",
  "check.chain.same": "les mêmes conditions et la même liste",
  "check.files": "Les fichiers publiés disent",
  "check.files.same": "le même contrat et la même liste",
  "check.page": "Empreinte de cette page",
  "check.page.how":
    "SHA-256 des fichiers de la page tels que votre navigateur les a reçus. Comparez avec celle que l’équipe a annoncée, ou construisez la page vous-même : ./airdrop page",
  "check.page.disk":
    "Une page ouverte depuis un disque ne peut se lire elle-même. Construisez-la pour comparer : ./airdrop page",
  "check.draft":
    "Ceci est un brouillon : des termes du programme ne sont pas encore fixés, les montants peuvent changer.",
  "check.warning": "Attention : ne réclamez rien avec cette page",
  "check.bad.root":
    "Le contrat sur le réseau paie une autre liste que celle pour laquelle cette page est faite.",
  "check.bad.token":
    "Le contrat sur le réseau paie un autre jeton que celui pour lequel cette page est faite.",
  "check.bad.leaves":
    "Le contrat sur le réseau a un autre nombre de destinataires que celui pour lequel cette page est faite.",
  "check.bad.manifest":
    "Les fichiers publiés nomment un autre contrat, réseau ou une autre liste. Ils ont été modifiés ou appartiennent à autre chose.",
  "check.bad.format": "Les fichiers publiés ne peuvent être lus : {detail}",
  "check.bad.proof":
    "Le fichier de cette adresse a été modifié ou endommagé : il n’appartient pas à la liste. Rien n’en est proposé.",
  "check.bad.reserve":
    "Le fichier de la réserve pour cette adresse a été modifié ou endommagé. Rien n’en est proposé.",
  "check.bad.data": "Les fichiers publiés n’ont pu être chargés : {detail}. Réessayez.",
  "check.again": "Vérifier à nouveau",

  "all.start": "Tout vérifier ici",
  "all.title": "Vérification de tout le programme",
  "all.text":
    "Votre navigateur recalcule chaque montant, la liste et tous les fichiers publiés. Il n’interroge que le dossier de cette page.",
  "all.running": "{name} : {done} sur {total}",
  "all.reading": "Lecture des fichiers…",
  "all.name.inputs": "Règles et données",
  "all.name.evidence": "Preuves de l’instantané",
  "all.name.amounts": "Montants",
  "all.name.list": "Empreinte de la liste",
  "all.name.address": "Adresse du contrat",
  "all.name.files": "Fichiers publiés",
  "all.name.reserve": "Liste de la réserve",
  "all.inputs.good": "Fichiers dont la liste a été calculée : {count}.",
  "all.inputs.none":
    "Les données ne sont pas publiées avec cette page. Sans elles, les montants, les preuves de l’instantané, l’adresse du contrat et les signatures de tiers ne peuvent pas être vérifiés. La liste et ses preuves le peuvent.",
  "all.evidence.good": "Valeurs de l’instantané prouvées par le hash de ce bloc : {count}.",
  "all.evidence.none": "Aucune preuve n’est publiée pour l’instantané. Un nœud d’archive peut le relire.",
  "all.amounts.good": "Montants qui découlent des règles : {count}, {amount} en tout.",
  "all.list.good":
    "Bénéficiaires : {count}. Leurs montants ont l’empreinte que cette page et son contrat indiquent :",
  "all.address.good": "L’adresse découle du code du contrat, de la liste et des réglages du programme :",
  "all.address.none":
    "L’adresse ne découle pas des fichiers, car le contrat a été déployé avec une clé. Sa liste est comparée sur le réseau :",
  "all.files.good":
    "{count} fichiers, chaque preuve comprise, contiennent exactement ce qui découle des règles.",
  "all.files.none":
    "{count} fichiers, chaque preuve comprise, découlent de la liste. Les explications des montants ne découlent que des données de départ.",
  "all.reserve.good":
    "Attributions avec cette empreinte : {count}, {amount} en tout. Elles sont décidées par des personnes, non par une règle.",
  "all.name.attestations": "Tiers qui ont recalculé la liste",
  "all.attestations.good": "Tiers nommés par le programme qui ont recalculé et signé la liste : {count}.",
  "all.attestations.none": "Aucune signature de la liste par un tiers n’est publiée.",
  "all.bad": "Ceci ne concorde pas :",
  "all.more": "et {count} de plus",
  "all.done": "Vérifié en {seconds} s. Tout concorde.",
  "all.done.partly":
    "Vérifié en {seconds} s. Ce qui est publié concorde ; les montants n’ont pas pu être recalculés.",
  "all.done.bad":
    "Vérifié en {seconds} s. Quelque chose a été modifié ou manque : ne réclamez rien avec cette page et prévenez l’équipe.",
  "all.failed": "La vérification n’a pas pu se terminer : {detail}",

  "rpc.title": "Connexion",
  "rpc.text":
    "Cette page lit le réseau par ce RPC. Il voit votre adresse internet et les adresses cherchées. Utilisez le vôtre si vous voulez.",
  "rpc.label": "Adresse du RPC",
  "rpc.save": "Utiliser ce RPC",
  "rpc.bad":
    "L’adresse d’un RPC commence par https://, ou par http:// sur cet ordinateur (localhost, 127.0.0.1).",
  "rpc.down":
    "Le réseau ne répond pas. Les montants se cherchent quand même ; on ne sait pas s’ils sont payés.",
  "rpc.otherChain": "Ce RPC sert un autre réseau (chaîne {chain}). Choisissez-en un de {wanted}.",
  "rpc.names": "RPC Ethereum pour les noms ENS (facultatif)",
  "rpc.retry": "Réessayer",
  "rpc.privacy":
    "Cette page ne garde rien au-delà de cet onglet et ne compte personne. Elle ne parle qu’à son dossier, à votre portefeuille et à ces RPC ; le navigateur refuse tout le reste.",

  "common.new": "s’ouvre dans un nouvel onglet",
  "common.copy": "Copier : {what}",
  "common.copied": "Copié",
  "common.address": "adresse",
  "common.cancel": "Annuler",
  "common.close": "Fermer",

  "statement.title": "Vous avez changé d’adresse ? Signez ici",
  "statement.draft":
    "Les montants ne sont pas encore définitifs. Ce que vous signez ici avec votre ancienne adresse compte avant. Donnez le fichier à l’équipe.",
  "statement.final":
    "La liste est définitive. Ce que vous signez ici avec votre ancienne adresse est la preuve pour une attribution de la réserve. Donnez le fichier à l’équipe. Pour être payé ailleurs, voyez « Autres façons de réclamer ».",
  "statement.link": "Deux adresses sont à moi",
  "statement.link.hint":
    "L’ancienne adresse signe que la nouvelle est à vous. Ce qui revient à l’ancienne est payé à la nouvelle.",
  "statement.link.from": "Ancienne adresse",
  "statement.link.to": "Nouvelle adresse",
  "statement.redirect": "Payer mon montant à une autre adresse",
  "statement.redirect.hint":
    "Cette adresse signe où son montant doit être payé : pour une clé que d’autres peuvent connaître, ou une adresse qui ne peut pas utiliser de jetons.",
  "statement.redirect.from": "Adresse du montant",
  "statement.redirect.to": "Adresse qui reçoit",
  "statement.consent": "Accepter un lien",
  "statement.consent.hint":
    "La nouvelle adresse signe aussi. C’est nécessaire si elle est elle-même sur la liste.",
  "statement.from.hint":
    "Laissez vide pour l’adresse de votre portefeuille. Pour un contrat de vesting, entrez le contrat : son bénéficiaire signe.",
  "statement.plain": "Mon portefeuille ne montre que du texte",
  "statement.sign": "Signer dans le portefeuille",
  "statement.file": "Le lien signé (link-0x….json)",
  "statement.file.bad": "Ce n’est pas un lien de ce programme : {detail}",
  "statement.notSigned": "La signature n’est pas de ce compte sur ces mêmes valeurs. Rien n’a été gardé.",
  "statement.done": "Signé. Donnez le fichier à l’équipe avant le {date} ; rien n’a été envoyé.",
  "statement.text": "déclaration signée",
}
