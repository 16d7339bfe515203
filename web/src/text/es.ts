import type { Texts } from "./en.ts"

export const es: Texts = {
  "page.skip": "Ir a la búsqueda",
  "page.lead":
    "Consulta qué le corresponde a una dirección y por qué, y luego reclámalo. Puedes mirar sin conectar una billetera.",
  "page.language": "Idioma",
  "page.theme": "Apariencia",
  "page.theme.auto": "Como el sistema",
  "page.theme.dark": "Oscuro",
  "page.theme.light": "Claro",

  "look.title": "Consultar una dirección",
  "look.label": "Dirección",
  "look.hint": "Una dirección de Ethereum: 0x y 40 caracteres. No se le pide nada a tu billetera.",
  "look.button": "Consultar",
  "look.busy": "Consultando y comprobando la prueba…",
  "look.malformed": "Esto no es una dirección. Una dirección es 0x seguido de 40 caracteres de 0–9 y a–f.",
  "look.checksum":
    "Alguno de los caracteres debe de estar mal: mayúsculas y minúsculas no concuerdan. Copia la dirección de nuevo.",

  "folder.title": "Abrir los archivos publicados",
  "folder.why":
    "Esta página se abrió desde un disco, donde los navegadores no dejan que una página lea los archivos de al lado. Elige una vez la carpeta «data» junto a la página; se lee aquí y no se envía a ninguna parte.",
  "folder.choose": "Elegir la carpeta «data»",
  "folder.file": "o un solo archivo de prueba (0x….json)",
  "folder.opened": "Abierto: {name}",
  "folder.wrong":
    "No hay ningún manifest.json en lo que elegiste. Elige la carpeta «data» junto a la página.",

  "result.for": "Resultado de",
  "result.total": "Corresponde en total",
  "result.automatic": "Parte automática",
  "result.reserve": "De la reserva",
  "result.state.open": "Se puede reclamar",
  "result.state.claimed": "Ya pagado",
  "result.state.unknown": "Estado desconocido",
  "result.state.pending": "Anunciado, reclamable desde {when}",
  "result.state.notYet": "Aún no está en la cadena",
  "result.state.partly": "{amount} ya pagados",
  "result.leaf": "Número {index} de {count} en la lista",
  "result.proof.good":
    "La prueba lleva a la raíz para la que se hizo esta página. Se comprobó aquí, en tu navegador.",

  "why.title": "Por qué esta cantidad",
  "why.has": "Lo que tiene esta dirección",
  "why.share":
    "Tu valor de {value} es el {percent} de los {total} de todos, y el tramo de {pool} se reparte en esa proporción.",
  "why.person": "Ganado por",
  "why.amount": "La cantidad viene de la lista misma, no de una parte.",
  "why.sum": "Cada línea cuenta con su peso; juntas dan {value}.",
  "why.rounded":
    "Se añadió una unidad mínima del token, que sobró al redondear todas las partes hacia abajo.",
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
    "Los archivos publicados no explican esta cantidad. Cualquiera puede calcularla con: ./airdrop explain",
  "why.reserve":
    "Concedido a mano de la reserva, para quienes tienen derecho y quedaron fuera. Todo lo concedido a esta dirección hasta ahora: {amount}.",

  "absent.title": "Esta dirección no está en la lista",
  "absent.proved":
    "Sus vecinas en la lista se comprobaron con la raíz: no hay lugar para ella entre las dos.",
  "absent.looked": "No hay ningún archivo para ella en lo publicado.",
  "absent.why":
    "Casi siempre el motivo es otra dirección: las recompensas pudieron ir a una dirección tuya más antigua, o a un contrato de vesting que nombra una de las tuyas.",
  "absent.reserve":
    "Una parte del programa, la reserva de {amount}, se guarda para quienes tienen derecho y quedaron fuera. Si es tu caso, pide al equipo una concesión y muestra qué dirección antigua o qué contrato era tuyo; la mejor prueba es un mensaje firmado por la dirección antigua.",
  "absent.reserve.unknown":
    "Una parte del programa, la reserva, se guarda para quienes tienen derecho y quedaron fuera. Si es tu caso, pide al equipo una concesión y muestra qué dirección antigua o qué contrato era tuyo; la mejor prueba es un mensaje firmado por la dirección antigua.",
  "absent.another": "Prueba antes con tus otras direcciones.",

  "elsewhere.paid.title": "Lo reclama otra dirección",
  "elsewhere.paid": "Lo que esta dirección ha ganado se paga a:",
  "elsewhere.none.title": "Esta dirección participa y no recibe nada",
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

  "claim.title": "Reclamar",
  "claim.locked": "No se ofrece nada mientras las comprobaciones de arriba no salgan bien.",
  "claim.nothing": "No queda nada por reclamar para esta dirección.",
  "claim.wallets": "Elegir una billetera",
  "claim.noWallet":
    "No se encontró ninguna billetera en este navegador. Instala una o desbloquéala y recarga la página. También se puede reclamar por línea de comandos: ./airdrop claim",
  "claim.connecting": "Preguntando a {wallet}…",
  "claim.connected": "Conectada: {wallet}",
  "claim.account": "Cuenta de la billetera",
  "claim.disconnect": "Usar otra billetera",
  "claim.both": "Ambas en una transacción",
  "claim.way": "Cómo reclamar",
  "claim.way.self": "A la propia dirección",
  "claim.way.self.hint": "{account} recibe los tokens. Cualquier billetera puede enviarlo y pagar el gas.",
  "claim.way.other": "A otra dirección",
  "claim.way.other.hint": "Tú eliges quién recibe. Solo {account} puede hacerlo.",
  "claim.way.sign": "Firmar y que otra persona lo envíe",
  "claim.way.sign.hint": "No necesitas gas. Quien tenga lo firmado solo puede hacer lo que firmaste.",
  "claim.sign.elsewhere": "Pagar a otra dirección que esta",
  "claim.pays": "Tu billetera es otra cuenta que la que cobra. Tú pagas el gas; los tokens van a {account}.",
  "claim.needs":
    "Esta vía necesita la cuenta {account}. Tu billetera muestra {wallet}. Cambia de cuenta en la billetera.",
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
  "claim.start.self": "Reclamar {amount}",
  "claim.start.other": "Reclamar {amount} a la otra dirección",
  "claim.start.sign": "Firmar el reclamo de {amount}",
  "claim.step": "Avance",
  "claim.step.switching": "Red correcta en la billetera",
  "claim.step.simulating": "Ensayo, sin enviar",
  "claim.step.signing": "Tu confirmación en la billetera",
  "claim.step.waiting": "Esperando a la red",
  "claim.step.done": "Hecho",
  "claim.now.switching": "Si la billetera pregunta, deja que cambie a {chain}.",
  "claim.now.simulating": "Se ensaya el reclamo con el estado más reciente, sin enviarlo.",
  "claim.now.signing": "Mira tu billetera y confirma allí.",
  "claim.now.waiting": "Enviado. Suele incluirse en segundos.",
  "claim.now.done": "Pagado. Los tokens han llegado.",
  "claim.transaction": "Transacción",
  "claim.retry": "Intentar de nuevo",
  "claim.waitAgain": "Buscar de nuevo la transacción",
  "claim.startOver": "Empezar de nuevo",
  "claim.rpc": "Elegir otro RPC",

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
  "submit.start": "Enviar este reclamo",
  "submit.expired": "Este reclamo firmado ha caducado. Hay que firmarlo de nuevo.",
  "submit.wrong": "Esto no es un reclamo firmado de este programa: {detail}",

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
    "La cuenta de la billetera tiene muy poco {currency} en {chain} para pagar el gas. Envíale un poco, o firma y que otra persona lo envíe.",
  "fail.alreadyClaimed": "Ya se había reclamado: los tokens están pagados. Ahora no se envió nada.",
  "fail.nothingToClaim": "Todo lo concedido de la reserva hasta ahora está pagado. Ahora no se envió nada.",
  "fail.underfunded":
    "El contrato tiene muy pocos tokens en este momento. Tu derecho está a salvo: inténtalo cuando lo hayan llenado.",
  "fail.swept":
    "El plazo pasó y el dueño retiró lo que quedaba, así que ya no se puede pagar nada. Pregunta al equipo.",
  "fail.capExceeded": "La reserva se agotó, por eso el contrato lo rechaza. Pregunta al equipo.",
  "fail.rejectedProof":
    "El contrato no acepta la prueba. Los archivos publicados no son de este contrato; no se envió nada.",
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
  "fail.changedMind":
    "La billetera cambió de cuenta o de red entretanto, así que se detuvo todo. No se envió nada.",
  "fail.unknown": "Ocurrió algo inesperado; hasta donde esta página puede ver, no se pagó nada.",
  "fail.detail": "En palabras de la billetera o de la red",

  "progress.title": "Todo el programa",
  "progress.claimed": "de los destinatarios han cobrado",
  "progress.exact": "Contado sobre los {count} destinatarios.",
  "progress.sample": "Estimado con una muestra uniforme de {looked} de los {count} destinatarios.",
  "progress.held": "En el contrato",
  "progress.until": "El dueño puede retirar desde",
  "progress.until.text": "Después se puede seguir reclamando hasta que el dueño retire lo que quede.",
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
  "progress.unknown": "No se sabe: el RPC no responde.",
  "progress.load": "Actualizar",

  "check.title": "Lo que esta página ha comprobado",
  "check.contract": "Contrato",
  "check.root": "Raíz de la lista",
  "check.chain": "La cadena dice",
  "check.chain.same": "los mismos términos y la misma raíz",
  "check.chain.asking": "preguntando al RPC…",
  "check.files": "Los archivos publicados dicen",
  "check.files.same": "el mismo contrato y la misma raíz",
  "check.files.none": "aún sin abrir",
  "check.page": "Huella de esta página",
  "check.page.how":
    "SHA-256 de los archivos de la página tal como los recibió tu navegador. Compárala con la que anunció el equipo, o construye la página: ./airdrop page",
  "check.page.disk":
    "Una página abierta desde un disco no puede leerse a sí misma. Constrúyela para comparar: ./airdrop page",
  "check.draft":
    "Esto es un borrador: algunos términos del programa aún no están fijados y las cantidades pueden cambiar.",
  "check.warning": "Aviso: no reclames con esta página",
  "check.bad.root": "El contrato en la cadena tiene otra raíz que la de esta página.",
  "check.bad.token": "El contrato en la cadena paga otro token que el de esta página.",
  "check.bad.leaves": "El contrato en la cadena cuenta otro número de destinatarios que esta página.",
  "check.bad.absent":
    "No existe ese contrato en la cadena. Aún no está desplegado, o esta página no es auténtica.",
  "check.bad.chain": "El RPC sirve otra red (cadena {chain}).",
  "check.bad.manifest":
    "Los archivos publicados nombran otro contrato, red o raíz que esta página. Se cambiaron o son de otra cosa.",
  "check.bad.format": "No se pueden leer los archivos publicados: {detail}",
  "check.bad.proof":
    "El archivo de prueba de esta dirección está mal: su prueba no lleva a la raíz. Se cambió o se dañó; no se ofrece nada de él.",
  "check.bad.reserve":
    "Los archivos de la reserva para esta dirección están mal: la prueba no lleva a su raíz. No se ofrece nada de ellos.",
  "check.bad.data": "No se pudieron cargar los archivos publicados: {detail}. Inténtalo de nuevo.",
  "check.again": "Comprobar de nuevo",

  "rpc.title": "Conexión",
  "rpc.text":
    "Lo que hay en la cadena se lee por este RPC; ve tu dirección de internet y las direcciones consultadas. Usa el tuyo si quieres.",
  "rpc.label": "Dirección del RPC",
  "rpc.save": "Usar este RPC",
  "rpc.bad":
    "La dirección de un RPC empieza por https://, o por http:// en este ordenador (localhost, 127.0.0.1).",
  "rpc.down":
    "El RPC no responde. Aun así se pueden consultar cantidades y pruebas; no se sabe qué está ya pagado.",
  "rpc.retry": "Intentar de nuevo",
  "rpc.privacy":
    "Esta página no guarda nada fuera de esta pestaña, no cuenta a nadie y solo habla con su propia carpeta, tu billetera y este RPC; el navegador tiene orden de rechazar todo lo demás.",

  "common.new": "se abre en otra pestaña",
}
