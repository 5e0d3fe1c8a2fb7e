/** Small seeds from which texts.ts composes text; commonest first, since words are drawn by rank. */
export const ENGLISH: readonly string[] = words(`
the of and to in a is that for it was on are as with his they be at one have this from by hot word but what some we
can out other were all there when up use your how said an each she which do their time if will way about many then
them write would like so these her long make thing see him two has look more day could go come did number sound no
most people my over know water than call first who may down side been now find any new work part take get place made
live where after back little only round man year came show every good me give our under name very through just form
sentence great think say help low line differ turn cause much mean before move right boy old too same tell does set
three want air well also play small end put home read hand port large spell add even land here must big high such
follow act why ask men change went light kind off need house picture try us again animal point mother world near
build self earth father head stand own page should country found answer school grow study still learn plant cover
food sun four between state keep eye never last let thought city tree cross farm hard start might story saw far sea
draw left late run while press close night real life few north open seem together next white children begin got walk
example ease paper group always music those both mark often letter until mile river car feet care second book carry
took science eat room friend began idea fish mountain stop once base hear horse cut sure watch colour face wood main
enough plain girl usual young ready above ever red list though feel talk bird soon body dog family direct pose leave
song measure door product black short numeral class wind question happen complete ship area half rock order fire
south problem piece told knew pass since top whole king space heard best hour better true during hundred five
remember step early hold west ground interest reach fast verb sing listen six table travel less morning ten simple
several vowel toward war lay against pattern slow centre love person money serve appear road map rain rule govern
pull cold notice voice unit power town fine certain fly fall lead cry dark machine note wait plan figure star box
noun field rest correct able pound done beauty drive stood contain front teach week final gave green quick develop
ocean warm free minute strong special mind behind clear tail produce fact street inch multiply nothing course stay
wheel full force blue object decide surface deep moon island foot system busy test record boat common gold possible
plane stead dry wonder laugh thousand ago ran check game shape equate miss brought heat snow tire bring yes distant
fill east paint language among invoice refund customer deployment latency throughput schema tenant dashboard
negotiate committee hypothesis infrastructure accountability photosynthesis bureaucratic entrepreneur jurisdiction
`);

export const SUFFIXES: readonly string[] = ['s', 'ed', 'ing', 'er', 'ly', 'ness', 'able', 'ment', 'less', 'ful'];
export const PREFIXES: readonly string[] = ['un', 're', 'pre', 'over', 'non', 'mis', 'inter', 'sub'];

export const NAMES: readonly string[] = words(`
Amelia Okonkwo Rotterdam Priyanka Hernandez Kowalski Yamamoto Lisbon Nairobi Thorvald Beatrix Singapore Mahmoud
Fitzgerald Guadalajara Oslo Chidi Ljubljana Petrov Zhang Anastasia Montreal Kaveh Whitfield
`);

export const ARABIC: readonly string[] = words(`
في من على إلى أن عن هذا التي الذي كان مع هو بين كل بعد قبل حتى عند ذلك كما لا ما لم قد أو ثم إن هي كانت يكون أكثر
العالم الدولة الحكومة المدينة السنة اليوم الناس الحياة العمل الوقت الكتاب المدرسة الجامعة البيت الطريق الماء الأرض
الشمس القمر البحر السوق الشركة البرنامج النظام المعلومات الحاسوب الشبكة الرسالة السؤال الجواب القانون المجتمع
الثقافة اللغة العربية التاريخ الاقتصاد السياسة الرئيس الوزير المشروع التنمية الصحة التعليم الطعام السفر قال ذهب
كتب قرأ عرف وجد أخذ بدأ وصل رجع فتح دخل خرج سمع نظر شرب أكل لعب جديد قديم كبير صغير طويل قصير جميل سريع بطيء مهم
مختلف عام خاص أول ثاني آخر الماضي القادم الحالي يعمل يكتب يقرأ يعرف يستطيع يريد يجب يمكن نحن أنتم هم كيف لماذا متى
أين فاتورة عميل طلب خدمة حساب دفع استرداد موعد شحن منتج
`);

