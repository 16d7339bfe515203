/**
 * The page's words. This file names the keys: every other language has each of them, or the types do not check.
 * A word in braces is filled in; it must stay in each translation.
 */
export const en = {
  "page.skip": "Skip to the search",
  "page.lead":
    "Look up what an address is due and why, then claim it. You can look without connecting a wallet.",
  "page.language": "Language",
  "page.theme": "Appearance",
  "page.theme.auto": "As the system",
  "page.theme.dark": "Dark",
  "page.theme.light": "Light",

  "look.title": "Look up an address",
  "look.label": "Address",
  "look.hint": "An Ethereum address: 0x and 40 characters. Nothing is asked of your wallet.",
  "look.button": "Look up",
  "look.busy": "Looking up and checking the proof…",
  "look.malformed": "This is not an address. An address is 0x followed by 40 characters from 0–9 and a–f.",
  "look.checksum":
    "One of the characters must be wrong: the upper and lower case letters do not fit together. Copy the address again.",

  "folder.title": "Open the published files",
  "folder.why":
    "This page was opened from a disk, where browsers do not let a page read the files beside it. Choose the folder “data” next to the page once; it is read here and sent nowhere.",
  "folder.choose": "Choose the folder “data”",
  "folder.file": "or a single proof file (0x….json)",
  "folder.opened": "Opened: {name}",
  "folder.wrong": "There is no manifest.json in what you chose. Choose the folder “data” next to the page.",

  "result.for": "Result for",
  "result.total": "Due in all",
  "result.automatic": "Automatic share",
  "result.reserve": "From the reserve",
  "result.state.open": "Ready to claim",
  "result.state.claimed": "Already paid",
  "result.state.unknown": "State unknown",
  "result.state.pending": "Announced, claimable {when}",
  "result.state.notYet": "Not yet on chain",
  "result.state.partly": "{amount} already paid",
  "result.leaf": "Number {index} of {count} on the list",
  "result.proof.good":
    "The proof leads to the root this page was made for. It was checked here, in your browser.",

  "why.title": "Why this amount",
  "why.has": "What this address has",
  "why.share":
    "Your value of {value} is {percent} of the {total} of everybody, and the tranche of {pool} is shared in that proportion.",
  "why.person": "Earned by",
  "why.amount": "The amount follows from the list itself, not from a share.",
  "why.sum": "Each line below counts with its weight; together they make {value}.",
  "why.rounded":
    "One smallest unit of the token was added, because it was left over when all shares were rounded down.",
  "why.capped": "The program’s upper limit for one participant holds this amount down.",
  "why.origin.node": "Node",
  "why.origin.line": "Line",
  "why.role": "Kind",
  "why.quantity": "Quantity",
  "why.factor": "Factor",
  "why.value": "Value",
  "why.account": "Held by",
  "why.notCounted": "not counted",
  "why.role.solo": "solo node",
  "why.role.operator": "operator",
  "why.role.contributor": "contributor",
  "why.none":
    "The published files give no derivation for this amount. Everybody can recompute it with: ./airdrop explain",
  "why.reserve":
    "Granted by hand from the reserve, for people who are eligible but were missed. All grants to this address so far: {amount}.",

  "absent.title": "This address is not on the list",
  "absent.proved":
    "Its neighbours on the list were checked against the root: there is no place for it between them.",
  "absent.looked": "There is no file for it in what was published.",
  "absent.why":
    "Most often the reason is another address: rewards may have been paid to an older address of yours, or to a vesting contract that names one of yours.",
  "absent.reserve":
    "A part of the program, the reserve of {amount}, is kept for people who are eligible but were missed. If that is you, ask the team for a grant from the reserve and show which old address or contract was yours; a message signed by the old address is the best evidence.",
  "absent.reserve.unknown":
    "A part of the program, the reserve, is kept for people who are eligible but were missed. If that is you, ask the team for a grant from it and show which old address or contract was yours; a message signed by the old address is the best evidence.",
  "absent.another": "Try your other addresses first.",

  "elsewhere.paid.title": "The claim is made by another address",
  "elsewhere.paid": "What this address has earned is paid to:",
  "elsewhere.none.title": "This address takes part and gets nothing",
  "elsewhere.reason.not-listed": "It has stakes, but is not among the recipients that the program is for.",
  "elsewhere.reason.contributions-not-listed":
    "It is on the list, but its stakes are at addresses that are not, and only those of listed ones count.",
  "elsewhere.reason.not-registered": "It has stakes, but did not register before the close.",
  "elsewhere.reason.no-contribution": "It is eligible, but had nothing that counts at the snapshot.",
  "elsewhere.reason.leaving": "Its stakes are in nodes that had asked to leave, which do not count.",
  "elsewhere.reason.excluded": "The program excludes it by name.",
  "elsewhere.reason.below-minimum": "Its share is below the least amount that the program pays.",
  "elsewhere.reason.below-one-unit": "Its share is less than the smallest unit of the token.",
  "elsewhere.look": "Look up {account}",
  "elsewhere.detail": "In the words of the published files",

  "vesting.title": "This is a vesting contract",
  "vesting.text": "A vesting contract cannot claim. What its stakes have earned is paid to its beneficiary:",
  "vesting.look": "Look up the beneficiary",

  "claim.title": "Claim",
  "claim.locked": "Nothing is offered before the checks above are good.",
  "claim.nothing": "There is nothing left to claim for this address.",
  "claim.wallets": "Choose a wallet",
  "claim.noWallet":
    "No wallet was found in this browser. Install one, or unlock it and load the page again. You can also claim from the command line: ./airdrop claim",
  "claim.connecting": "Asking {wallet}…",
  "claim.connected": "Connected: {wallet}",
  "claim.account": "Wallet account",
  "claim.disconnect": "Use another wallet",
  "claim.both": "Both in one transaction",
  "claim.way": "How to claim",
  "claim.way.self": "To the address itself",
  "claim.way.self.hint": "{account} receives the tokens. Any wallet may send this and pay the gas.",
  "claim.way.other": "To another address",
  "claim.way.other.hint": "You choose who receives. Only {account} itself can do this.",
  "claim.way.sign": "Sign, and let somebody else submit",
  "claim.way.sign.hint": "You need no gas. Whoever gets the signed claim can only do what you signed.",
  "claim.sign.elsewhere": "Pay to another address than this one",
  "claim.pays":
    "Your wallet is another account than the one that is paid. You pay the gas; the tokens go to {account}.",
  "claim.needs":
    "This way needs the wallet account {account}. Your wallet shows {wallet}. Change the account in the wallet.",
  "claim.to": "Address that receives",
  "claim.to.self": "That is the address itself. Choose the first way for that.",
  "claim.to.bad": "Tokens cannot be sent to this address: it is the token, the airdrop or the zero address.",
  "claim.to.contract":
    "There is a contract at this address. Make sure that it can use tokens, or they are lost.",
  "claim.to.exchange":
    "Do not use a deposit address of an exchange unless you know that it credits tokens sent by a contract.",
  "claim.to.look":
    "Look again, character by character. What is sent to a wrong address cannot be brought back.",
  "claim.to.confirm": "I have compared this address with where I want the tokens",
  "claim.deadline": "Counts for",
  "claim.deadline.days": "{days} days",
  "claim.start.self": "Claim {amount}",
  "claim.start.other": "Claim {amount} to the other address",
  "claim.start.sign": "Sign the claim of {amount}",
  "claim.step": "Progress of the claim",
  "claim.step.switching": "Right network in the wallet",
  "claim.step.simulating": "Trial run, without sending",
  "claim.step.signing": "Your confirmation in the wallet",
  "claim.step.waiting": "Waiting for the network",
  "claim.step.done": "Done",
  "claim.now.switching": "If the wallet asks, let it change to {chain}.",
  "claim.now.simulating": "Running the claim on the newest state without sending it.",
  "claim.now.signing": "Look into your wallet and confirm there.",
  "claim.now.waiting": "Sent. It is usually included within seconds.",
  "claim.now.done": "Paid. The tokens have arrived.",
  "claim.transaction": "Transaction",
  "claim.retry": "Try again",
  "claim.waitAgain": "Look again for the transaction",
  "claim.startOver": "Start over",
  "claim.rpc": "Choose another RPC",

  "signed.title": "Your signed claim",
  "signed.text":
    "Give the file or the link to whoever submits it. It says who is paid and how much, and nothing of that can be changed. It counts until {date}.",
  "signed.file": "Save the file",
  "signed.link": "Copy the link",
  "signed.copied": "Copied",

  "submit.title": "Submit a signed claim for somebody else",
  "submit.text":
    "Whoever has no gas can sign a claim; you send it and pay the gas. The tokens go where the signer said.",
  "submit.choose": "Signed claim (file)",
  "submit.link": "or its link or text",
  "submit.read": "Read it",
  "submit.from": "Signed by",
  "submit.to": "Tokens go to",
  "submit.until": "Counts until",
  "submit.start": "Submit this claim",
  "submit.expired": "This signed claim has expired. The signer has to sign again.",
  "submit.wrong": "This is not a signed claim of this program: {detail}",

  "fail.refused": "You declined in the wallet. Nothing was sent.",
  "fail.walletBusy":
    "The wallet is still waiting for an answer to an earlier question. Open it, answer, then try again.",
  "fail.walletLocked":
    "The wallet does not let this page use the account. Unlock it, connect again and allow the account.",
  "fail.walletCannot": "This wallet cannot do what is needed. Try another wallet or another way of claiming.",
  "fail.wrongAccount":
    "The wallet shows another account than the one needed. Change the account in the wallet, then try again.",
  "fail.wrongChain": "The wallet is on another network. Change it to {chain}, then try again.",
  "fail.noGas":
    "The wallet account has too little {currency} on {chain} to pay the gas. Send it a little, or sign the claim and let somebody else submit it.",
  "fail.alreadyClaimed": "This was already claimed: the tokens have been paid. Nothing was sent now.",
  "fail.nothingToClaim": "Everything granted from the reserve so far has been paid. Nothing was sent now.",
  "fail.underfunded":
    "The contract holds too few tokens at this moment. Your claim is safe: try again when it has been filled up.",
  "fail.swept":
    "The deadline has passed and the owner has taken back what was left, so nothing can be paid any more. Ask the team.",
  "fail.capExceeded": "The reserve is used up, so the contract refuses. Ask the team.",
  "fail.rejectedProof":
    "The contract does not accept the proof. The published files do not belong to this contract; nothing was sent.",
  "fail.reserveChanged": "The reserve was updated meanwhile. Look the address up again for the new proof.",
  "fail.expired": "The signature has expired. The signer has to sign again.",
  "fail.badSignature":
    "The contract does not accept the signature: it is not from this account over these very values.",
  "fail.badRecipient":
    "Tokens cannot be sent to this address: it is the token, the airdrop or the zero address.",
  "fail.tokenRefused": "The token refuses the transfer at this moment, and nothing was paid. Ask the team.",
  "fail.rpcDown": "The RPC {rpc} does not answer. Try again, or choose another RPC.",
  "fail.reverted": "The network refused the transaction, and nothing was paid.",
  "fail.changedMind":
    "The wallet changed account or network in between, so the claim was stopped. Nothing was sent.",
  "fail.unknown": "Something unexpected happened, and nothing was paid as far as this page can tell.",
  "fail.detail": "In the words of the wallet or network",

  "progress.title": "The whole program",
  "progress.claimed": "of the recipients have been paid",
  "progress.exact": "Counted over all {count} recipients.",
  "progress.sample": "Estimated from an even sample of {looked} out of {count} recipients.",
  "progress.held": "Held by the contract",
  "progress.until": "Owner may sweep from",
  "progress.until.text": "Claims stay possible after that until the owner sweeps.",
  "progress.reserve": "Reserve paid",
  "progress.reserve.of": "{paid} of at most {cap}",
  "progress.reserve.pending": "An update of the reserve is announced for {when}.",
  "progress.chart": "Tokens held by the contract over time: from {first} to {last}, between {from} and {to}.",
  "progress.network": "The network now",
  "progress.nodes": "Nodes",
  "progress.requirement": "Stake of a full node",
  "progress.staked": "Staked, nodes × full stake",
  "progress.pool": "Reward pool",
  "progress.rate": "Yearly to nodes, 14% of the pool",
  "progress.unknown": "Not known: the RPC does not answer.",
  "progress.load": "Refresh",

  "check.title": "What this page has checked",
  "check.contract": "Contract",
  "check.root": "Root of the list",
  "check.chain": "The chain says",
  "check.chain.same": "the same contract terms and the same root",
  "check.chain.asking": "asking the RPC…",
  "check.files": "The published files say",
  "check.files.same": "the same contract and the same root",
  "check.files.none": "not opened yet",
  "check.page": "Fingerprint of this page",
  "check.page.how":
    "SHA-256 over the page’s own files as your browser received them. Compare it with the one the team has announced, or build the page yourself: ./airdrop page",
  "check.page.disk":
    "A page opened from a disk cannot read itself. Build it yourself to compare: ./airdrop page",
  "check.draft":
    "This is a draft: some terms of the program are not yet settled, and amounts can still change.",
  "check.warning": "Warning: do not claim with this page",
  "check.bad.root": "The contract on chain has another root than this page was made for.",
  "check.bad.token": "The contract on chain pays another token than this page was made for.",
  "check.bad.leaves":
    "The contract on chain counts another number of recipients than this page was made for.",
  "check.bad.absent":
    "There is no such contract on chain. It is not deployed yet, or this page is not genuine.",
  "check.bad.chain": "The RPC serves another network (chain {chain}).",
  "check.bad.manifest":
    "The published files name another contract, network or root than this page was made for. They were changed or belong to something else.",
  "check.bad.format": "The published files cannot be read: {detail}",
  "check.bad.proof":
    "The proof file for this address is wrong: its proof does not lead to the root. It was changed or damaged; nothing is offered from it.",
  "check.bad.reserve":
    "The reserve’s files for this address are wrong: the proof does not lead to their root. Nothing is offered from them.",
  "check.bad.data": "The published files could not be loaded: {detail}. Try again.",
  "check.again": "Check again",

  "rpc.title": "Connection",
  "rpc.text":
    "What stands on chain is read through this RPC; it sees your internet address and the addresses looked up. Use your own if you like.",
  "rpc.label": "RPC address",
  "rpc.save": "Use this RPC",
  "rpc.bad": "An RPC address begins with https://, or with http:// on this computer (localhost, 127.0.0.1).",
  "rpc.down":
    "The RPC does not answer. Amounts and proofs can be looked up all the same; what is paid already is not known.",
  "rpc.retry": "Try again",
  "rpc.privacy":
    "This page stores nothing beyond this tab, counts nobody, and talks to its own folder, to your wallet and to this RPC alone; the browser is told to refuse anything else.",

  "common.new": "opens in a new tab",
} as const

export type TextKey = keyof typeof en

/** A language: all of the keys. */
export type Texts = Readonly<Record<TextKey, string>>
