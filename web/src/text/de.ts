import type { Texts } from "./en.ts"

export const de: Texts = {
  "page.skip": "Zur Suche springen",
  "page.lead":
    "Sehen Sie nach, was einer Adresse zusteht und warum, und fordern Sie es dann an. Nachsehen geht ohne Wallet.",
  "page.language": "Sprache",
  "page.theme": "Darstellung",
  "page.theme.auto": "Wie das System",
  "page.theme.dark": "Dunkel",
  "page.theme.light": "Hell",

  "look.title": "Adresse nachsehen",
  "look.label": "Adresse",
  "look.hint": "Eine Ethereum-Adresse: 0x und 40 Zeichen. Von Ihrem Wallet wird nichts verlangt.",
  "look.button": "Nachsehen",
  "look.busy": "Wird nachgesehen, der Beweis wird geprüft …",
  "look.malformed": "Das ist keine Adresse. Eine Adresse ist 0x, gefolgt von 40 Zeichen aus 0–9 und a–f.",
  "look.checksum":
    "Eines der Zeichen muss falsch sein: Groß- und Kleinschreibung passen nicht zusammen. Kopieren Sie die Adresse noch einmal.",

  "folder.title": "Veröffentlichte Dateien öffnen",
  "folder.why":
    "Diese Seite wurde von einem Datenträger geöffnet. Dort lassen Browser eine Seite die Dateien neben ihr nicht lesen. Wählen Sie einmal den Ordner „data“ neben der Seite; er wird hier gelesen und nirgendwohin gesendet.",
  "folder.choose": "Den Ordner „data“ wählen",
  "folder.file": "oder eine einzelne Beweisdatei (0x….json)",
  "folder.opened": "Geöffnet: {name}",
  "folder.wrong":
    "In Ihrer Auswahl gibt es keine manifest.json. Wählen Sie den Ordner „data“ neben der Seite.",

  "result.for": "Ergebnis für",
  "result.total": "Steht insgesamt zu",
  "result.automatic": "Automatischer Anteil",
  "result.reserve": "Aus der Reserve",
  "result.state.open": "Kann angefordert werden",
  "result.state.claimed": "Schon ausgezahlt",
  "result.state.unknown": "Stand unbekannt",
  "result.state.pending": "Angekündigt, möglich ab {when}",
  "result.state.notYet": "Noch nicht auf der Chain",
  "result.state.partly": "{amount} schon ausgezahlt",
  "result.leaf": "Nummer {index} von {count} auf der Liste",
  "result.proof.good":
    "Der Beweis führt zu der Wurzel, für die diese Seite gemacht ist. Geprüft wurde das hier, in Ihrem Browser.",

  "why.title": "Warum dieser Betrag",
  "why.has": "Was diese Adresse hat",
  "why.share":
    "Ihr Wert von {value} ist {percent} der {total} von allen, und die Tranche von {pool} wird in diesem Verhältnis geteilt.",
  "why.person": "Erworben von",
  "why.amount": "Der Betrag steht selbst in der Liste; er folgt nicht aus einem Anteil.",
  "why.sum": "Jede Zeile zählt mit ihrem Gewicht; zusammen ergeben sie {value}.",
  "why.rounded":
    "Eine kleinste Einheit des Tokens kam hinzu, weil sie beim Abrunden aller Anteile übrig blieb.",
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
    "Die veröffentlichten Dateien leiten diesen Betrag nicht her. Jeder kann ihn nachrechnen: ./airdrop explain",
  "why.reserve":
    "Von Hand aus der Reserve gewährt, für Berechtigte, die übersehen wurden. Alles, was dieser Adresse bisher gewährt wurde: {amount}.",

  "absent.title": "Diese Adresse steht nicht auf der Liste",
  "absent.proved":
    "Ihre Nachbarn auf der Liste wurden gegen die Wurzel geprüft: zwischen ihnen ist kein Platz für sie.",
  "absent.looked": "Unter dem Veröffentlichten gibt es keine Datei für sie.",
  "absent.why":
    "Meist ist eine andere Adresse der Grund: Belohnungen können an eine ältere Adresse von Ihnen gegangen sein oder an einen Vesting-Vertrag, der eine Ihrer Adressen nennt.",
  "absent.reserve":
    "Ein Teil des Programms, die Reserve von {amount}, ist für Berechtigte da, die übersehen wurden. Trifft das auf Sie zu, bitten Sie das Team um eine Gewährung aus der Reserve und zeigen Sie, welche alte Adresse oder welcher Vertrag Ihnen gehörte; am besten beweist das eine Nachricht, die mit der alten Adresse signiert ist.",
  "absent.reserve.unknown":
    "Ein Teil des Programms, die Reserve, ist für Berechtigte da, die übersehen wurden. Trifft das auf Sie zu, bitten Sie das Team um eine Gewährung und zeigen Sie, welche alte Adresse oder welcher Vertrag Ihnen gehörte; am besten beweist das eine Nachricht, die mit der alten Adresse signiert ist.",
  "absent.another": "Versuchen Sie zuerst Ihre anderen Adressen.",

  "elsewhere.paid.title": "Angefordert wird von einer anderen Adresse",
  "elsewhere.paid": "Was diese Adresse erworben hat, wird gezahlt an:",
  "elsewhere.none.title": "Diese Adresse nimmt teil und erhält nichts",
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

  "claim.title": "Anfordern",
  "claim.locked": "Angeboten wird erst etwas, wenn die Prüfungen oben gut ausgegangen sind.",
  "claim.nothing": "Für diese Adresse gibt es nichts mehr anzufordern.",
  "claim.wallets": "Wallet wählen",
  "claim.noWallet":
    "In diesem Browser wurde kein Wallet gefunden. Installieren oder entsperren Sie eines und laden Sie die Seite neu. Es geht auch von der Kommandozeile: ./airdrop claim",
  "claim.connecting": "{wallet} wird gefragt …",
  "claim.connected": "Verbunden: {wallet}",
  "claim.account": "Konto des Wallets",
  "claim.disconnect": "Anderes Wallet verwenden",
  "claim.both": "Beides in einer Transaktion",
  "claim.way": "Auf welchem Weg",
  "claim.way.self": "An die Adresse selbst",
  "claim.way.self.hint": "{account} erhält die Tokens. Jedes Wallet darf das senden und das Gas zahlen.",
  "claim.way.other": "An eine andere Adresse",
  "claim.way.other.hint": "Sie bestimmen, wer erhält. Das kann nur {account} selbst.",
  "claim.way.sign": "Signieren, und jemand anders reicht ein",
  "claim.way.sign.hint":
    "Sie brauchen kein Gas. Wer das Signierte hat, kann nur tun, was Sie signiert haben.",
  "claim.sign.elsewhere": "An eine andere Adresse als diese zahlen",
  "claim.pays":
    "Ihr Wallet ist ein anderes Konto als das, das bezahlt wird. Sie zahlen das Gas; die Tokens gehen an {account}.",
  "claim.needs":
    "Dieser Weg braucht das Konto {account}. Ihr Wallet zeigt {wallet}. Wechseln Sie das Konto im Wallet.",
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
  "claim.start.self": "{amount} anfordern",
  "claim.start.other": "{amount} an die andere Adresse anfordern",
  "claim.start.sign": "Anforderung von {amount} signieren",
  "claim.step": "Fortgang",
  "claim.step.switching": "Richtiges Netzwerk im Wallet",
  "claim.step.simulating": "Probelauf, ohne zu senden",
  "claim.step.signing": "Ihre Bestätigung im Wallet",
  "claim.step.waiting": "Warten auf das Netzwerk",
  "claim.step.done": "Fertig",
  "claim.now.switching": "Wenn das Wallet fragt, lassen Sie es zu {chain} wechseln.",
  "claim.now.simulating": "Die Anforderung wird am neuesten Stand ausprobiert, ohne gesendet zu werden.",
  "claim.now.signing": "Sehen Sie in Ihr Wallet und bestätigen Sie dort.",
  "claim.now.waiting": "Gesendet. Meist ist die Transaktion in Sekunden aufgenommen.",
  "claim.now.done": "Ausgezahlt. Die Tokens sind da.",
  "claim.transaction": "Transaktion",
  "claim.retry": "Noch einmal versuchen",
  "claim.waitAgain": "Noch einmal nach der Transaktion sehen",
  "claim.startOver": "Von vorn beginnen",
  "claim.rpc": "Anderes RPC wählen",

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
  "submit.start": "Diese Anforderung einreichen",
  "submit.expired": "Diese signierte Anforderung ist abgelaufen. Der Unterzeichner muss neu signieren.",
  "submit.wrong": "Das ist keine signierte Anforderung dieses Programms: {detail}",

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
    "Das Konto des Wallets hat zu wenig {currency} auf {chain}, um das Gas zu zahlen. Senden Sie ihm etwas, oder signieren Sie und lassen jemand anderen einreichen.",
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
    "Der Vertrag nimmt den Beweis nicht an. Die veröffentlichten Dateien gehören nicht zu diesem Vertrag; es wurde nichts gesendet.",
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
  "fail.changedMind":
    "Im Wallet wurde inzwischen Konto oder Netzwerk gewechselt; darum wurde angehalten. Es wurde nichts gesendet.",
  "fail.unknown": "Etwas Unerwartetes ist geschehen; soweit diese Seite sehen kann, wurde nichts gezahlt.",
  "fail.detail": "Im Wortlaut des Wallets oder Netzwerks",

  "progress.title": "Das ganze Programm",
  "progress.claimed": "der Empfänger sind bezahlt",
  "progress.exact": "Gezählt über alle {count} Empfänger.",
  "progress.sample": "Geschätzt aus einer gleichmäßigen Stichprobe von {looked} der {count} Empfänger.",
  "progress.held": "Im Vertrag",
  "progress.until": "Rücknahme möglich ab",
  "progress.until.text": "Danach kann weiter angefordert werden, bis der Eigentümer den Rest zurücknimmt.",
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
  "progress.unknown": "Nicht bekannt: das RPC antwortet nicht.",
  "progress.load": "Neu laden",

  "check.title": "Was diese Seite geprüft hat",
  "check.contract": "Vertrag",
  "check.root": "Wurzel der Liste",
  "check.chain": "Die Chain sagt",
  "check.chain.same": "dieselben Bedingungen und dieselbe Wurzel",
  "check.chain.asking": "das RPC wird gefragt …",
  "check.files": "Die veröffentlichten Dateien sagen",
  "check.files.same": "derselbe Vertrag und dieselbe Wurzel",
  "check.files.none": "noch nicht geöffnet",
  "check.page": "Fingerabdruck dieser Seite",
  "check.page.how":
    "SHA-256 über die Dateien der Seite, wie Ihr Browser sie bekam. Vergleichen Sie ihn mit dem, den das Team bekannt gegeben hat, oder bauen Sie die Seite selbst: ./airdrop page",
  "check.page.disk":
    "Eine von einem Datenträger geöffnete Seite kann sich nicht selbst lesen. Bauen Sie sie zum Vergleich selbst: ./airdrop page",
  "check.draft":
    "Das ist ein Entwurf: einige Bedingungen des Programms stehen noch nicht fest, Beträge können sich noch ändern.",
  "check.warning": "Warnung: fordern Sie mit dieser Seite nichts an",
  "check.bad.root":
    "Der Vertrag auf der Chain hat eine andere Wurzel als die, für die diese Seite gemacht ist.",
  "check.bad.token":
    "Der Vertrag auf der Chain zahlt einen anderen Token als den, für den diese Seite gemacht ist.",
  "check.bad.leaves": "Der Vertrag auf der Chain zählt eine andere Zahl von Empfängern als diese Seite.",
  "check.bad.absent":
    "Auf der Chain gibt es diesen Vertrag nicht. Er ist noch nicht aufgesetzt, oder diese Seite ist nicht echt.",
  "check.bad.chain": "Das RPC bedient ein anderes Netzwerk (Chain {chain}).",
  "check.bad.manifest":
    "Die veröffentlichten Dateien nennen einen anderen Vertrag, ein anderes Netzwerk oder eine andere Wurzel als diese Seite. Sie wurden verändert oder gehören zu etwas anderem.",
  "check.bad.format": "Die veröffentlichten Dateien lassen sich nicht lesen: {detail}",
  "check.bad.proof":
    "Die Beweisdatei für diese Adresse ist falsch: ihr Beweis führt nicht zur Wurzel. Sie wurde verändert oder beschädigt; angeboten wird daraus nichts.",
  "check.bad.reserve":
    "Die Dateien der Reserve für diese Adresse sind falsch: der Beweis führt nicht zu ihrer Wurzel. Angeboten wird daraus nichts.",
  "check.bad.data":
    "Die veröffentlichten Dateien konnten nicht geladen werden: {detail}. Versuchen Sie es noch einmal.",
  "check.again": "Noch einmal prüfen",

  "rpc.title": "Verbindung",
  "rpc.text":
    "Was auf der Chain steht, wird über dieses RPC gelesen; es sieht Ihre Internetadresse und die nachgesehenen Adressen. Nehmen Sie Ihr eigenes, wenn Sie möchten.",
  "rpc.label": "Adresse des RPC",
  "rpc.save": "Dieses RPC verwenden",
  "rpc.bad":
    "Die Adresse eines RPC beginnt mit https:// oder, auf diesem Computer (localhost, 127.0.0.1), mit http://.",
  "rpc.down":
    "Das RPC antwortet nicht. Beträge und Beweise lassen sich trotzdem nachsehen; was schon ausgezahlt ist, ist nicht bekannt.",
  "rpc.retry": "Noch einmal versuchen",
  "rpc.privacy":
    "Diese Seite speichert nichts über diesen Tab hinaus, zählt niemanden und spricht nur mit ihrem eigenen Ordner, Ihrem Wallet und diesem RPC; der Browser ist angewiesen, alles andere zu verweigern.",

  "common.new": "öffnet in einem neuen Tab",
}
