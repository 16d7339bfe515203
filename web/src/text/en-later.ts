/** The page's English words of the parts that are loaded after the first answer. */
export const enLater = {
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
  "submit.start": "Submit this claim",
  "submit.expired": "This signed claim has expired. The signer has to sign again.",
  "submit.wrong": "This is not a signed claim of this program: {detail}",
  "submit.waiting": "The network does not answer. The signed claim is kept and checked as soon as it does.",

  "progress.title": "The whole program",
  "progress.more": "Figures",
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
  "all.inputs.good": "{count} files are the ones that the list was computed from.",
  "all.inputs.none":
    "The inputs are not published with this page, so the amounts cannot be computed again here.",
  "all.evidence.good": "{count} nodes and accounts are proven by this block’s hash:",
  "all.evidence.none": "No evidence is published for the snapshot. An archive node can read it again.",
  "all.amounts.good": "{count} amounts, {amount} in all, follow from the rules.",
  "all.list.good":
    "The amounts of {count} recipients have the fingerprint that this page and its contract name:",
  "all.address.good": "The address follows from the contract’s code, the list and the program’s settings:",
  "all.address.none":
    "The address does not follow from the files, because the contract was deployed from a key. Its list is compared on the network:",
  "all.files.good": "{count} files, each proof included, hold exactly what follows from the rules.",
  "all.reserve.good":
    "{count} grants, {amount} in all, have this fingerprint. People decide on grants, so no rule gives them.",
  "all.bad": "This does not fit:",
  "all.more": "and {count} more",
  "all.done": "Checked in {seconds} s. Everything fits together.",
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
} as const
