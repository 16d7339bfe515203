/** The page's English words of the parts that are loaded after the first answer. */
export const enLater = {
  "paid.text": "{amount} sent to {to}, {when}.",
  "paid.other":
    "{amount} was paid by a transaction that this page has not seen, perhaps to another address than the one you chose. Look at the transfers of both addresses.",
  "paid.add": "Add {token} to wallet",
  "paid.added": "{token} added",
  "paid.show": "Show the payment",
  "paid.searching": "Looking for the payment…",
  "paid.unseen":
    "The network says that it was paid; its transaction was not found through this RPC. An explorer lists it among the transfers of",
  "paid.receipt": "Receipt:",

  "why.show": "Show how this amount comes about",
  "why.show.contributions": "Show each of them",
  "why.all": "Show all {count}",
  "why.share": "A value of {value} is {percent} of the total {total}. {pool} is shared in that proportion.",
  "why.person": "Earned by",
  "why.amount": "The amount is in the list itself.",
  "why.rounded": "One smallest unit was added, because it was left over when all shares were rounded down.",
  "why.capped": "This amount is limited by the program’s maximum for one participant.",
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

  "digests.title": "Compare with your wallet",
  "digests.text":
    "If your wallet or device shows one of these values, each character has to be the same. Otherwise reject.",
  "digests.calldata": "Calldata digest",
  "digests.domain": "Domain hash",
  "digests.message": "Message hash",
  "digests.digest": "Digest that is signed",

  "submit.title": "Submit a signed claim for someone else",
  "submit.text":
    "You send a claim that another account has signed, and pay the gas. The tokens go to the address that was signed.",
  "submit.choose": "Signed claim (file)",
  "submit.link": "or its link or text",
  "submit.read": "Read it",
  "submit.from": "Signed by",
  "submit.to": "Tokens go to",
  "submit.until": "Valid until",
  "submit.cost": "It pays {amount} and costs about {gas} gas, {cost} at the present price.",
  "submit.start": "Submit this claim",
  "submit.expired": "This signed claim has expired. The signer has to sign again.",
  "submit.wrong": "This is not a signed claim of this program: {detail}",
  "submit.many": "{count} signed claims",
  "submit.judging": "Trying it without sending…",
  "submit.ready": "Ready: {amount}, about {gas} gas",
  "submit.paid": "Already paid. Nothing to send.",
  "submit.done": "Paid: {amount} in one transaction.",
  "submit.left": "Left out: {reason}",
  "submit.all":
    "Claims in one transaction: {count}, {amount} in all. It costs about {gas} gas, {cost} at the present price.",
  "submit.start.many": "Submit {count} claims",
  "submit.judge.failed": "It could not be tried without sending: {detail}",
  "submit.clear": "Clear the list",
  "submit.waiting":
    "The signed claim is kept. It is checked as soon as the network answers and this page fits the contract.",

  "progress.title": "The whole program",
  "progress.more": "Figures",
  "progress.claimed": "of the recipients have been paid",
  "progress.exact": "Paid: {paid} of {count} recipients.",
  "progress.sample": "Estimated from {looked} of {count} recipients, evenly chosen.",
  "progress.held": "Held by the contract",
  "progress.until": "Deadline",
  "progress.until.text":
    "From then on the owner may take back the rest. Claims stay possible until that happens.",
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
  "progress.load": "Refresh",

  "check.title": "What this page has checked",
  "check.contract": "Contract",
  "check.root": "Fingerprint of the list (Merkle root)",
  "check.chain": "The chain says",
  "check.chain.same": "the same terms and the same list",
  "check.files": "The published files say",
  "check.files.same": "the same contract and the same list",
  "check.page": "Fingerprint of this page",
  "check.page.how":
    "SHA-256 over the page’s own files as your browser received them. Compare it with the one the team has announced, or build the page yourself: ./airdrop page",
  "check.page.disk":
    "A page opened from a disk cannot read itself. Build it yourself to compare: ./airdrop page",
  "all.title": "Check of the whole program",
  "all.text":
    "Your browser computes every amount, the list and all published files again. It reads only this page’s own folder.",
  "all.running": "{name}: {done} of {total}",
  "all.reading": "Reading the files…",
  "all.name.inputs": "Rules and inputs",
  "all.name.evidence": "Evidence of the snapshot",
  "all.name.amounts": "Amounts",
  "all.name.list": "Fingerprint of the list",
  "all.name.address": "Contract address",
  "all.name.files": "Published files",
  "all.name.reserve": "Reserve’s list",
  "all.inputs.good": "Files that the list was computed from: {count}.",
  "all.inputs.none":
    "The inputs are not published with this page. Amounts, evidence, contract address and outsiders’ signatures cannot be checked without them. The list and its proofs can.",
  "all.evidence.good": "Values of the snapshot that are proven by this block’s hash: {count}.",
  "all.evidence.none": "No evidence is published for the snapshot. An archive node can read it again.",
  "all.amounts.good": "Amounts that follow from the rules: {count}, {amount} in all.",
  "all.list.good":
    "Recipients: {count}. Their amounts have the fingerprint that this page and its contract name:",
  "all.address.good": "The address follows from the contract’s code, the list and the program’s settings:",
  "all.address.none":
    "The address does not follow from the files, because the contract was deployed from a key. Its list is compared on the network:",
  "all.files.good": "{count} files, each proof included, hold exactly what follows from the rules.",
  "all.files.none":
    "{count} files follow from the list, each proof included. The explanations of amounts follow from the inputs alone.",
  "all.reserve.good":
    "Grants with this fingerprint: {count}, {amount} in all. People decide on grants, so no rule gives them.",
  "all.name.attestations": "Outsiders who recomputed it",
  "all.attestations.good":
    "Outsiders whom the program names and who have recomputed and signed the list: {count}.",
  "all.attestations.none": "No outsider’s signature of the list is published.",
  "all.bad": "This does not fit:",
  "all.more": "and {count} more",
  "all.done": "Checked in {seconds} s. Everything fits together.",
  "all.done.partly":
    "Checked in {seconds} s. What is published fits together; the amounts could not be computed again.",
  "all.done.bad":
    "Checked in {seconds} s. Something was changed or is missing: do not claim with this page, and tell the team.",
  "all.failed": "The check could not be finished: {detail}",

  "rpc.title": "Connection",
  "rpc.text":
    "This page reads the network through this RPC. It sees your internet address and the addresses looked up. Use your own if you like.",
  "rpc.label": "RPC address",
  "rpc.save": "Use this RPC",
  "rpc.bad": "An RPC address begins with https://, or with http:// on this computer (localhost, 127.0.0.1).",
  "rpc.down":
    "The network does not answer. Amounts can be looked up all the same; whether they are paid is not known.",
  "rpc.otherChain": "This RPC serves another network (chain {chain}). Choose one of {wanted}.",
  "rpc.names": "Ethereum RPC for ENS names (optional)",
  "rpc.retry": "Try again",
  "rpc.privacy":
    "This page stores nothing beyond this tab and does not track you. It talks only to its own folder, your wallet and these RPCs; the browser blocks anything else.",

  "folder.title": "Open the published files",
  "folder.why":
    "This page was opened from a disk, where browsers do not let a page read the files beside it. Choose the folder “data” next to the page once; it is read here and sent nowhere.",
  "folder.choose": "Choose the folder “data”",
  "folder.file": "or a single proof file (0x….json)",
  "folder.opened": "Opened: {name}",
  "folder.wrong": "There is no manifest.json in what you chose. Choose the folder “data” next to the page.",

  "claim.sign.elsewhere": "Pay to another address than this one",
  "claim.to": "Address that receives",
  "claim.to.self": "That is the address itself. Choose the first way for that.",
  "claim.to.bad": "Tokens cannot be sent to this address: it is the token, the airdrop or the zero address.",
  "claim.to.contract":
    "There is a contract at this address. Make sure that it can use tokens, or they are lost.",
  "claim.to.exchange":
    "Do not use a deposit address of an exchange unless you know that it credits tokens sent by a contract.",
  "claim.to.look":
    "Compare it character by character. Tokens sent to a wrong address cannot be brought back.",
  "claim.to.confirm": "I have compared this address with where I want the tokens",
  "claim.deadline": "Valid for",
  "claim.deadline.days": "{days} days",
  "claim.evenWithoutGas": "My wallet needs no gas. Ask it anyway",
  "claim.step": "Progress of the claim",
  "claim.step.switching": "Right network in the wallet",
  "claim.step.simulating": "Trial run, without sending",
  "claim.step.signing": "Your confirmation in the wallet",
  "claim.step.waiting": "Waiting for the network",
  "claim.now.switching": "If the wallet asks, let it change to {chain}.",
  "claim.now.simulating": "Trying the claim without sending it.",
  "claim.now.signing": "Confirm in your wallet. If it does not open, open it yourself.",
  "claim.now.waiting": "Sent. Usually included within seconds. You may close this page: nothing is lost.",
  "claim.now.waiting.safe":
    "Proposed to the Safe. Its other owners have to confirm it there. You may close this page: nothing is lost.",
  "claim.now.waiting.unheard":
    "The network does not answer at the moment. This page keeps asking; your transaction is not lost.",
  "claim.transaction": "See transaction",
  "claim.retry": "Try again",
  "claim.startOver": "Start over",
  "claim.rpc": "Choose another RPC",
  "signed.title": "Your signed claim",
  "signed.text":
    "Give the file or the link to the person who submits it. It fixes the recipient and the amount: neither can be changed. It is valid until {date}.",
  "signed.file": "Save the file",
  "signed.link": "Copy the link",
  "signed.copied": "Copied",
  "fail.refused": "You declined in the wallet. Nothing was sent.",
  "fail.walletBusy":
    "The wallet is still waiting for an answer to an earlier request. Open it, answer, then try again.",
  "fail.walletLocked":
    "The wallet does not let this page use the account. Unlock it, connect again and allow the account.",
  "fail.walletCannot":
    "This wallet does not support this step. Try another wallet or another way of claiming.",
  "fail.wrongAccount":
    "The wallet shows another account than the one needed. Change the account in the wallet, then try again.",
  "fail.wrongChain": "The wallet is on another network. Change it to {chain}, then try again.",
  "fail.noGas":
    "The wallet account has too little {currency} on {chain} to pay the gas. Send it a little and try again.",
  "fail.alreadyClaimed": "This was already claimed: the tokens have been paid. Nothing was sent now.",
  "fail.nothingToClaim": "Everything granted from the reserve so far has been paid. Nothing was sent now.",
  "fail.underfunded":
    "The contract holds too few tokens at this moment. Your claim is safe: try again when it has been funded.",
  "fail.swept":
    "The deadline has passed and the owner has taken back what was left, so nothing can be paid any more. Ask the team.",
  "fail.capExceeded": "The reserve is used up, so the contract refuses. Ask the team.",
  "fail.rejectedProof":
    "The contract does not accept this claim. Nothing was sent. Look the address up again.",
  "fail.reserveChanged": "The reserve was updated meanwhile. Look the address up again for the new proof.",
  "fail.expired": "The signature has expired. The signer has to sign again.",
  "fail.badSignature":
    "The contract does not accept the signature: it is not from this account over these very values.",
  "fail.badRecipient":
    "Tokens cannot be sent to this address: it is the token, the airdrop or the zero address.",
  "fail.tokenRefused": "The token refuses the transfer at this moment, and nothing was paid. Ask the team.",
  "fail.rpcDown": "The RPC {rpc} does not answer. Try again, or choose another RPC.",
  "fail.reverted": "The network refused the transaction, and nothing was paid.",
  "fail.replaced":
    "Another transaction replaced this one, or it was cancelled in the wallet. Nothing was paid; you can claim again.",
  "fail.changedMind":
    "The wallet changed account or network in between, so the claim was stopped. Nothing was sent.",
  "fail.unknown": "Something unexpected happened, and nothing was paid as far as this page can tell.",
  "fail.detail": "Message of the wallet or network",
  "common.cancel": "Cancel",

  "wallet.choose": "Choose a wallet",
  "wallet.title": "Your wallet",
  "wallet.browser": "Browser wallet",
  "wallet.connected": "Connected: {wallet}",
  "wallet.followed": "Your wallet changed to another account. This page shows that account now.",
  "wallet.connecting": "Asking {wallet}. Confirm there.",
  "wallet.disconnect": "Disconnect",
  "wallet.none": "No wallet was found in this browser.",
  "wallet.phone": "Open this page in your wallet’s own browser:",
  "wallet.scan": "Open this page on your phone",
  "wallet.copyLink": "Or copy this page’s link:",
  "wallet.link": "link",
  "wallet.disk":
    "A phone cannot open a page from this computer’s disk. Use a wallet in this browser, and allow it on file addresses in the browser’s settings of that extension.",
  "common.close": "Close",

  "statement.title": "Moved to another address? Sign for it",
  "statement.draft":
    "The amounts are not final yet. What you sign here with your old address counts before they are. Give the file to the team.",
  "statement.final":
    "The list is final. What you sign here with your old address is the evidence for a grant from the reserve. Give the file to the team. To be paid elsewhere, see “More ways to claim”.",
  "statement.link": "Two addresses are mine",
  "statement.link.hint":
    "The old address signs that the new one is yours. What is due to the old one is paid to the new one.",
  "statement.link.from": "Old address",
  "statement.link.to": "New address",
  "statement.redirect": "Pay my amount to another address",
  "statement.redirect.hint":
    "This address signs where its amount is to be paid: for a key that others may know, or an address that cannot use tokens.",
  "statement.redirect.from": "Address of the amount",
  "statement.redirect.to": "Address that receives",
  "statement.consent": "Agree to a link",
  "statement.consent.hint": "The new address signs too. This is needed if it is on the list itself.",
  "statement.from.hint":
    "Leave it empty for the address of your wallet. For a vesting contract enter the contract: its beneficiary signs.",
  "statement.plain": "My wallet shows only plain text",
  "statement.sign": "Sign in the wallet",
  "statement.file": "The signed link (link-0x….json)",
  "statement.file.bad": "This is no link of this program: {detail}",
  "statement.notSigned": "The signature is not from this account over these very values. Nothing was kept.",
  "statement.done": "Signed. Give the file to the team before {date}; nothing has been sent.",
  "statement.text": "signed statement",
} as const
