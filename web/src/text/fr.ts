import type { Texts } from "./en.ts"

export const fr: Texts = {
  "page.skip": "Aller à la recherche",
  "page.lead":
    "Voyez ce qui revient à une adresse et pourquoi, puis réclamez-le. On peut regarder sans connecter de portefeuille.",
  "page.language": "Langue",
  "page.theme": "Apparence",
  "page.theme.auto": "Comme le système",
  "page.theme.dark": "Sombre",
  "page.theme.light": "Clair",

  "look.title": "Chercher une adresse",
  "look.label": "Adresse",
  "look.hint": "Une adresse Ethereum : 0x et 40 caractères. Rien n’est demandé à votre portefeuille.",
  "look.button": "Chercher",
  "look.busy": "Recherche et vérification de la preuve…",
  "look.malformed": "Ce n’est pas une adresse. Une adresse est 0x suivi de 40 caractères parmi 0–9 et a–f.",
  "look.checksum":
    "L’un des caractères doit être faux : majuscules et minuscules ne s’accordent pas. Copiez l’adresse à nouveau.",

  "folder.title": "Ouvrir les fichiers publiés",
  "folder.why":
    "Cette page a été ouverte depuis un disque, où les navigateurs ne laissent pas une page lire les fichiers voisins. Choisissez une fois le dossier « data » à côté de la page ; il est lu ici et n’est envoyé nulle part.",
  "folder.choose": "Choisir le dossier « data »",
  "folder.file": "ou un seul fichier de preuve (0x….json)",
  "folder.opened": "Ouvert : {name}",
  "folder.wrong":
    "Il n’y a pas de manifest.json dans votre choix. Choisissez le dossier « data » à côté de la page.",

  "result.for": "Résultat pour",
  "result.total": "Dû en tout",
  "result.automatic": "Part automatique",
  "result.reserve": "De la réserve",
  "result.state.open": "Peut être réclamé",
  "result.state.claimed": "Déjà versé",
  "result.state.unknown": "État inconnu",
  "result.state.pending": "Annoncé, réclamable à partir du {when}",
  "result.state.notYet": "Pas encore sur la chaîne",
  "result.state.partly": "{amount} déjà versés",
  "result.leaf": "Numéro {index} sur {count} dans la liste",
  "result.proof.good":
    "La preuve mène à la racine pour laquelle cette page a été faite. Vérifié ici, dans votre navigateur.",

  "why.title": "Pourquoi ce montant",
  "why.has": "Ce qu’a cette adresse",
  "why.share":
    "Votre valeur de {value} est {percent} des {total} de tous, et la tranche de {pool} est partagée dans cette proportion.",
  "why.person": "Acquis par",
  "why.amount": "Le montant vient de la liste elle-même, non d’une part.",
  "why.sum": "Chaque ligne compte avec son poids ; ensemble elles font {value}.",
  "why.rounded":
    "Une plus petite unité du jeton a été ajoutée : elle restait après l’arrondi de toutes les parts vers le bas.",
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
  "why.none":
    "Les fichiers publiés ne donnent pas le calcul de ce montant. Chacun peut le refaire avec : ./airdrop explain",
  "why.reserve":
    "Accordé à la main sur la réserve, pour ceux qui y ont droit mais ont été oubliés. Tout ce qui a été accordé à cette adresse : {amount}.",

  "absent.title": "Cette adresse n’est pas dans la liste",
  "absent.proved":
    "Ses voisines dans la liste ont été vérifiées avec la racine : il n’y a pas de place pour elle entre elles.",
  "absent.looked": "Rien de ce qui est publié ne la concerne.",
  "absent.why":
    "Le plus souvent, la raison est une autre adresse : des récompenses ont pu aller à une de vos anciennes adresses, ou à un contrat d’acquisition qui nomme l’une des vôtres.",
  "absent.reserve":
    "Une partie du programme, la réserve de {amount}, est gardée pour ceux qui y ont droit mais ont été oubliés. Si c’est votre cas, demandez à l’équipe une attribution et montrez quelle ancienne adresse ou quel contrat était à vous ; la meilleure preuve est un message signé par l’ancienne adresse.",
  "absent.reserve.unknown":
    "Une partie du programme, la réserve, est gardée pour ceux qui y ont droit mais ont été oubliés. Si c’est votre cas, demandez à l’équipe une attribution et montrez quelle ancienne adresse ou quel contrat était à vous ; la meilleure preuve est un message signé par l’ancienne adresse.",
  "absent.another": "Essayez d’abord vos autres adresses.",

  "elsewhere.paid.title": "C’est une autre adresse qui réclame",
  "elsewhere.paid": "Ce que cette adresse a acquis est versé à :",
  "elsewhere.none.title": "Cette adresse participe et ne reçoit rien",
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

  "claim.title": "Réclamer",
  "claim.locked": "Rien n’est proposé tant que les vérifications ci-dessus ne sont pas bonnes.",
  "claim.nothing": "Il ne reste rien à réclamer pour cette adresse.",
  "claim.wallets": "Choisir un portefeuille",
  "claim.noWallet":
    "Aucun portefeuille trouvé dans ce navigateur. Installez-en un ou déverrouillez-le, puis rechargez la page. On peut aussi réclamer en ligne de commande : ./airdrop claim",
  "claim.connecting": "Demande à {wallet}…",
  "claim.connected": "Connecté : {wallet}",
  "claim.account": "Compte du portefeuille",
  "claim.disconnect": "Utiliser un autre portefeuille",
  "claim.both": "Les deux en une transaction",
  "claim.way": "Comment réclamer",
  "claim.way.self": "Vers l’adresse elle-même",
  "claim.way.self.hint":
    "{account} reçoit les jetons. N’importe quel portefeuille peut l’envoyer et payer le gaz.",
  "claim.way.other": "Vers une autre adresse",
  "claim.way.other.hint": "Vous choisissez qui reçoit. Seul {account} peut le faire.",
  "claim.way.sign": "Signer, et laisser quelqu’un d’autre envoyer",
  "claim.way.sign.hint":
    "Il ne vous faut pas de gaz. Qui a la réclamation signée ne peut faire que ce que vous avez signé.",
  "claim.sign.elsewhere": "Payer à une autre adresse que celle-ci",
  "claim.pays":
    "Votre portefeuille est un autre compte que celui qui est payé. Vous payez le gaz ; les jetons vont à {account}.",
  "claim.needs":
    "Cette voie demande le compte {account}. Votre portefeuille montre {wallet}. Changez de compte dans le portefeuille.",
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
  "claim.start.self": "Réclamer {amount}",
  "claim.start.other": "Réclamer {amount} vers l’autre adresse",
  "claim.start.sign": "Signer la réclamation de {amount}",
  "claim.step": "Avancement",
  "claim.step.switching": "Bon réseau dans le portefeuille",
  "claim.step.simulating": "Essai, sans envoyer",
  "claim.step.signing": "Votre accord dans le portefeuille",
  "claim.step.waiting": "Attente du réseau",
  "claim.step.done": "Terminé",
  "claim.now.switching": "Si le portefeuille le demande, laissez-le passer à {chain}.",
  "claim.now.simulating": "La réclamation est essayée sur l’état le plus récent, sans être envoyée.",
  "claim.now.signing": "Regardez dans votre portefeuille et confirmez-y.",
  "claim.now.waiting": "Envoyé. C’est en général inclus en quelques secondes.",
  "claim.now.done": "Versé. Les jetons sont arrivés.",
  "claim.transaction": "Transaction",
  "claim.retry": "Réessayer",
  "claim.waitAgain": "Chercher à nouveau la transaction",
  "claim.startOver": "Recommencer",
  "claim.rpc": "Choisir un autre RPC",

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
  "submit.start": "Envoyer cette réclamation",
  "submit.expired": "Cette réclamation signée a expiré. Le signataire doit signer à nouveau.",
  "submit.wrong": "Ce n’est pas une réclamation signée de ce programme : {detail}",

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
    "Le compte du portefeuille a trop peu de {currency} sur {chain} pour payer le gaz. Envoyez-lui-en un peu, ou signez et laissez quelqu’un d’autre envoyer.",
  "fail.alreadyClaimed": "C’était déjà réclamé : les jetons ont été versés. Rien n’a été envoyé maintenant.",
  "fail.nothingToClaim":
    "Tout ce que la réserve a accordé jusqu’ici a été versé. Rien n’a été envoyé maintenant.",
  "fail.underfunded":
    "Le contrat a trop peu de jetons en ce moment. Votre droit est sauf : réessayez quand il aura été rempli.",
  "fail.swept":
    "Le délai est passé et le propriétaire a repris le reste ; plus rien ne peut être versé. Demandez à l’équipe.",
  "fail.capExceeded": "La réserve est épuisée, le contrat refuse donc. Demandez à l’équipe.",
  "fail.rejectedProof":
    "Le contrat n’accepte pas la preuve. Les fichiers publiés ne vont pas avec ce contrat ; rien n’a été envoyé.",
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
  "fail.changedMind":
    "Le portefeuille a changé de compte ou de réseau entre-temps ; tout a été arrêté. Rien n’a été envoyé.",
  "fail.unknown":
    "Quelque chose d’inattendu s’est produit ; autant que cette page puisse voir, rien n’a été versé.",
  "fail.detail": "Dans les mots du portefeuille ou du réseau",

  "progress.title": "Tout le programme",
  "progress.claimed": "des destinataires ont été payés",
  "progress.exact": "Compté sur les {count} destinataires.",
  "progress.sample": "Estimé sur un échantillon régulier de {looked} des {count} destinataires.",
  "progress.held": "Dans le contrat",
  "progress.until": "Reprise possible dès le",
  "progress.until.text": "On peut encore réclamer après, jusqu’à ce que le propriétaire reprenne le reste.",
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
  "progress.unknown": "Inconnu : le RPC ne répond pas.",
  "progress.load": "Actualiser",

  "check.title": "Ce que cette page a vérifié",
  "check.contract": "Contrat",
  "check.root": "Racine de la liste",
  "check.chain": "La chaîne dit",
  "check.chain.same": "les mêmes termes et la même racine",
  "check.chain.asking": "question au RPC…",
  "check.files": "Les fichiers publiés disent",
  "check.files.same": "le même contrat et la même racine",
  "check.files.none": "pas encore ouverts",
  "check.page": "Empreinte de cette page",
  "check.page.how":
    "SHA-256 des fichiers de la page tels que votre navigateur les a reçus. Comparez avec celle que l’équipe a annoncée, ou construisez la page vous-même : ./airdrop page",
  "check.page.disk":
    "Une page ouverte depuis un disque ne peut se lire elle-même. Construisez-la pour comparer : ./airdrop page",
  "check.draft":
    "Ceci est un brouillon : des termes du programme ne sont pas encore fixés, les montants peuvent changer.",
  "check.warning": "Attention : ne réclamez rien avec cette page",
  "check.bad.root": "Le contrat sur la chaîne a une autre racine que celle de cette page.",
  "check.bad.token": "Le contrat sur la chaîne verse un autre jeton que celui de cette page.",
  "check.bad.leaves": "Le contrat sur la chaîne compte un autre nombre de destinataires que cette page.",
  "check.bad.absent":
    "Ce contrat n’existe pas sur la chaîne. Il n’est pas encore déployé, ou cette page n’est pas authentique.",
  "check.bad.chain": "Le RPC sert un autre réseau (chaîne {chain}).",
  "check.bad.manifest":
    "Les fichiers publiés nomment un autre contrat, réseau ou racine que cette page. Ils ont été changés ou vont avec autre chose.",
  "check.bad.format": "Les fichiers publiés ne peuvent être lus : {detail}",
  "check.bad.proof":
    "Le fichier de preuve de cette adresse est faux : sa preuve ne mène pas à la racine. Il a été changé ou abîmé ; rien n’en est proposé.",
  "check.bad.reserve":
    "Les fichiers de la réserve pour cette adresse sont faux : la preuve ne mène pas à leur racine. Rien n’en est proposé.",
  "check.bad.data": "Les fichiers publiés n’ont pu être chargés : {detail}. Réessayez.",
  "check.again": "Vérifier à nouveau",

  "rpc.title": "Connexion",
  "rpc.text":
    "L’état de la chaîne est lu par ce RPC ; il voit votre adresse internet et les adresses cherchées. Prenez le vôtre si vous voulez.",
  "rpc.label": "Adresse du RPC",
  "rpc.save": "Utiliser ce RPC",
  "rpc.bad":
    "L’adresse d’un RPC commence par https://, ou par http:// sur cet ordinateur (localhost, 127.0.0.1).",
  "rpc.down":
    "Le RPC ne répond pas. On peut tout de même chercher montants et preuves ; ce qui est déjà versé n’est pas connu.",
  "rpc.retry": "Réessayer",
  "rpc.privacy":
    "Cette page ne garde rien au-delà de cet onglet, ne compte personne et ne parle qu’à son propre dossier, à votre portefeuille et à ce RPC ; le navigateur a consigne de refuser tout le reste.",

  "common.new": "s’ouvre dans un nouvel onglet",
}
