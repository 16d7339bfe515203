/** The page's English words that the first answer needs. */
export const enFirst = {
  "page.skip": "Skip to the search",
  "page.language": "Language",
  "page.theme": "Appearance",
  "page.theme.auto": "As the system",
  "page.theme.dark": "Dark",
  "page.theme.light": "Light",
  "page.framed": "This page is shown inside another page. Nothing can be claimed from here.",
  "page.framed.open": "Open it on its own",

  "home.title": "See what you earned",
  "home.lead": "Enter an address to see its amount and why. No wallet is needed to look.",

  "look.label": "Address or ENS name",
  "look.button": "Look up",
  "look.placeholder": "0x… or name.eth",
  "look.busy": "Looking up…",
  "look.malformed": "This is not an address. An address is 0x followed by 40 characters from 0–9 and a–f.",
  "look.checksum":
    "One of the characters must be wrong: the upper and lower case letters do not fit together. Copy the address again.",
  "look.length": "Characters after 0x: {found}. An address has 40. Copy it again.",
  "look.otherChain": "The prefix {found}: belongs to another network than this program’s.",
  "look.hash":
    "This looks like a transaction or a private key, not an address. Never enter a private key on a page.",
  "look.link": "This link does not hold exactly one address. Copy the address itself.",
  "look.name.rpc":
    "Names are looked up on Ethereum. Enter an Ethereum RPC under “Connection” below, or paste the address.",
  "look.name.unknown": "The name {found} has no address.",
  "look.name.down": "The name could not be looked up. Try again, or paste the address.",

  "result.for": "Result for",
  "result.automatic": "Automatic share",
  "result.reserve": "From the reserve",
  "result.unread": "Part of the published files could not be loaded: there may be more for this address.",

  "state.checking": "Checking",
  "state.unknown": "Not known",
  "state.soon": "Opens soon",
  "state.ready": "Ready",
  "state.announced": "Opens later",
  "state.unfunded": "Not funded yet",
  "state.closed": "Closed",
  "state.paid": "Paid",
  "state.sent": "Sent",
  "state.claiming": "Under way",
  "state.absent": "Not listed",
  "state.mismatch": "Stopped",
  "state.elsewhere": "Another address",

  "sub.checking": "Asking the network whether it has been paid.",
  "sub.unknown":
    "The network does not answer, so this page cannot tell whether the amount has been paid. The amount itself is certain.",
  "sub.soon": "Claiming opens when the contract is deployed. Nothing has to be done until then.",
  "sub.ready": "Claims close on {date}.",
  "sub.ready.later": "{amount} more can be claimed from {when}.",
  "sub.ready.notYet": "{amount} more is granted and not on the network yet.",
  "sub.ready.unfunded": "{amount} more can be claimed once the contract has been funded.",
  "sub.ready.partly": "{amount} was paid earlier.",
  "sub.announced": "This can be claimed from {when}.",
  "sub.notYet": "This grant is not on the network yet. Nothing has to be done until then.",
  "sub.unfunded":
    "The contract does not hold enough tokens yet. Your claim is safe: come back when it has been funded.",
  "sub.closed": "The deadline has passed and the owner has taken back the rest. Ask the team.",
  "sub.mismatch": "The warning above says why nothing can be claimed with this page.",
  "sub.otherChain":
    "The RPC in use serves another network, so this page cannot tell whether the amount has been paid. The amount itself is certain.",
  "sub.late": "The deadline was {date}. You can still claim until the owner takes back the rest.",

  "why.title": "Why this amount",
  "why.short.node.one": "{count} node earned {percent} of {pool}.",
  "why.short.node.other": "{count} nodes earned {percent} of {pool}.",
  "why.short.line.one": "{count} entry earned {percent} of {pool}.",
  "why.short.line.other": "{count} entries earned {percent} of {pool}.",
  "why.short.amount": "The list gives this address {amount}.",
  "why.short.reserve": "{amount} was granted from the reserve.",
  "why.has": "Contributions of this address",
  "why.none":
    "How this amount comes about is not published here. You can recompute it yourself: ./airdrop explain",
  "why.unread": "The explanation could not be loaded.",

  "absent.title": "Nothing for this address",
  "absent.proved": "It is not on the list: the entries before and after it were checked.",
  "absent.looked": "It is not on the list.",
  "absent.why":
    "Rewards may have gone to an older address of yours, or to a vesting contract of yours. Try your other addresses first.",
  "absent.reserve":
    "{amount} is kept for people who are eligible but were missed. If that is you, ask the team for a grant and show which old address was yours. A message signed by the old address is the best evidence.",
  "absent.reserve.unknown":
    "A reserve is kept for people who are eligible but were missed. If that is you, ask the team for a grant and show which old address was yours. A message signed by the old address is the best evidence.",
  "absent.lookAnother": "Look up another address",
  "absent.sign": "Sign with the old address",
  "contact.team": "The team is reached at",
  "absent.contributions": "Show its contributions",

  "elsewhere.paid.title": "Another address makes this claim",
  "elsewhere.paid": "The earnings of this address are paid to:",
  "elsewhere.none.title": "Nothing for this address",
  "elsewhere.reason.not-listed": "It has stakes, but is not on the program’s list of recipients.",
  "elsewhere.reason.contributions-not-listed":
    "It is on the list, but its stakes belong to addresses that are not. Only stakes of listed addresses count.",
  "elsewhere.reason.not-registered": "It has stakes, but did not register before the close.",
  "elsewhere.reason.no-contribution": "It is eligible, but had no contribution that counts at the snapshot.",
  "elsewhere.reason.leaving": "Its stakes are in nodes that had requested to leave, which do not count.",
  "elsewhere.reason.excluded": "The program excludes it by name.",
  "elsewhere.reason.below-minimum": "Its share is below the least amount that the program pays.",
  "elsewhere.reason.below-one-unit": "Its share is less than the smallest unit of the token.",
  "elsewhere.look": "Look up {account}",
  "elsewhere.detail": "The reason in the published files",

  "vesting.title": "This is a vesting contract",
  "vesting.text": "A vesting contract cannot claim. Its earnings are paid to its beneficiary:",
  "vesting.look": "Look up the beneficiary",

  "claim.way.self": "To the address itself",
  "claim.way.self.hint": "{account} receives the tokens. Any wallet may send this and pay the gas.",
  "claim.way.other": "To another address",
  "claim.way.other.hint": "You choose who receives. Only {account} itself can do this.",
  "claim.way.sign": "Let someone else pay the gas",
  "claim.way.sign.hint": "You sign, someone else sends. They can only do what you signed.",
  "claim.pays": "Your wallet pays the gas. The tokens go to {account}.",
  "claim.needs": "Only {account} itself can do this. Your wallet shows {wallet}: change the account there.",
  "claim.start.self": "Claim to {account}",
  "claim.start.other": "Claim {amount} to the other address",
  "claim.start.sign": "Sign the claim of {amount}",
  "claim.ways": "More ways to claim",

  "wallet.connect": "Connect wallet",

  "all.start": "Check everything here",
  "trust.title": "What was checked",
  "trust.contract": "Contract",
  "trust.list": "List",
  "trust.page": "This page",
  "trust.details": "Details",
  "trust.checking": "checking",
  "trust.good": "checked",
  "trust.bad": "wrong",
  "trust.unknown": "compare yourself",
  "check.draft":
    "This is a draft: some terms of the program are not yet settled, and amounts can still change.",
  "check.warning": "Warning: do not claim with this page",
  "check.bad.root": "The contract on the network pays another list than this page was made for.",
  "check.bad.token": "The contract on the network pays another token than this page was made for.",
  "check.bad.leaves":
    "The contract on the network has another number of recipients than this page was made for.",
  "check.bad.manifest":
    "The published files name another contract, network or list than this page was made for. They were changed or belong to something else.",
  "check.bad.format": "The published files cannot be read: {detail}",
  "check.bad.proof":
    "The file for this address was changed or damaged: it does not belong to the list. Nothing is offered from it.",
  "check.bad.reserve":
    "The reserve’s file for this address was changed or damaged. Nothing is offered from it.",
  "check.bad.data": "The published files could not be loaded: {detail}. Try again.",
  "check.again": "Check again",

  "common.new": "opens in a new tab",
  "common.copy": "Copy {what}",
  "common.copied": "Copied",
  "common.address": "address",
} as const
