import type { Texts } from "./en.ts"

export const ja: Texts = {
  "page.skip": "検索へ移動",
  "page.lead":
    "アドレスが受け取れる額とその理由を調べ、請求できます。調べるだけならウォレットの接続は要りません。",
  "page.language": "言語",
  "page.theme": "外観",
  "page.theme.auto": "システムに合わせる",
  "page.theme.dark": "ダーク",
  "page.theme.light": "ライト",

  "look.title": "アドレスを調べる",
  "look.label": "アドレス",
  "look.hint": "イーサリアムのアドレス：0x と40文字。ウォレットには何も求めません。",
  "look.button": "調べる",
  "look.busy": "調べて証明を確認しています…",
  "look.malformed": "これはアドレスではありません。アドレスは 0x に続く 0–9 と a–f の40文字です。",
  "look.checksum": "どこかの文字が間違っています。大文字と小文字が合いません。もう一度コピーしてください。",

  "folder.title": "公開ファイルを開く",
  "folder.why":
    "このページはディスクから開かれました。その場合、ブラウザはページに隣のファイルを読ませません。ページの隣にある「data」フォルダを一度選んでください。ここで読むだけで、どこにも送りません。",
  "folder.choose": "「data」フォルダを選ぶ",
  "folder.file": "または証明ファイル1つ（0x….json）",
  "folder.opened": "開きました：{name}",
  "folder.wrong": "選んだ中に manifest.json がありません。ページの隣の「data」フォルダを選んでください。",

  "result.for": "結果：",
  "result.total": "受け取れる合計",
  "result.automatic": "自動配分",
  "result.reserve": "予備枠から",
  "result.state.open": "請求できます",
  "result.state.claimed": "支払い済み",
  "result.state.unknown": "状態不明",
  "result.state.pending": "予告済み、{when} から請求可能",
  "result.state.notYet": "まだチェーンにありません",
  "result.state.partly": "{amount} は支払い済み",
  "result.leaf": "リスト {count} 件中 {index} 番",
  "result.proof.good":
    "証明は、このページが作られた対象のルートに至ります。ここ、あなたのブラウザで確認しました。",

  "why.title": "この額の理由",
  "why.has": "このアドレスが持つもの",
  "why.share": "あなたの値 {value} は全体 {total} の {percent} で、枠 {pool} はこの割合で分けられます。",
  "why.person": "得た人",
  "why.amount": "この額は割合ではなく、リストそのものによります。",
  "why.sum": "各行は重みを付けて数えられ、合計は {value} です。",
  "why.rounded": "全員の割り当てを切り捨てた残りから、トークンの最小単位が1つ加えられました。",
  "why.capped": "参加者ごとの上限により、この額に抑えられています。",
  "why.origin.node": "ノード",
  "why.origin.line": "行",
  "why.role": "種類",
  "why.quantity": "数量",
  "why.factor": "係数",
  "why.value": "値",
  "why.account": "保有者",
  "why.notCounted": "対象外",
  "why.role.solo": "単独ノード",
  "why.role.operator": "運営者",
  "why.role.contributor": "参加者",
  "why.none": "公開ファイルにはこの額の導出がありません。次の命令で誰でも計算し直せます：./airdrop explain",
  "why.reserve":
    "資格があるのに漏れた人のために、予備枠から手作業で認められた額です。このアドレスへのこれまでの合計：{amount}。",

  "absent.title": "このアドレスはリストにありません",
  "absent.proved": "リストで隣り合う2件をルートに照らして確認しました。その間に入る場所はありません。",
  "absent.looked": "公開されたものの中に、このアドレスのファイルはありません。",
  "absent.why":
    "多くの場合、理由は別のアドレスです。報酬があなたの以前のアドレスや、あなたのアドレスを受益者とするベスティング契約に渡ったのかもしれません。",
  "absent.reserve":
    "プログラムの一部である予備枠 {amount} は、資格があるのに漏れた人のためのものです。該当する場合は、以前のどのアドレスや契約があなたのものだったかを示して、チームに予備枠からの付与を求めてください。以前のアドレスで署名したメッセージが最もよい証拠です。",
  "absent.reserve.unknown":
    "プログラムの一部である予備枠は、資格があるのに漏れた人のためのものです。該当する場合は、以前のどのアドレスや契約があなたのものだったかを示して、チームに付与を求めてください。以前のアドレスで署名したメッセージが最もよい証拠です。",
  "absent.another": "まず、ほかのアドレスも試してください。",

  "elsewhere.paid.title": "請求は別のアドレスから行います",
  "elsewhere.paid": "このアドレスが得た分の支払先：",
  "elsewhere.none.title": "このアドレスは参加していますが、受け取れる額はありません",
  "elsewhere.reason.not-listed": "ステークはありますが、プログラムの対象者に含まれていません。",
  "elsewhere.reason.contributions-not-listed":
    "リストに載っていますが、ステークは載っていないアドレスにあり、対象になりません。",
  "elsewhere.reason.not-registered": "ステークはありますが、締め切りまでに登録されていません。",
  "elsewhere.reason.no-contribution":
    "資格はありますが、スナップショットの時点で対象になるものがありませんでした。",
  "elsewhere.reason.leaving": "ステークは離脱を申し出たノードにあり、対象になりません。",
  "elsewhere.reason.excluded": "プログラムが名指しで除外しています。",
  "elsewhere.reason.below-minimum": "割り当てが、プログラムの最低支払額に届きません。",
  "elsewhere.reason.below-one-unit": "割り当てが、トークンの最小単位に届きません。",
  "elsewhere.look": "{account} を調べる",
  "elsewhere.detail": "公開ファイルの文面",

  "vesting.title": "これはベスティング契約です",
  "vesting.text": "ベスティング契約は請求できません。そのステークが得た分は受益者に支払われます：",
  "vesting.look": "受益者を調べる",

  "claim.title": "請求",
  "claim.locked": "上の確認がすべて済むまで、何も提示しません。",
  "claim.nothing": "このアドレスで請求できるものは残っていません。",
  "claim.wallets": "ウォレットを選ぶ",
  "claim.noWallet":
    "このブラウザにウォレットが見つかりません。インストールするかロックを外して、ページを読み込み直してください。コマンドラインからも請求できます：./airdrop claim",
  "claim.connecting": "{wallet} に尋ねています…",
  "claim.connected": "接続中：{wallet}",
  "claim.account": "ウォレットのアカウント",
  "claim.disconnect": "別のウォレットを使う",
  "claim.both": "両方を1つの取引で",
  "claim.way": "請求の方法",
  "claim.way.self": "このアドレス自身へ",
  "claim.way.self.hint":
    "{account} がトークンを受け取ります。どのウォレットからでも送信し、ガス代を払えます。",
  "claim.way.other": "別のアドレスへ",
  "claim.way.other.hint": "受取先を選べます。{account} 自身にしかできません。",
  "claim.way.sign": "署名して、ほかの人に送ってもらう",
  "claim.way.sign.hint": "ガス代は要りません。署名した請求を持つ人は、署名された内容しか行えません。",
  "claim.sign.elsewhere": "このアドレス以外に支払う",
  "claim.pays":
    "ウォレットは受取人とは別のアカウントです。ガス代はあなたが払い、トークンは {account} に渡ります。",
  "claim.needs":
    "この方法にはアカウント {account} が必要です。ウォレットは {wallet} です。ウォレットでアカウントを切り替えてください。",
  "claim.to": "受け取るアドレス",
  "claim.to.self": "このアドレス自身です。その場合は最初の方法を選んでください。",
  "claim.to.bad": "このアドレスには送れません。トークン、エアドロップ、またはゼロアドレスです。",
  "claim.to.contract":
    "このアドレスには契約があります。トークンを扱えることを確かめてください。扱えなければ失われます。",
  "claim.to.exchange":
    "契約から送られたトークンを入金として扱うと分かっていない限り、取引所の入金アドレスは使わないでください。",
  "claim.to.look": "もう一度、一文字ずつ見てください。間違ったアドレスに送ると戻りません。",
  "claim.to.confirm": "このアドレスを、受け取りたい先と見比べました",
  "claim.deadline": "有効期間",
  "claim.deadline.days": "{days} 日",
  "claim.start.self": "{amount} を請求",
  "claim.start.other": "{amount} を別のアドレスへ請求",
  "claim.start.sign": "{amount} の請求に署名",
  "claim.step": "請求の進み具合",
  "claim.step.switching": "ウォレットのネットワーク",
  "claim.step.simulating": "送信せずに試す",
  "claim.step.signing": "ウォレットでの確認",
  "claim.step.waiting": "ネットワークを待つ",
  "claim.step.done": "完了",
  "claim.now.switching": "ウォレットに聞かれたら、{chain} への切り替えを許可してください。",
  "claim.now.simulating": "送信せずに、最新の状態で請求を試しています。",
  "claim.now.signing": "ウォレットを見て、そこで確認してください。",
  "claim.now.waiting": "送信しました。通常は数秒で取り込まれます。",
  "claim.now.done": "支払われました。トークンが届いています。",
  "claim.transaction": "取引",
  "claim.retry": "もう一度試す",
  "claim.waitAgain": "取引をもう一度確認",
  "claim.startOver": "最初から",
  "claim.rpc": "別の RPC を選ぶ",

  "signed.title": "署名した請求",
  "signed.text":
    "ファイルかリンクを、送信する人に渡してください。誰にいくら支払うかが書かれていて、変えることはできません。{date} まで有効です。",
  "signed.file": "ファイルを保存",
  "signed.link": "リンクをコピー",
  "signed.copied": "コピーしました",

  "submit.title": "ほかの人の署名した請求を送る",
  "submit.text":
    "ガス代のない人は署名だけできます。あなたが送信してガス代を払います。トークンは署名した人の指定先に渡ります。",
  "submit.choose": "署名した請求（ファイル）",
  "submit.link": "またはそのリンクか本文",
  "submit.read": "読み込む",
  "submit.from": "署名した人",
  "submit.to": "トークンの送り先",
  "submit.until": "有効期限",
  "submit.start": "この請求を送る",
  "submit.expired": "この署名の期限は切れました。もう一度署名してもらってください。",
  "submit.wrong": "このプログラムの署名した請求ではありません：{detail}",

  "fail.refused": "ウォレットで拒否しました。何も送られていません。",
  "fail.walletBusy": "ウォレットは前の問いへの答えを待っています。開いて答えてから、もう一度試してください。",
  "fail.walletLocked":
    "ウォレットがこのページにアカウントの使用を許していません。ロックを外し、接続し直して許可してください。",
  "fail.walletCannot": "このウォレットでは必要なことができません。別のウォレットか別の方法を試してください。",
  "fail.wrongAccount":
    "ウォレットのアカウントが必要なものと違います。切り替えてから、もう一度試してください。",
  "fail.wrongChain":
    "ウォレットは別のネットワークにあります。{chain} に切り替えてから、もう一度試してください。",
  "fail.noGas":
    "ウォレットのアカウントには、{chain} でガス代を払う {currency} が足りません。少し送るか、署名してほかの人に送ってもらってください。",
  "fail.alreadyClaimed": "すでに請求済みで、トークンは支払われています。今回は何も送られていません。",
  "fail.nothingToClaim": "予備枠からの分はすべて支払い済みです。今回は何も送られていません。",
  "fail.underfunded":
    "契約のトークンが今は足りません。請求の権利は守られています。補充されたらもう一度試してください。",
  "fail.swept": "期限が過ぎ、所有者が残りを引き上げたため、もう支払えません。チームに尋ねてください。",
  "fail.capExceeded": "予備枠を使い切ったため、契約が拒否します。チームに尋ねてください。",
  "fail.rejectedProof":
    "契約が証明を受け付けません。公開ファイルはこの契約のものではありません。何も送られていません。",
  "fail.reserveChanged":
    "その間に予備枠が更新されました。新しい証明のために、もう一度アドレスを調べてください。",
  "fail.expired": "署名の期限が切れました。もう一度署名が必要です。",
  "fail.badSignature":
    "契約が署名を受け付けません。このアカウントによる、まさにこの内容への署名ではありません。",
  "fail.badRecipient": "このアドレスには送れません。トークン、エアドロップ、またはゼロアドレスです。",
  "fail.tokenRefused":
    "トークンが現在、送金を受け付けていません。支払いは行われていません。チームにお問い合わせください。",
  "fail.rpcDown": "RPC {rpc} が応答しません。もう一度試すか、別の RPC を選んでください。",
  "fail.reverted": "ネットワークが取引を拒否し、何も支払われませんでした。",
  "fail.changedMind":
    "途中でウォレットのアカウントかネットワークが変わったため、止めました。何も送られていません。",
  "fail.unknown": "予期しないことが起きました。このページから分かる限り、何も支払われていません。",
  "fail.detail": "ウォレットまたはネットワークの文面",

  "progress.title": "プログラム全体",
  "progress.claimed": "の受取人に支払い済み",
  "progress.exact": "受取人 {count} 件すべてを数えました。",
  "progress.sample": "{count} 件から均等に取った {looked} 件による推定です。",
  "progress.held": "契約の残高",
  "progress.until": "所有者が引き上げられる時期",
  "progress.until.text": "その後も、所有者が引き上げるまでは請求できます。",
  "progress.reserve": "予備枠の支払い",
  "progress.reserve.of": "最大 {cap} のうち {paid}",
  "progress.reserve.pending": "予備枠の更新が {when} に予告されています。",
  "progress.chart": "契約の残高の推移：{from} から {to} の間に {first} から {last}。",
  "progress.network": "現在のネットワーク",
  "progress.nodes": "ノード数",
  "progress.requirement": "ノード1つの満額ステーク",
  "progress.staked": "ステーク総量（ノード数 × 満額）",
  "progress.pool": "報酬プール",
  "progress.rate": "ノードへの年間報酬（プールの 14%）",
  "progress.unknown": "不明：RPC が応答しません。",
  "progress.load": "更新",

  "check.title": "このページが確認したこと",
  "check.contract": "契約",
  "check.root": "リストのルート",
  "check.chain": "チェーンの内容",
  "check.chain.same": "同じ契約条件と同じルート",
  "check.chain.asking": "RPC に尋ねています…",
  "check.files": "公開ファイルの内容",
  "check.files.same": "同じ契約と同じルート",
  "check.files.none": "まだ開いていません",
  "check.page": "このページの指紋",
  "check.page.how":
    "ブラウザが受け取ったページのファイルの SHA-256 です。チームが公表した値と比べるか、自分でページを作ってください：./airdrop page",
  "check.page.disk":
    "ディスクから開いたページは自分自身を読めません。比べるには自分で作ってください：./airdrop page",
  "check.draft": "これは下書きです。プログラムの条件の一部が未確定で、額はまだ変わることがあります。",
  "check.warning": "警告：このページで請求しないでください",
  "check.bad.root": "チェーン上の契約のルートが、このページの対象と違います。",
  "check.bad.token": "チェーン上の契約が支払うトークンが、このページの対象と違います。",
  "check.bad.leaves": "チェーン上の契約の受取人数が、このページの対象と違います。",
  "check.bad.absent":
    "チェーン上にこの契約がありません。まだ配置されていないか、このページが本物ではありません。",
  "check.bad.chain": "RPC が別のネットワーク（チェーン {chain}）のものです。",
  "check.bad.manifest":
    "公開ファイルの契約、ネットワーク、またはルートが、このページの対象と違います。書き換えられたか、別のもののファイルです。",
  "check.bad.format": "公開ファイルを読めません：{detail}",
  "check.bad.proof":
    "このアドレスの証明ファイルが正しくありません。証明がルートに至りません。書き換えられたか壊れているため、何も提示しません。",
  "check.bad.reserve":
    "このアドレスの予備枠のファイルが正しくありません。証明がルートに至らないため、何も提示しません。",
  "check.bad.data": "公開ファイルを読み込めませんでした：{detail}。もう一度試してください。",
  "check.again": "もう一度確認",

  "rpc.title": "接続",
  "rpc.text":
    "チェーンの状態はこの RPC から読みます。RPC にはあなたのインターネット上のアドレスと、調べたアドレスが見えます。自分の RPC も使えます。",
  "rpc.label": "RPC のアドレス",
  "rpc.save": "この RPC を使う",
  "rpc.bad":
    "RPC のアドレスは https:// で始まります。このコンピュータ（localhost、127.0.0.1）なら http:// も使えます。",
  "rpc.down": "RPC が応答しません。額と証明は調べられますが、支払い済みかどうかは分かりません。",
  "rpc.retry": "もう一度試す",
  "rpc.privacy":
    "このページはこのタブの外に何も残さず、誰も数えず、自分のフォルダ、あなたのウォレット、この RPC としか通信しません。ほかはすべて拒むようブラウザに指示しています。",

  "common.new": "新しいタブで開く",
}
