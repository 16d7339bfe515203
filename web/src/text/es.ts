import type { Texts } from "./en.ts"

export const es: Texts = {
  "page.skip": "Ir a la búsqueda",
  "page.language": "Idioma",
  "page.theme": "Apariencia",
  "page.theme.auto": "Como el sistema",
  "page.theme.dark": "Oscuro",
  "page.theme.light": "Claro",
  "page.framed": "Esta página se muestra dentro de otra. Desde aquí no se puede reclamar nada.",
  "page.framed.open": "Abrirla sola",

  "home.title": "Mire lo que ha ganado",
  "home.lead":
    "Introduzca una dirección para ver su importe y el porqué. No hace falta una billetera para mirar.",

  "look.label": "Dirección o nombre ENS",
  "look.button": "Consultar",
  "look.placeholder": "0x… o nombre.eth",
  "look.busy": "Buscando…",
  "look.malformed": "Esto no es una dirección. Una dirección es 0x seguido de 40 caracteres de 0–9 y a–f.",
  "look.checksum":
    "Alguno de los caracteres debe de estar mal: mayúsculas y minúsculas no concuerdan. Copia la dirección de nuevo.",
  "look.length": "Caracteres después de 0x: {found}. Una dirección tiene 40. Cópiela otra vez.",
  "look.otherChain": "El prefijo {found}: es de otra red que la de este programa.",
  "look.hash":
    "Esto parece una transacción o una clave privada, no una dirección. Nunca introduzca una clave privada en una página.",
  "look.link": "Este enlace no contiene exactamente una dirección. Copie la dirección misma.",
  "look.name.rpc":
    "Los nombres se buscan en Ethereum. Indique un RPC de Ethereum en «Conexión», más abajo, o pegue la dirección.",
  "look.name.unknown": "El nombre {found} no tiene dirección.",
  "look.name.down": "No se pudo buscar el nombre. Inténtelo de nuevo o pegue la dirección.",

  "folder.title": "Abrir los archivos publicados",
  "folder.why":
    "Esta página se abrió desde un disco, donde los navegadores no dejan que una página lea los archivos de al lado. Elige una vez la carpeta «data» junto a la página; se lee aquí y no se envía a ninguna parte.",
  "folder.choose": "Elegir la carpeta «data»",
  "folder.file": "o un solo archivo de prueba (0x….json)",
  "folder.opened": "Abierto: {name}",
  "folder.wrong":
    "No hay ningún manifest.json en lo que elegiste. Elige la carpeta «data» junto a la página.",

  "result.for": "Resultado de",
  "result.automatic": "Parte automática",
  "result.reserve": "De la reserva",
  "result.unread":
    "No se pudo cargar una parte de los archivos publicados: puede haber más para esta dirección.",

  "state.checking": "Comprobando",
  "state.unknown": "No se sabe",
  "state.soon": "Abre pronto",
  "state.ready": "Listo",
  "state.announced": "Abre más tarde",
  "state.unfunded": "Aún sin fondos",
  "state.closed": "Cerrado",
  "state.paid": "Pagado",
  "state.sent": "Enviado",
  "state.claiming": "En curso",
  "state.absent": "No está en la lista",
  "state.mismatch": "Detenido",
  "state.elsewhere": "Otra dirección",

  "sub.checking": "Se pregunta a la red si ya está pagado.",
  "sub.unknown":
    "La red no responde; esta página no puede decir si el importe está pagado. El importe en sí es seguro.",
  "sub.soon": "Se podrá reclamar cuando el contrato esté desplegado. Hasta entonces no hay que hacer nada.",
  "sub.ready": "Se puede reclamar hasta el {date}.",
  "sub.ready.later": "{amount} más se pueden reclamar desde {when}.",
  "sub.ready.notYet": "{amount} más están asignados y aún no están en la red.",
  "sub.ready.unfunded": "{amount} más se podrán reclamar cuando el contrato tenga fondos.",
  "sub.ready.partly": "{amount} se pagaron antes.",
  "sub.announced": "Se puede reclamar desde {when}.",
  "sub.notYet": "Esta asignación aún no está en la red. Hasta entonces no hay que hacer nada.",
  "sub.unfunded":
    "El contrato aún no tiene bastantes tokens. Su derecho está seguro: vuelva cuando tenga fondos.",
  "sub.closed": "El plazo ha pasado y el dueño ha recuperado el resto. Pregunte al equipo.",
  "sub.mismatch": "El aviso de arriba dice por qué no se puede reclamar nada con esta página.",
  "sub.otherChain":
    "El RPC en uso pertenece a otra red, así que esta página no puede saber si el importe está pagado. El importe en sí es seguro.",
  "sub.late": "El plazo acabó el {date}. Todavía se puede reclamar hasta que el dueño recupere el resto.",

  "why.title": "Por qué esta cantidad",
  "why.show": "Mostrar cómo se forma este importe",
  "why.show.contributions": "Mostrar una por una",
  "why.all": "Mostrar los {count}",
  "why.short.node.one": "{count} nodo ganó {percent} de {pool}.",
  "why.short.node.other": "{count} nodos ganaron {percent} de {pool}.",
  "why.short.line.one": "{count} entrada ganó {percent} de {pool}.",
  "why.short.line.other": "{count} entradas ganaron {percent} de {pool}.",
  "why.short.amount": "La lista da {amount} a esta dirección.",
  "why.short.reserve": "{amount} vienen de la reserva.",
  "why.has": "Lo que tiene esta dirección",
  "why.share":
    "Un valor de {value} es {percent} de los {total} de todos. {pool} se reparten en esa proporción.",
  "why.person": "Ganado por",
  "why.amount": "El importe está en la lista misma.",
  "why.rounded": "Se añadió una unidad mínima, que sobró al redondear todas las partes hacia abajo.",
  "why.capped": "El límite del programa por participante contiene esta cantidad.",
  "why.origin.node": "Nodo",
  "why.origin.line": "Línea",
  "why.role": "Tipo",
  "why.quantity": "Cantidad",
  "why.factor": "Factor",
  "why.value": "Valor",
  "why.account": "De",
  "why.notCounted": "no cuenta",
  "why.role.solo": "nodo propio",
  "why.role.operator": "operador",
  "why.role.contributor": "contribuyente",
  "why.none":
    "Aquí no se publica cómo se forma este importe. Cualquiera puede recalcularlo: ./airdrop explain",
  "why.unread": "No se pudo cargar la explicación.",

  "absent.title": "Nada para esta dirección",
  "absent.proved": "No está en la lista: se comprobaron las entradas anterior y posterior.",
  "absent.looked": "No está en la lista.",
  "absent.why":
    "Las recompensas pueden haber ido a una dirección suya anterior o a un contrato de vesting. Pruebe primero sus otras direcciones.",
  "absent.reserve":
    "{amount} se guardan para personas con derecho que se pasaron por alto. Si es su caso, pida una asignación al equipo y muestre qué dirección antigua era suya. La mejor prueba es un mensaje firmado por la dirección antigua.",
  "absent.reserve.unknown":
    "Se guarda una reserva para personas con derecho que se pasaron por alto. Si es su caso, pida una asignación al equipo y muestre qué dirección antigua era suya. La mejor prueba es un mensaje firmado por la dirección antigua.",
  "absent.lookAnother": "Buscar otra dirección",
  "absent.sign": "Firmar con la dirección antigua",
  "contact.team": "Se contacta con el equipo en",
  "absent.contributions": "Mostrar lo que tiene",

  "elsewhere.paid.title": "Lo reclama otra dirección",
  "elsewhere.paid": "Lo que esta dirección ha ganado se paga a:",
  "elsewhere.none.title": "Nada para esta dirección",
  "elsewhere.reason.not-listed": "Tiene participación, pero no está entre los destinatarios del programa.",
  "elsewhere.reason.contributions-not-listed":
    "Está en la lista, pero su participación está en direcciones que no lo están y que no cuentan.",
  "elsewhere.reason.not-registered": "Tiene participación, pero no se registró antes del cierre.",
  "elsewhere.reason.no-contribution":
    "Tiene derecho, pero no tenía nada que cuente en el momento de la foto.",
  "elsewhere.reason.leaving": "Su participación está en nodos que habían pedido salir, y esos no cuentan.",
  "elsewhere.reason.excluded": "El programa la excluye por su nombre.",
  "elsewhere.reason.below-minimum": "Su parte está por debajo de la cantidad mínima que paga el programa.",
  "elsewhere.reason.below-one-unit": "Su parte es menor que la unidad mínima del token.",
  "elsewhere.look": "Consultar {account}",
  "elsewhere.detail": "En palabras de los archivos publicados",

  "vesting.title": "Es un contrato de vesting",
  "vesting.text": "Un contrato de vesting no puede reclamar. Lo que ha ganado se paga a su beneficiario:",
  "vesting.look": "Consultar al beneficiario",

  "claim.way.self": "A la propia dirección",
  "claim.way.self.hint": "{account} recibe los tokens. Cualquier billetera puede enviarlo y pagar el gas.",
  "claim.way.other": "A otra dirección",
  "claim.way.other.hint": "Tú eliges quién recibe. Solo {account} puede hacerlo.",
  "claim.way.sign": "Que otro pague el gas",
  "claim.way.sign.hint": "Usted firma y otro envía. Solo puede hacerse lo que usted firmó.",
  "claim.sign.elsewhere": "Pagar a otra dirección que esta",
  "claim.pays": "Su billetera paga el gas. Los tokens van a {account}.",
  "claim.needs": "Solo {account} puede hacerlo. Su billetera muestra {wallet}: cambie allí de cuenta.",
  "claim.to": "Dirección que recibe",
  "claim.to.self": "Es la propia dirección. Para eso elige la primera vía.",
  "claim.to.bad": "No se pueden enviar tokens a esta dirección: es el token, el airdrop o la dirección cero.",
  "claim.to.contract":
    "Hay un contrato en esta dirección. Asegúrate de que puede usar tokens, o se perderán.",
  "claim.to.exchange":
    "No uses la dirección de depósito de una casa de cambio sin saber que abona tokens enviados por un contrato.",
  "claim.to.look": "Mira otra vez, carácter por carácter. Lo que va a una dirección equivocada no vuelve.",
  "claim.to.confirm": "He comparado esta dirección con la que quiero",
  "claim.deadline": "Vale durante",
  "claim.deadline.days": "{days} días",
  "claim.start.self": "Reclamar para {account}",
  "claim.start.other": "Reclamar {amount} a la otra dirección",
  "claim.start.sign": "Firmar el reclamo de {amount}",
  "claim.ways": "Más formas de reclamar",
  "claim.evenWithoutGas": "Mi billetera no necesita gas: preguntarle igualmente",
  "claim.step": "Avance",
  "claim.step.switching": "Red correcta en la billetera",
  "claim.step.simulating": "Ensayo, sin enviar",
  "claim.step.signing": "Tu confirmación en la billetera",
  "claim.step.waiting": "Esperando a la red",
  "claim.now.switching": "Si la billetera pregunta, deja que cambie a {chain}.",
  "claim.now.simulating": "Se prueba la reclamación sin enviarla.",
  "claim.now.signing": "Confirme en su billetera. Si no se abre, ábrala usted.",
  "claim.now.waiting": "Enviado. Suele incluirse en segundos. Puede cerrar esta página: no se pierde nada.",
  "claim.now.waiting.safe":
    "Propuesto al Safe. Sus demás propietarios deben confirmarlo allí. Puede cerrar esta página: no se pierde nada.",
  "claim.now.waiting.unheard":
    "La red no responde en este momento. Esta página sigue preguntando; su transacción no se ha perdido.",
  "claim.transaction": "Ver transacción",
  "claim.retry": "Intentar de nuevo",
  "claim.startOver": "Empezar de nuevo",
  "claim.rpc": "Elegir otro RPC",

  "paid.text": "{amount} enviados a {to}, {when}.",
  "paid.other":
    "{amount} se pagaron con una transacción que esta página no ha visto, quizá a otra dirección que la elegida. Mire las transferencias de ambas direcciones.",
  "paid.add": "Añadir {token} a la billetera",
  "paid.added": "{token} añadido",
  "paid.show": "Mostrar el pago",
  "paid.searching": "Buscando el pago…",
  "paid.unseen":
    "La red dice que se pagó; su transacción no se encontró con este RPC. Un explorador la muestra entre las transferencias de",
  "paid.receipt": "Recibo:",

  "wallet.connect": "Conectar billetera",
  "wallet.choose": "Elija una billetera",
  "wallet.title": "Su billetera",
  "wallet.browser": "Billetera del navegador",
  "wallet.connected": "Conectado: {wallet}",
  "wallet.followed": "Su billetera ha cambiado de cuenta. Esta página muestra ahora esa cuenta.",
  "wallet.connecting": "Preguntando a {wallet}. Confirme allí.",
  "wallet.disconnect": "Desconectar",
  "wallet.none": "No se encontró ninguna billetera en este navegador.",
  "wallet.phone": "Abra esta página en el navegador de su billetera:",
  "wallet.scan": "Abrir esta página en el teléfono",
  "wallet.copyLink": "O copie el enlace de esta página:",
  "wallet.link": "enlace",
  "wallet.disk":
    "Un teléfono no puede abrir una página del disco de este ordenador. Use una billetera en este navegador y permítale las direcciones de archivo en los ajustes de la extensión.",

  "digests.title": "Comparar con tu billetera",
  "digests.text":
    "Si tu billetera o tu dispositivo muestra uno de estos valores, cada carácter debe ser igual. Si no, rechaza.",
  "digests.calldata": "Resumen de los datos de llamada",
  "digests.domain": "Hash del dominio",
  "digests.message": "Hash del mensaje",
  "digests.digest": "Resumen que se firma",

  "signed.title": "Tu reclamo firmado",
  "signed.text":
    "Da el archivo o el enlace a quien lo envíe. Dice quién recibe y cuánto, y nada de eso se puede cambiar. Vale hasta {date}.",
  "signed.file": "Guardar el archivo",
  "signed.link": "Copiar el enlace",
  "signed.copied": "Copiado",

  "submit.title": "Enviar un reclamo firmado por otra persona",
  "submit.text":
    "Quien no tiene gas puede firmar; tú envías y pagas el gas. Los tokens van adonde dijo quien firmó.",
  "submit.choose": "Reclamo firmado (archivo)",
  "submit.link": "o su enlace o texto",
  "submit.read": "Leer",
  "submit.from": "Firmado por",
  "submit.to": "Los tokens van a",
  "submit.until": "Vale hasta",
  "submit.cost": "Paga {amount} y cuesta unas {gas} unidades de gas, {cost} al precio actual.",
  "submit.start": "Enviar este reclamo",
  "submit.expired": "Este reclamo firmado ha caducado. Hay que firmarlo de nuevo.",
  "submit.wrong": "Esto no es un reclamo firmado de este programa: {detail}",
  "submit.many": "{count} reclamaciones firmadas",
  "submit.judging": "Probando sin enviar…",
  "submit.ready": "Lista: {amount}, unas {gas} unidades de gas",
  "submit.paid": "Ya pagada. No hay nada que enviar.",
  "submit.done": "Pagado: {amount} en una transacción.",
  "submit.left": "Se deja fuera: {reason}",
  "submit.all":
    "Reclamaciones en una transacción: {count}, {amount} en total. Cuesta unas {gas} unidades de gas, {cost} al precio actual.",
  "submit.start.many": "Enviar {count} reclamaciones",
  "submit.judge.failed": "No se pudo probar sin enviar: {detail}",
  "submit.clear": "Vaciar la lista",
  "submit.waiting":
    "La reclamación firmada se guarda. Se comprobará en cuanto la red responda y esta página corresponda al contrato.",

  "fail.refused": "Lo rechazaste en la billetera. No se envió nada.",
  "fail.walletBusy":
    "La billetera aún espera respuesta a otra pregunta. Ábrela, responde y vuelve a intentarlo.",
  "fail.walletLocked":
    "La billetera no deja que esta página use la cuenta. Desbloquéala, conéctala de nuevo y permite la cuenta.",
  "fail.walletCannot": "Esta billetera no puede hacer lo necesario. Prueba otra billetera u otra vía.",
  "fail.wrongAccount":
    "La billetera muestra otra cuenta que la necesaria. Cambia de cuenta en la billetera y vuelve a intentarlo.",
  "fail.wrongChain": "La billetera está en otra red. Cámbiala a {chain} y vuelve a intentarlo.",
  "fail.noGas":
    "La cuenta tiene muy poco {currency} en {chain} para pagar el gas. Envíele un poco e inténtelo de nuevo.",
  "fail.alreadyClaimed": "Ya se había reclamado: los tokens están pagados. Ahora no se envió nada.",
  "fail.nothingToClaim": "Todo lo concedido de la reserva hasta ahora está pagado. Ahora no se envió nada.",
  "fail.underfunded":
    "El contrato tiene muy pocos tokens en este momento. Tu derecho está a salvo: inténtalo cuando lo hayan llenado.",
  "fail.swept":
    "El plazo pasó y el dueño retiró lo que quedaba, así que ya no se puede pagar nada. Pregunta al equipo.",
  "fail.capExceeded": "La reserva se agotó, por eso el contrato lo rechaza. Pregunta al equipo.",
  "fail.rejectedProof":
    "El contrato no acepta esta reclamación. No se envió nada. Busque la dirección otra vez.",
  "fail.reserveChanged":
    "La reserva se actualizó mientras tanto. Consulta de nuevo la dirección para obtener la nueva prueba.",
  "fail.expired": "La firma ha caducado. Hay que firmar de nuevo.",
  "fail.badSignature": "El contrato no acepta la firma: no es de esta cuenta sobre estos valores exactos.",
  "fail.badRecipient":
    "No se pueden enviar tokens a esta dirección: es el token, el airdrop o la dirección cero.",
  "fail.tokenRefused":
    "El token rechaza la transferencia en este momento y no se ha pagado nada. Pregunta al equipo.",
  "fail.rpcDown": "El RPC {rpc} no responde. Inténtalo de nuevo o elige otro RPC.",
  "fail.reverted": "La red rechazó la transacción y no se pagó nada.",
  "fail.replaced":
    "Otra transacción ocupó el lugar de esta, o se canceló en la billetera. No se pagó nada; puede reclamar de nuevo.",
  "fail.changedMind":
    "La billetera cambió de cuenta o de red entretanto, así que se detuvo todo. No se envió nada.",
  "fail.unknown": "Ocurrió algo inesperado; hasta donde esta página puede ver, no se pagó nada.",
  "fail.detail": "En palabras de la billetera o de la red",

  "progress.title": "Todo el programa",
  "progress.more": "Cifras",
  "progress.claimed": "de los destinatarios han cobrado",
  "progress.exact": "Pagados: {paid} de {count} destinatarios.",
  "progress.sample": "Estimado con {looked} de los {count} destinatarios, elegidos de forma uniforme.",
  "progress.held": "En el contrato",
  "progress.until": "Plazo",
  "progress.until.text":
    "Desde entonces el dueño puede recuperar el resto. Se puede reclamar hasta que lo haga.",
  "progress.reserve": "Pagado de la reserva",
  "progress.reserve.of": "{paid} de {cap} como máximo",
  "progress.reserve.pending": "Hay una actualización de la reserva anunciada para {when}.",
  "progress.chart": "Tokens en el contrato a lo largo del tiempo: de {first} a {last}, entre {from} y {to}.",
  "progress.network": "La red ahora",
  "progress.nodes": "Nodos",
  "progress.requirement": "Depósito de un nodo completo",
  "progress.staked": "Depositado, nodos × depósito completo",
  "progress.pool": "Fondo de recompensas",
  "progress.rate": "Al año para los nodos, 14 % del fondo",
  "progress.load": "Actualizar",

  "check.title": "Lo que esta página ha comprobado",

  "trust.title": "Lo que se ha comprobado",
  "trust.contract": "Contrato",
  "trust.list": "Lista",
  "trust.page": "Esta página",
  "trust.details": "Detalles",
  "trust.checking": "comprobando",
  "trust.good": "comprobado",
  "trust.bad": "incorrecto",
  "trust.unknown": "compárelo usted",
  "check.contract": "Contrato",
  "check.root": "Huella de la lista (raíz de Merkle)",
  "check.chain": "La cadena dice",
  "check.chain.same": "las mismas condiciones y la misma lista",
  "check.files": "Los archivos publicados dicen",
  "check.files.same": "el mismo contrato y la misma lista",
  "check.page": "Huella de esta página",
  "check.page.how":
    "SHA-256 de los archivos de la página tal como los recibió tu navegador. Compárala con la que anunció el equipo, o construye la página: ./airdrop page",
  "check.page.disk":
    "Una página abierta desde un disco no puede leerse a sí misma. Constrúyela para comparar: ./airdrop page",
  "check.draft":
    "Esto es un borrador: algunos términos del programa aún no están fijados y las cantidades pueden cambiar.",
  "check.warning": "Aviso: no reclames con esta página",
  "check.bad.root": "El contrato en la red paga otra lista que aquella para la que se hizo esta página.",
  "check.bad.token": "El contrato en la red paga otro token que aquel para el que se hizo esta página.",
  "check.bad.leaves":
    "El contrato en la red tiene otro número de destinatarios que aquel para el que se hizo esta página.",
  "check.bad.manifest":
    "Los archivos publicados nombran otro contrato, otra red u otra lista. Se han cambiado o son de otra cosa.",
  "check.bad.format": "No se pueden leer los archivos publicados: {detail}",
  "check.bad.proof":
    "El archivo de esta dirección se ha cambiado o dañado: no es de la lista. No se ofrece nada de él.",
  "check.bad.reserve":
    "El archivo de la reserva para esta dirección se ha cambiado o dañado. No se ofrece nada de él.",
  "check.bad.data": "No se pudieron cargar los archivos publicados: {detail}. Inténtalo de nuevo.",
  "check.again": "Comprobar de nuevo",

  "all.start": "Comprobarlo todo aquí",
  "all.title": "Comprobación de todo el programa",
  "all.text":
    "Su navegador vuelve a calcular cada importe, la lista y todos los archivos publicados. Solo consulta la carpeta de esta página.",
  "all.running": "{name}: {done} de {total}",
  "all.reading": "Leyendo los archivos…",
  "all.name.inputs": "Reglas y datos",
  "all.name.evidence": "Pruebas de la instantánea",
  "all.name.amounts": "Importes",
  "all.name.list": "Huella de la lista",
  "all.name.address": "Dirección del contrato",
  "all.name.files": "Archivos publicados",
  "all.name.reserve": "Lista de la reserva",
  "all.inputs.good": "Archivos con los que se calculó la lista: {count}.",
  "all.inputs.none":
    "Los datos no se publican con esta página. Sin ellos no se pueden comprobar importes, pruebas de la instantánea, dirección del contrato ni firmas de terceros. La lista y sus pruebas sí.",
  "all.evidence.good": "Valores de la instantánea probados por el hash de este bloque: {count}.",
  "all.evidence.none": "No se publican pruebas de la instantánea. Un nodo de archivo puede volver a leerla.",
  "all.amounts.good": "Importes que se derivan de las reglas: {count}, {amount} en total.",
  "all.list.good":
    "Destinatarios: {count}. Sus importes tienen la huella que indican esta página y su contrato:",
  "all.address.good":
    "La dirección se deriva del código del contrato, de la lista y de los ajustes del programa:",
  "all.address.none":
    "La dirección no se deriva de los archivos, porque el contrato se desplegó con una clave. Su lista se compara en la red:",
  "all.files.good":
    "{count} archivos, con todas las pruebas, contienen exactamente lo que se deriva de las reglas.",
  "all.files.none":
    "{count} archivos, con cada prueba, se derivan de la lista. Las explicaciones de los importes solo se derivan de los datos de partida.",
  "all.reserve.good":
    "Concesiones con esta huella: {count}, {amount} en total. Las deciden personas, no una regla.",
  "all.name.attestations": "Terceros que la han recalculado",
  "all.attestations.good":
    "Terceros nombrados por el programa que han recalculado y firmado la lista: {count}.",
  "all.attestations.none": "No hay publicada ninguna firma de terceros sobre la lista.",
  "all.bad": "Esto no concuerda:",
  "all.more": "y {count} más",
  "all.done": "Comprobado en {seconds} s. Todo concuerda.",
  "all.done.partly":
    "Comprobado en {seconds} s. Lo publicado concuerda; los importes no se pudieron recalcular.",
  "all.done.bad":
    "Comprobado en {seconds} s. Algo se ha cambiado o falta: no reclame con esta página y avise al equipo.",
  "all.failed": "La comprobación no pudo terminar: {detail}",

  "rpc.title": "Conexión",
  "rpc.text":
    "Esta página lee la red a través de este RPC, que ve su dirección de internet y las direcciones buscadas. Use el suyo si quiere.",
  "rpc.label": "Dirección del RPC",
  "rpc.save": "Usar este RPC",
  "rpc.bad":
    "La dirección de un RPC empieza por https://, o por http:// en este ordenador (localhost, 127.0.0.1).",
  "rpc.down": "La red no responde. Los importes pueden buscarse igualmente; no se sabe si están pagados.",
  "rpc.otherChain": "Este RPC sirve otra red (cadena {chain}). Elija uno de {wanted}.",
  "rpc.names": "RPC de Ethereum para nombres ENS (opcional)",
  "rpc.retry": "Intentar de nuevo",
  "rpc.privacy":
    "Esta página no guarda nada más allá de esta pestaña y no cuenta a nadie. Solo habla con su carpeta, su billetera y estos RPC; el navegador rechaza todo lo demás.",

  "common.new": "se abre en otra pestaña",
  "common.copy": "Copiar: {what}",
  "common.copied": "Copiado",
  "common.address": "dirección",
  "common.cancel": "Cancelar",
  "common.close": "Cerrar",

  "statement.title": "¿Cambió de dirección? Firme aquí",
  "statement.draft":
    "Los importes aún no son definitivos. Lo que firme aquí con su dirección antigua cuenta antes de que lo sean. Dé el archivo al equipo.",
  "statement.final":
    "La lista es definitiva. Lo que firme aquí con su dirección antigua es la prueba para una asignación de la reserva. Dé el archivo al equipo. Para cobrar en otra dirección, vea «Más formas de reclamar».",
  "statement.link": "Dos direcciones son mías",
  "statement.link.hint":
    "La dirección antigua firma que la nueva es suya. Lo que corresponde a la antigua se paga a la nueva.",
  "statement.link.from": "Dirección antigua",
  "statement.link.to": "Dirección nueva",
  "statement.redirect": "Pagar mi importe a otra dirección",
  "statement.redirect.hint":
    "Esta dirección firma adónde se paga su importe: por una clave que otros pueden conocer, o una dirección que no puede usar tokens.",
  "statement.redirect.from": "Dirección del importe",
  "statement.redirect.to": "Dirección que recibe",
  "statement.consent": "Aceptar un enlace",
  "statement.consent.hint": "La dirección nueva también firma. Hace falta si ella misma está en la lista.",
  "statement.from.hint":
    "Déjelo vacío para la dirección de su cartera. Para un contrato de vesting escriba el contrato: firma su beneficiario.",
  "statement.plain": "Mi cartera solo muestra texto",
  "statement.sign": "Firmar en la cartera",
  "statement.file": "El enlace firmado (link-0x….json)",
  "statement.file.bad": "Esto no es un enlace de este programa: {detail}",
  "statement.notSigned": "La firma no es de esta cuenta sobre estos mismos valores. No se guardó nada.",
  "statement.done": "Firmado. Dé el archivo al equipo antes del {date}; no se ha enviado nada.",
  "statement.text": "declaración firmada",
}