export const CHINESE: readonly string[] = words(`
的 是 在 了 不 我 有 这 他 们 我们 一个 中国 可以 没有 自己 什么 时候 问题 工作 进行 发展 社会 经济 国家 政府 公司
系统 技术 使用 需要 通过 以及 因为 所以 但是 如果 虽然 已经 开始 现在 今天 明天 昨天 时间 学生 老师 学校 大学 研究
科学 世界 城市 北京 上海 人民 生活 文化 历史 语言 文字 电脑 手机 网络 软件 数据 信息 服务 用户 客户 订单 退款 发票
支付 账户 密码 登录 注册 地址 电话 邮件 消息 回复 处理 解决 方法 方案 计划 目标 结果 影响 关系 重要 主要 基本 全部
部分 不同 相同 非常 特别 比较 更加 一般 可能 应该 必须 能够 希望 认为 知道 觉得 看到 听说 告诉 介绍 说明 表示 提出
要求 建议 决定 选择 参加 组织 管理 领导 负责 支持 帮助 合作 交流 比赛 音乐 电影 图书 新闻 天气 春天 夏天 秋天 冬天
山 水 火 土 木 金 人 大 小 多 少 上 下 左 右 前 后 里 外 东 西 南 北 吃 喝 走 跑 看 听 说 读 写 想 做 买 卖 来 去
饭 茶 酒 鱼 肉 菜 花 草 树 鸟 猫 狗 马 牛 羊 红 黄 蓝 绿 白 黑 高 低 长 短 新 旧 快 慢 好 坏 贵 便宜 漂亮 聪明 努力
模型 训练 推理 提示词 向量 检索 人工智能 机器学习 神经网络 自然语言处理 幂等 熔断 灰度 鲲鹏 踌躇 氤氲 饕餮
`);

export const JAPANESE_NOUNS: readonly string[] = words(`
私 今日 明日 昨日 日本 東京 大阪 会社 仕事 時間 学校 学生 先生 友達 家族 電車 駅 天気 料理 音楽 映画 本 新聞 電話
パソコン システム データ サービス ユーザー メール アカウント パスワード インターネット プログラム サーバー 注文 返金
請求書 支払い 住所 商品 問題 質問 回答 方法 結果 理由 意味 言葉 世界 社会 経済 政治 文化 歴史 科学 技術 研究 開発
設計 管理 情報 お客様 担当者 こと もの とき ところ ため カテゴリー バージョン インストール ダウンロード 人工知能
機械学習 自然言語処理 蜃気楼 躊躇 薔薇 齟齬
`);
export const JAPANESE_PARTICLES: readonly string[] = words(
  'は が を に で と も の から まで へ より や には では とは',
);
export const JAPANESE_VERBS: readonly string[] = words(`
です ます でした ました します しました している していません できる できません 行きます 見ました 食べる 飲みました
書いて 読んだ 思います 考えている 分かりません 使って ください 必要です あります ありません いますか でしょう
続ける 始まった 変更する 確認してください 送信されました 更新しておきます 間違えてしまった
`);

export const EMOJI: readonly string[] = words(`
😀 😂 🤣 😊 😍 🥰 😘 😎 🤔 😴 😭 😡 🥳 🤯 👍 👎 👏 🙏 💪 🔥 ✨ 🎉 💯 ❤️ 💔 💙 🚀 🌈 ☀️ 🌙 ⭐ ⚡ ☕ 🍕 🍔 🍣 🍎 🐶 🐱 🦄 🐙 🌸 🌍 🏠
🏆 ⚽ 🎸 🎮 📱 💻 📷 📚 ✅ ❌ ⚠️ ➡️ 👩‍💻 👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🤷‍♀️ 🧑🏿‍🚀 🇯🇵 🇺🇸 🇩🇪 🇧🇷 1️⃣ 🫠 🫶 🪩
`);

function words(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}
