import type { Texts } from "./en.ts"

export const de: Texts = {
  "page.skip": "Zur Suche springen",
  "page.language": "Sprache",
  "page.theme": "Darstellung",
  "page.theme.auto": "Wie das System",
  "page.theme.dark": "Dunkel",
  "page.theme.light": "Hell",
  "page.framed": "Diese Seite wird in einer anderen Seite gezeigt. Von hier aus kann nichts abgeholt werden.",
  "page.framed.open": "Für sich allein öffnen",

  "home.title": "Was Sie verdient haben",
  "home.lead":
    "Geben Sie eine Adresse ein, um Betrag und Grund zu sehen. Zum Nachsehen braucht es keine Wallet.",

  "look.label": "Adresse oder ENS-Name",
  "look.button": "Nachsehen",
  "look.placeholder": "0x… oder name.eth",
  "look.busy": "Wird nachgesehen…",
  "look.malformed": "Das ist keine Adresse. Eine Adresse ist 0x, gefolgt von 40 Zeichen aus 0–9 und a–f.",
  "look.checksum":
    "Eines der Zeichen muss falsch sein: Groß- und Kleinschreibung passen nicht zusammen. Kopieren Sie die Adresse noch einmal.",
  "look.length": "Zeichen nach 0x: {found}. Eine Adresse hat 40. Kopieren Sie sie noch einmal.",
  "look.otherChain": "Das Präfix {found}: gehört zu einem anderen Netzwerk als dieses Programm.",
  "look.hash":
    "Das sieht nach einer Transaktion oder einem privaten Schlüssel aus, nicht nach einer Adresse. Geben Sie nie einen privaten Schlüssel auf einer Seite ein.",
  "look.link": "Dieser Link enthält nicht genau eine Adresse. Kopieren Sie die Adresse selbst.",
  "look.name.rpc":
    "Namen werden auf Ethereum nachgesehen. Geben Sie unten unter „Verbindung“ ein Ethereum-RPC an oder fügen Sie die Adresse ein.",
  "look.name.unknown": "Der Name {found} hat keine Adresse.",
  "look.name.down":
    "Der Name konnte nicht nachgesehen werden. Versuchen Sie es noch einmal oder fügen Sie die Adresse ein.",

  "folder.title": "Veröffentlichte Dateien öffnen",
  "folder.why":
    "Diese Seite wurde von einem Datenträger geöffnet. Dort lassen Browser eine Seite die Dateien neben ihr nicht lesen. Wählen Sie einmal den Ordner „data“ neben der Seite; er wird hier gelesen und nirgendwohin gesendet.",
  "folder.choose": "Den Ordner „data“ wählen",
  "folder.file": "oder eine einzelne Beweisdatei (0x….json)",
  "folder.opened": "Geöffnet: {name}",
  "folder.wrong":
    "In Ihrer Auswahl gibt es keine manifest.json. Wählen Sie den Ordner „data“ neben der Seite.",

  "result.for": "Ergebnis für",
  "result.automatic": "Automatischer Anteil",
  "result.reserve": "Aus der Reserve",
  "result.unread":
    "Ein Teil der veröffentlichten Dateien konnte nicht geladen werden: Für diese Adresse kann es mehr geben.",

  "state.checking": "Wird geprüft",
  "state.unknown": "Nicht bekannt",
  "state.soon": "Öffnet bald",
  "state.ready": "Bereit",
  "state.announced": "Öffnet später",
  "state.unfunded": "Noch nicht gefüllt",
  "state.closed": "Geschlossen",
  "state.paid": "Ausgezahlt",
  "state.sent": "Gesendet",
  "state.claiming": "Im Gange",
  "state.absent": "Nicht gelistet",
  "state.mismatch": "Angehalten",
  "state.elsewhere": "Andere Adresse",

  "sub.checking": "Das Netzwerk wird gefragt, ob schon ausgezahlt ist.",
  "sub.unknown":
    "Das Netzwerk antwortet nicht. Die Seite kann nicht sagen, ob der Betrag schon ausgezahlt ist. Der Betrag selbst steht fest.",
  "sub.soon": "Abgeholt werden kann, sobald der Vertrag in Betrieb ist. Bis dahin ist nichts zu tun.",
  "sub.ready": "Abholen ist möglich bis {date}.",
  "sub.ready.later": "Weitere {amount} können ab {when} abgeholt werden.",
  "sub.ready.notYet": "Weitere {amount} sind zugeteilt und noch nicht im Netzwerk.",
  "sub.ready.unfunded": "Weitere {amount} können abgeholt werden, sobald der Vertrag gedeckt ist.",
  "sub.ready.partly": "{amount} wurden schon früher ausgezahlt.",
  "sub.announced": "Das kann ab {when} abgeholt werden.",
  "sub.notYet": "Diese Zuteilung ist noch nicht im Netzwerk. Bis dahin ist nichts zu tun.",
  "sub.unfunded":
    "Der Vertrag hält noch nicht genug Token. Ihr Anspruch ist sicher: Kommen Sie wieder, wenn er gefüllt ist.",
  "sub.closed": "Die Frist ist vorbei, und der Eigentümer hat den Rest zurückgenommen. Fragen Sie das Team.",
  "sub.mismatch": "Die Warnung oben sagt, warum mit dieser Seite nichts abgeholt werden kann.",
  "sub.otherChain":
    "Das verwendete RPC gehört zu einem anderen Netzwerk. Diese Seite kann darum nicht sagen, ob schon ausgezahlt ist. Der Betrag selbst steht fest.",
  "sub.late":
    "Die Frist endete am {date}. Abholen ist noch möglich, bis der Eigentümer den Rest zurücknimmt.",

  "why.title": "Warum dieser Betrag",
  "why.show": "Zeigen, wie dieser Betrag entsteht",
  "why.show.contributions": "Einzeln zeigen",
  "why.all": "Alle {count} zeigen",
  "why.short.node.one": "{count} Node verdiente {percent} von {pool}.",
  "why.short.node.other": "{count} Nodes verdienten {percent} von {pool}.",
  "why.short.line.one": "{count} Eintrag verdiente {percent} von {pool}.",
  "why.short.line.other": "{count} Einträge verdienten {percent} von {pool}.",
  "why.short.amount": "Die Liste gibt dieser Adresse {amount}.",
  "why.short.reserve": "{amount} kamen aus der Reserve.",
  "why.has": "Was diese Adresse hat",
  "why.share":
    "Ein Wert von {value} ist {percent} der {total} von allen. {pool} werden in diesem Verhältnis geteilt.",
  "why.person": "Erworben von",
  "why.amount": "Der Betrag steht in der Liste selbst.",
  "why.rounded": "Eine kleinste Einheit kam hinzu, weil sie beim Abrunden aller Anteile übrig blieb.",
  "why.capped": "Die Obergrenze des Programms für einen Teilnehmer begrenzt diesen Betrag.",
  "why.origin.node": "Node",
  "why.origin.line": "Zeile",
  "why.role": "Art",
  "why.quantity": "Menge",
  "why.factor": "Faktor",
  "why.value": "Wert",
  "why.account": "Gehalten von",
  "why.notCounted": "zählt nicht",
  "why.role.solo": "Solo-Node",
  "why.role.operator": "Betreiber",
  "why.role.contributor": "Beitragender",
  "why.none":
    "Wie dieser Betrag entsteht, ist hier nicht veröffentlicht. Jeder kann ihn nachrechnen: ./airdrop explain",
  "why.unread": "Die Erklärung konnte nicht geladen werden.",

  "absent.title": "Nichts für diese Adresse",
  "absent.proved": "Sie steht nicht auf der Liste: Die Einträge davor und danach wurden geprüft.",
  "absent.looked": "Sie steht nicht auf der Liste.",
  "absent.why":
    "Belohnungen können an eine ältere Adresse von Ihnen gegangen sein oder an einen Vesting-Vertrag. Versuchen Sie zuerst Ihre anderen Adressen.",
  "absent.reserve":
    "{amount} sind für Berechtigte zurückgelegt, die übersehen wurden. Wenn Sie dazugehören, bitten Sie das Team um eine Zuteilung und zeigen Sie, welche alte Adresse Ihre war. Am besten belegt das eine Nachricht, die mit der alten Adresse signiert ist.",
  "absent.reserve.unknown":
    "Eine Reserve ist für Berechtigte zurückgelegt, die übersehen wurden. Wenn Sie dazugehören, bitten Sie das Team um eine Zuteilung und zeigen Sie, welche alte Adresse Ihre war. Am besten belegt das eine Nachricht, die mit der alten Adresse signiert ist.",
  "absent.lookAnother": "Andere Adresse nachsehen",
  "absent.sign": "Mit der alten Adresse unterschreiben",
  "contact.team": "Das Team ist erreichbar unter",
  "absent.contributions": "Zeigen, was sie hat",

  "elsewhere.paid.title": "Eine andere Adresse holt das ab",
  "elsewhere.paid": "Was diese Adresse erworben hat, wird gezahlt an:",
  "elsewhere.none.title": "Nichts für diese Adresse",
  "elsewhere.reason.not-listed":
    "Sie hat Stakes, gehört aber nicht zu den Empfängern, für die das Programm da ist.",
  "elsewhere.reason.contributions-not-listed":
    "Sie steht auf der Liste, ihre Stakes aber liegen auf Adressen, die nicht darauf stehen und nicht zählen.",
  "elsewhere.reason.not-registered":
    "Sie hat Stakes, hat sich vor dem Anmeldeschluss aber nicht registriert.",
  "elsewhere.reason.no-contribution": "Sie ist berechtigt, hatte zum Stichzeitpunkt aber nichts, was zählt.",
  "elsewhere.reason.leaving":
    "Ihre Stakes liegen in Nodes, die schon ausscheiden wollten; diese zählen nicht.",
  "elsewhere.reason.excluded": "Das Programm schließt sie namentlich aus.",
  "elsewhere.reason.below-minimum": "Ihr Anteil liegt unter dem kleinsten Betrag, den das Programm zahlt.",
  "elsewhere.reason.below-one-unit": "Ihr Anteil ist kleiner als die kleinste Einheit des Tokens.",
  "elsewhere.look": "{account} nachsehen",
  "elsewhere.detail": "Im Wortlaut der veröffentlichten Dateien",

  "vesting.title": "Das ist ein Vesting-Vertrag",
  "vesting.text":
    "Ein Vesting-Vertrag kann nichts anfordern. Was seine Stakes erworben haben, erhält sein Begünstigter:",
  "vesting.look": "Den Begünstigten nachsehen",

  "claim.way.self": "An die Adresse selbst",
  "claim.way.self.hint": "{account} erhält die Tokens. Jedes Wallet darf das senden und das Gas zahlen.",
  "claim.way.other": "An eine andere Adresse",
  "claim.way.other.hint": "Sie bestimmen, wer erhält. Das kann nur {account} selbst.",
  "claim.way.sign": "Jemand anderes zahlt das Gas",
  "claim.way.sign.hint":
    "Sie signieren, jemand anderes sendet. Mehr als das Signierte ist damit nicht möglich.",
  "claim.sign.elsewhere": "An eine andere Adresse als diese zahlen",
  "claim.pays": "Ihre Wallet zahlt das Gas. Die Token gehen an {account}.",
  "claim.needs": "Das kann nur {account} selbst. Ihre Wallet zeigt {wallet}: Wechseln Sie dort das Konto.",
  "claim.to": "Adresse, die erhält",
  "claim.to.self": "Das ist die Adresse selbst. Wählen Sie dafür den ersten Weg.",
  "claim.to.bad":
    "An diese Adresse können keine Tokens gehen: sie ist der Token, der Airdrop oder die Nulladresse.",
  "claim.to.contract":
    "An dieser Adresse steht ein Vertrag. Vergewissern Sie sich, dass er mit Tokens umgehen kann, sonst sind sie verloren.",
  "claim.to.exchange":
    "Nehmen Sie keine Einzahlungsadresse einer Börse, wenn Sie nicht wissen, dass sie Tokens aus einem Vertrag gutschreibt.",
  "claim.to.look":
    "Sehen Sie noch einmal hin, Zeichen für Zeichen. Was an eine falsche Adresse geht, kommt nicht zurück.",
  "claim.to.confirm": "Ich habe diese Adresse mit der gewünschten verglichen",
  "claim.deadline": "Gilt noch",
  "claim.deadline.days": "{days} Tage",
  "claim.start.self": "An {account} auszahlen",
  "claim.start.other": "{amount} an die andere Adresse anfordern",
  "claim.start.sign": "Anforderung von {amount} signieren",
  "claim.ways": "Weitere Wege",
  "claim.evenWithoutGas": "Meine Wallet braucht kein Gas: trotzdem fragen",
  "claim.step": "Fortgang",
  "claim.step.switching": "Richtiges Netzwerk im Wallet",
  "claim.step.simulating": "Probelauf, ohne zu senden",
  "claim.step.signing": "Ihre Bestätigung im Wallet",
  "claim.step.waiting": "Warten auf das Netzwerk",
  "claim.now.switching": "Wenn das Wallet fragt, lassen Sie es zu {chain} wechseln.",
  "claim.now.simulating": "Der Anspruch wird probiert, ohne zu senden.",
  "claim.now.signing": "Bestätigen Sie in Ihrer Wallet. Öffnet sie sich nicht, öffnen Sie sie selbst.",
  "claim.now.waiting":
    "Gesendet. Meist in Sekunden bestätigt. Sie können die Seite schließen: Es geht nichts verloren.",
  "claim.now.waiting.safe":
    "Dem Safe vorgeschlagen. Seine anderen Eigentümer müssen dort zustimmen. Sie können die Seite schließen: Es geht nichts verloren.",
  "claim.now.waiting.unheard":
    "Das Netzwerk antwortet gerade nicht. Die Seite fragt weiter; Ihre Transaktion ist nicht verloren.",
  "claim.transaction": "Transaktion ansehen",
  "claim.retry": "Noch einmal versuchen",
  "claim.startOver": "Von vorn beginnen",
  "claim.rpc": "Anderes RPC wählen",

  "paid.text": "{amount} an {to} gesendet, {when}.",
  "paid.other":
    "{amount} wurden durch eine Transaktion gezahlt, die diese Seite nicht gesehen hat, vielleicht an eine andere Adresse als die gewählte. Sehen Sie die Überweisungen beider Adressen an.",
  "paid.add": "{token} zur Wallet hinzufügen",
  "paid.added": "{token} hinzugefügt",
  "paid.show": "Zahlung zeigen",
  "paid.searching": "Die Zahlung wird gesucht…",
  "paid.unseen":
    "Das Netzwerk sagt, dass gezahlt wurde; die Transaktion war über dieses RPC nicht zu finden. Ein Explorer zeigt sie unter den Überweisungen von",
  "paid.receipt": "Beleg:",

  "wallet.connect": "Wallet verbinden",
  "wallet.choose": "Wallet wählen",
  "wallet.title": "Ihre Wallet",
  "wallet.browser": "Wallet des Browsers",
  "wallet.connected": "Verbunden: {wallet}",
  "wallet.followed": "Ihre Wallet hat das Konto gewechselt. Die Seite zeigt jetzt dieses Konto.",
  "wallet.connecting": "{wallet} wird gefragt. Bestätigen Sie dort.",
  "wallet.disconnect": "Trennen",
  "wallet.none": "In diesem Browser wurde keine Wallet gefunden.",
  "wallet.phone": "Öffnen Sie diese Seite im Browser Ihrer Wallet:",
  "wallet.scan": "Diese Seite auf dem Telefon öffnen",
  "wallet.copyLink": "Oder den Link dieser Seite kopieren:",
  "wallet.link": "Link",
  "wallet.disk":
    "Ein Telefon kann keine Seite vom Datenträger dieses Rechners öffnen. Nehmen Sie eine Wallet in diesem Browser und erlauben Sie ihr in den Einstellungen der Erweiterung den Zugriff auf Datei-Adressen.",

  "digests.title": "Mit der Wallet vergleichen",
  "digests.text":
    "Zeigt Ihre Wallet oder Ihr Gerät einen dieser Werte, muss jedes Zeichen gleich sein. Lehnen Sie sonst ab.",
  "digests.calldata": "Calldata-Digest",
  "digests.domain": "Domain-Hash",
  "digests.message": "Message-Hash",
  "digests.digest": "Signierter Digest",

  "signed.title": "Ihre signierte Anforderung",
  "signed.text":
    "Geben Sie die Datei oder den Link dem, der einreicht. Darin steht, wer wie viel erhält; nichts davon lässt sich ändern. Sie gilt bis {date}.",
  "signed.file": "Datei sichern",
  "signed.link": "Link kopieren",
  "signed.copied": "Kopiert",

  "submit.title": "Eine signierte Anforderung für jemand anderen einreichen",
  "submit.text":
    "Wer kein Gas hat, kann signieren; Sie senden und zahlen das Gas. Die Tokens gehen dorthin, wo der Unterzeichner es wollte.",
  "submit.choose": "Signierte Anforderung (Datei)",
  "submit.link": "oder ihr Link oder Text",
  "submit.read": "Lesen",
  "submit.from": "Signiert von",
  "submit.to": "Tokens gehen an",
  "submit.until": "Gilt bis",
  "submit.cost": "Sie zahlt {amount} aus und kostet etwa {gas} Gas, {cost} beim jetzigen Preis.",
  "submit.start": "Diese Anforderung einreichen",
  "submit.expired": "Diese signierte Anforderung ist abgelaufen. Der Unterzeichner muss neu signieren.",
  "submit.wrong": "Das ist keine signierte Anforderung dieses Programms: {detail}",
  "submit.many": "{count} signierte Anforderungen",
  "submit.judging": "Probelauf, ohne zu senden…",
  "submit.ready": "Bereit: {amount}, etwa {gas} Gas",
  "submit.paid": "Schon ausgezahlt. Nichts zu senden.",
  "submit.done": "Ausgezahlt: {amount} in einer Transaktion.",
  "submit.left": "Ausgelassen: {reason}",
  "submit.all":
    "Anforderungen in einer Transaktion: {count}, zusammen {amount}. Sie kostet etwa {gas} Gas, {cost} beim jetzigen Preis.",
  "submit.start.many": "{count} Anforderungen einreichen",
  "submit.judge.failed": "Der Probelauf ist nicht gelungen: {detail}",
  "submit.clear": "Liste leeren",
  "submit.waiting":
    "Der signierte Anspruch bleibt erhalten. Er wird geprüft, sobald das Netzwerk antwortet und diese Seite zum Vertrag passt.",

  "fail.refused": "Sie haben im Wallet abgelehnt. Es wurde nichts gesendet.",
  "fail.walletBusy":
    "Das Wallet wartet noch auf eine Antwort auf eine frühere Frage. Öffnen Sie es, antworten Sie und versuchen Sie es dann noch einmal.",
  "fail.walletLocked":
    "Das Wallet lässt diese Seite das Konto nicht verwenden. Entsperren Sie es, verbinden Sie neu und erlauben Sie das Konto.",
  "fail.walletCannot":
    "Dieses Wallet kann nicht, was nötig ist. Versuchen Sie ein anderes Wallet oder einen anderen Weg.",
  "fail.wrongAccount":
    "Das Wallet zeigt ein anderes Konto als das nötige. Wechseln Sie das Konto im Wallet und versuchen Sie es dann noch einmal.",
  "fail.wrongChain":
    "Das Wallet ist in einem anderen Netzwerk. Wechseln Sie zu {chain} und versuchen Sie es dann noch einmal.",
  "fail.noGas":
    "Das Konto hat auf {chain} zu wenig {currency} für das Gas. Schicken Sie ihm etwas und versuchen Sie es noch einmal.",
  "fail.alreadyClaimed":
    "Das wurde schon angefordert: die Tokens sind ausgezahlt. Jetzt wurde nichts gesendet.",
  "fail.nothingToClaim":
    "Alles, was bisher aus der Reserve gewährt wurde, ist ausgezahlt. Jetzt wurde nichts gesendet.",
  "fail.underfunded":
    "Der Vertrag hält gerade zu wenige Tokens. Ihr Anspruch ist sicher: versuchen Sie es wieder, wenn er aufgefüllt ist.",
  "fail.swept":
    "Die Frist ist vorbei und der Eigentümer hat den Rest zurückgenommen; es kann nichts mehr gezahlt werden. Fragen Sie das Team.",
  "fail.capExceeded": "Die Reserve ist aufgebraucht, darum lehnt der Vertrag ab. Fragen Sie das Team.",
  "fail.rejectedProof":
    "Der Vertrag nimmt diesen Anspruch nicht an. Es wurde nichts gesendet. Sehen Sie die Adresse noch einmal nach.",
  "fail.reserveChanged":
    "Die Reserve wurde inzwischen aktualisiert. Sehen Sie die Adresse noch einmal nach, um den neuen Beweis zu erhalten.",
  "fail.expired": "Die Signatur ist abgelaufen. Der Unterzeichner muss neu signieren.",
  "fail.badSignature":
    "Der Vertrag nimmt die Signatur nicht an: sie ist nicht von diesem Konto über genau diese Werte.",
  "fail.badRecipient":
    "An diese Adresse können keine Tokens gehen: sie ist der Token, der Airdrop oder die Nulladresse.",
  "fail.tokenRefused":
    "Der Token verweigert die Überweisung im Moment, und es wurde nichts ausgezahlt. Fragen Sie das Team.",
  "fail.rpcDown":
    "Das RPC {rpc} antwortet nicht. Versuchen Sie es noch einmal oder wählen Sie ein anderes RPC.",
  "fail.reverted": "Das Netzwerk hat die Transaktion abgelehnt; es wurde nichts gezahlt.",
  "fail.replaced":
    "Eine andere Transaktion trat an die Stelle dieser, oder sie wurde in der Wallet abgebrochen. Es wurde nichts ausgezahlt; Sie können es noch einmal versuchen.",
  "fail.changedMind":
    "Im Wallet wurde inzwischen Konto oder Netzwerk gewechselt; darum wurde angehalten. Es wurde nichts gesendet.",
  "fail.unknown": "Etwas Unerwartetes ist geschehen; soweit diese Seite sehen kann, wurde nichts gezahlt.",
  "fail.detail": "Im Wortlaut des Wallets oder Netzwerks",

  "progress.title": "Das ganze Programm",
  "progress.more": "Zahlen",
  "progress.claimed": "der Empfänger sind bezahlt",
  "progress.exact": "Bezahlt: {paid} von {count} Empfängern.",
  "progress.sample": "Geschätzt aus {looked} der {count} Empfänger, gleichmäßig gewählt.",
  "progress.held": "Im Vertrag",
  "progress.until": "Frist",
  "progress.until.text":
    "Danach darf der Eigentümer den Rest zurücknehmen. Bis dahin bleibt das Abholen möglich.",
  "progress.reserve": "Aus der Reserve gezahlt",
  "progress.reserve.of": "{paid} von höchstens {cap}",
  "progress.reserve.pending": "Eine Aktualisierung der Reserve ist angekündigt für {when}.",
  "progress.chart": "Tokens im Vertrag im Lauf der Zeit: von {first} bis {last}, zwischen {from} und {to}.",
  "progress.network": "Das Netzwerk jetzt",
  "progress.nodes": "Nodes",
  "progress.requirement": "Stake einer vollen Node",
  "progress.staked": "Gestakt, Nodes × voller Stake",
  "progress.pool": "Belohnungstopf",
  "progress.rate": "Jährlich an Nodes, 14 % des Topfs",
  "progress.load": "Neu laden",

  "check.title": "Was diese Seite geprüft hat",

  "trust.title": "Was geprüft wurde",
  "trust.contract": "Vertrag",
  "trust.list": "Liste",
  "trust.page": "Diese Seite",
  "trust.details": "Einzelheiten",
  "trust.checking": "wird geprüft",
  "trust.good": "geprüft",
  "trust.bad": "falsch",
  "trust.unknown": "selbst vergleichen",
  "check.contract": "Vertrag",
  "check.root": "Fingerabdruck der Liste (Merkle-Root)",
  "check.chain": "Die Chain sagt",
  "check.chain.same": "dieselben Bedingungen und dieselbe Liste",
  "check.files": "Die veröffentlichten Dateien sagen",
  "check.files.same": "denselben Vertrag und dieselbe Liste",
  "check.page": "Fingerabdruck dieser Seite",
  "check.page.how":
    "SHA-256 über die Dateien der Seite, wie Ihr Browser sie bekam. Vergleichen Sie ihn mit dem, den das Team bekannt gegeben hat, oder bauen Sie die Seite selbst: ./airdrop page",
  "check.page.disk":
    "Eine von einem Datenträger geöffnete Seite kann sich nicht selbst lesen. Bauen Sie sie zum Vergleich selbst: ./airdrop page",
  "check.draft":
    "Das ist ein Entwurf: einige Bedingungen des Programms stehen noch nicht fest, Beträge können sich noch ändern.",
  "check.warning": "Warnung: fordern Sie mit dieser Seite nichts an",
  "check.bad.root":
    "Der Vertrag im Netzwerk zahlt eine andere Liste aus als die, für die diese Seite gemacht ist.",
  "check.bad.token":
    "Der Vertrag im Netzwerk zahlt einen anderen Token aus als den, für den diese Seite gemacht ist.",
  "check.bad.leaves":
    "Der Vertrag im Netzwerk hat eine andere Zahl von Empfängern als die, für die diese Seite gemacht ist.",
  "check.bad.manifest":
    "Die veröffentlichten Dateien nennen einen anderen Vertrag, ein anderes Netzwerk oder eine andere Liste. Sie wurden verändert oder gehören zu etwas anderem.",
  "check.bad.format": "Die veröffentlichten Dateien lassen sich nicht lesen: {detail}",
  "check.bad.proof":
    "Die Datei dieser Adresse wurde verändert oder beschädigt: Sie gehört nicht zur Liste. Daraus wird nichts angeboten.",
  "check.bad.reserve":
    "Die Datei der Reserve zu dieser Adresse wurde verändert oder beschädigt. Daraus wird nichts angeboten.",
  "check.bad.data":
    "Die veröffentlichten Dateien konnten nicht geladen werden: {detail}. Versuchen Sie es noch einmal.",
  "check.again": "Noch einmal prüfen",

  "all.start": "Hier alles prüfen",
  "all.title": "Prüfung des ganzen Programms",
  "all.text":
    "Ihr Browser berechnet jeden Betrag, die Liste und alle veröffentlichten Dateien neu. Er fragt dabei nur den eigenen Ordner dieser Seite.",
  "all.running": "{name}: {done} von {total}",
  "all.reading": "Dateien werden gelesen…",
  "all.name.inputs": "Regeln und Eingaben",
  "all.name.evidence": "Belege der Momentaufnahme",
  "all.name.amounts": "Beträge",
  "all.name.list": "Fingerabdruck der Liste",
  "all.name.address": "Adresse des Vertrags",
  "all.name.files": "Veröffentlichte Dateien",
  "all.name.reserve": "Liste der Reserve",
  "all.inputs.good": "Dateien, aus denen die Liste berechnet wurde: {count}.",
  "all.inputs.none":
    "Die Eingaben sind mit dieser Seite nicht veröffentlicht. Ohne sie lassen sich Beträge, Belege, Vertragsadresse und Unterschriften Außenstehender nicht prüfen, wohl aber die Liste und ihre Beweise.",
  "all.evidence.good": "Werte der Momentaufnahme, die durch den Hash dieses Blocks belegt sind: {count}.",
  "all.evidence.none":
    "Für die Momentaufnahme sind keine Belege veröffentlicht. Ein Archivknoten kann sie erneut lesen.",
  "all.amounts.good": "Beträge, die aus den Regeln folgen: {count}, zusammen {amount}.",
  "all.list.good":
    "Empfänger: {count}. Ihre Beträge haben den Fingerabdruck, den diese Seite und ihr Vertrag nennen:",
  "all.address.good":
    "Die Adresse folgt aus dem Code des Vertrags, der Liste und den Einstellungen des Programms:",
  "all.address.none":
    "Die Adresse folgt nicht aus den Dateien, weil der Vertrag mit einem Schlüssel bereitgestellt wurde. Seine Liste wird im Netzwerk verglichen:",
  "all.files.good": "{count} Dateien samt jedem Nachweis enthalten genau das, was aus den Regeln folgt.",
  "all.files.none":
    "{count} Dateien samt jedem Nachweis folgen aus der Liste. Die Erklärungen der Beträge folgen nur aus den Eingaben.",
  "all.reserve.good":
    "Zuteilungen mit diesem Fingerabdruck: {count}, zusammen {amount}. Über sie entscheiden Menschen, keine Regel.",
  "all.name.attestations": "Außenstehende, die nachgerechnet haben",
  "all.attestations.good":
    "Vom Programm genannte Außenstehende, die die Liste nachgerechnet und unterschrieben haben: {count}.",
  "all.attestations.none": "Es ist keine Unterschrift eines Außenstehenden unter der Liste veröffentlicht.",
  "all.bad": "Das passt nicht zusammen:",
  "all.more": "und {count} weitere",
  "all.done": "In {seconds} s geprüft. Alles passt zusammen.",
  "all.done.partly":
    "In {seconds} s geprüft. Was veröffentlicht ist, passt zusammen; die Beträge ließen sich nicht nachrechnen.",
  "all.done.bad":
    "In {seconds} s geprüft. Etwas wurde geändert oder fehlt: Fordern Sie mit dieser Seite nichts an und sagen Sie es dem Team.",
  "all.failed": "Die Prüfung konnte nicht beendet werden: {detail}",

  "rpc.title": "Verbindung",
  "rpc.text":
    "Diese Seite liest das Netzwerk über dieses RPC. Es sieht Ihre Internetadresse und die nachgesehenen Adressen. Nehmen Sie Ihr eigenes, wenn Sie möchten.",
  "rpc.label": "Adresse des RPC",
  "rpc.save": "Dieses RPC verwenden",
  "rpc.bad":
    "Die Adresse eines RPC beginnt mit https:// oder, auf diesem Computer (localhost, 127.0.0.1), mit http://.",
  "rpc.down":
    "Das Netzwerk antwortet nicht. Beträge lassen sich trotzdem nachsehen; ob sie ausgezahlt sind, ist nicht bekannt.",
  "rpc.otherChain": "Dieses RPC bedient ein anderes Netzwerk (Chain {chain}). Wählen Sie eines von {wanted}.",
  "rpc.names": "Ethereum-RPC für ENS-Namen (freiwillig)",
  "rpc.retry": "Noch einmal versuchen",
  "rpc.privacy":
    "Diese Seite behält nichts über diesen Tab hinaus und zählt niemanden. Sie spricht nur mit ihrem eigenen Ordner, Ihrer Wallet und diesen RPCs; dem Browser ist alles andere verboten.",

  "common.new": "öffnet in einem neuen Tab",
  "common.copy": "{what} kopieren",
  "common.copied": "Kopiert",
  "common.address": "Adresse",
  "common.cancel": "Abbrechen",
  "common.close": "Schließen",

  "statement.title": "Zu einer anderen Adresse gewechselt? Hier unterschreiben",
  "statement.draft":
    "Die Beträge sind noch nicht endgültig. Was Sie hier mit Ihrer alten Adresse unterschreiben, zählt vorher. Geben Sie die Datei dem Team.",
  "statement.final":
    "Die Liste ist endgültig. Was Sie hier mit Ihrer alten Adresse unterschreiben, ist der Beleg für eine Zuteilung aus der Reserve. Geben Sie die Datei dem Team. Um anderswo ausgezahlt zu werden, siehe „Weitere Wege“.",
  "statement.link": "Zwei Adressen gehören mir",
  "statement.link.hint":
    "Die alte Adresse unterschreibt, dass die neue Ihnen gehört. Was der alten zusteht, wird an die neue gezahlt.",
  "statement.link.from": "Alte Adresse",
  "statement.link.to": "Neue Adresse",
  "statement.redirect": "Meinen Betrag an eine andere Adresse zahlen",
  "statement.redirect.hint":
    "Diese Adresse unterschreibt, wohin ihr Betrag gezahlt wird: für einen Schlüssel, den andere kennen können, oder eine Adresse, die Token nicht verwenden kann.",
  "statement.redirect.from": "Adresse des Betrags",
  "statement.redirect.to": "Adresse, die empfängt",
  "statement.consent": "Einer Verknüpfung zustimmen",
  "statement.consent.hint":
    "Die neue Adresse unterschreibt auch. Das ist nötig, wenn sie selbst auf der Liste steht.",
  "statement.from.hint":
    "Leer lassen für die Adresse Ihrer Wallet. Für einen Vesting-Vertrag geben Sie den Vertrag ein: Sein Begünstigter unterschreibt.",
  "statement.plain": "Meine Wallet zeigt nur reinen Text",
  "statement.sign": "In der Wallet unterschreiben",
  "statement.file": "Die unterschriebene Verknüpfung (link-0x….json)",
  "statement.file.bad": "Das ist keine Verknüpfung dieses Programms: {detail}",
  "statement.notSigned":
    "Die Unterschrift ist nicht von diesem Konto über genau diese Werte. Nichts wurde behalten.",
  "statement.done": "Unterschrieben. Geben Sie die Datei dem Team vor dem {date}; gesendet wurde nichts.",
  "statement.text": "unterschriebene Erklärung",
}
